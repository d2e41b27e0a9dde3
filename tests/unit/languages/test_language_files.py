"""Files of languages: what can be read of them, what is told of the rest, and what the museum then says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from museum.collection.dates import era_name
from museum.collection.moving.columns import Column, column_of
from museum.database.texts import pick
from museum.languages import LANGUAGES, chain, current, language_named, match_language, text, use
from museum.languages.adding import add_languages, read_folder
from museum.languages.builtin import VIEWER, builtin_languages
from museum.languages.checking import check_file, completeness, template
from museum.languages.reading import read_language
from museum.languages.registry import Registry
from museum.languages.tags import canonical_tag
from museum.web.language import negotiate

EXAMPLE = Path(__file__).parents[3] / "docs" / "languages" / "fr.json"


@pytest.fixture
def keeping_languages() -> Any:
    before = current()
    yield
    use(before)


def test_the_example_is_whole_and_without_a_fault() -> None:
    """But for texts that came in since it was last translated: who adds one need not know French."""
    language, faults, lacking = check_file(EXAMPLE)
    assert language and language.name == "Français"
    assert [fault.say("en") for fault in faults if fault.code != "key-unknown"] == []
    assert len(lacking) < 20, lacking
    have, whole = completeness(language)
    assert have == whole - len(lacking) > 400


@pytest.mark.usefixtures("keeping_languages")
def test_a_language_is_added_by_its_file_alone() -> None:
    assert not any(fault.fatal for fault in add_languages(EXAMPLE.parent))
    assert tuple(LANGUAGES) == ("zh-Hans", "zh-Hant", "en", "fr")
    assert (match_language("fr"), match_language("fr-CA"), match_language("fr-Latn-SN")) == ("fr", "fr", "fr")
    assert negotiate("de, fr-CA;q=0.8, en;q=0.5") == "fr"
    assert chain("fr") == ("fr", "en", "zh-Hans", "zh-Hant")
    assert text("fr", "pages.scene-count", count=1) == "1 scène"
    assert text("fr", "admin.studio") == text("en", "admin.studio"), (
        "what it lacks is said in the language it falls back to"
    )
    assert pick({"zh-Hant": "瓶", "en": "Vase"}, "fr") == "Vase"
    assert pick({"fr": "Vase"}, "zh-Hans") == "Vase", "and it stands in for others where there is nothing else"
    assert era_name(-220)["fr"] == "Qin, 221 av. J.-C."
    assert era_name(1888)["fr"].startswith("Guangxu an 14")
    assert column_of("title_fr") == column_of("title (Français)") == Column("title", "fr")


HEAD = '{\n "language": "ja",\n "name": "日本語",\n'
"""Three lines: what is put after it begins on the fourth."""


@pytest.mark.parametrize(
    ("content", "line", "code", "kept"),
    [
        (b"\xff\xfe", 1, "encoding", False),
        (b"[]", 1, "no-object", False),
        ('{"name": "日本語"}', 1, "missing", False),
        ('{\n "language": "ja" \n "name": "日本語"}', 3, "syntax", False),
        (HEAD + ' "numbers": ' + "1" * 5000 + "}", 1, "syntax", False),
        (HEAD + ' "texts": {\n  "pages": {"museum": "\\uD83D"}}}', 5, "half", False),
        ('{"name": "日本語",\n"language": "JA"}', 2, "tag", False),
        ('{"name": "日本語",\n"language": "no language"}', 2, "tag", False),
        (HEAD + ' "direction": "up"}', 4, "direction", False),
        (HEAD + ' "fallbacks": "en"}', 4, "no-list", False),
        (HEAD + ' "texts": []}', 4, "no-texts", False),
        (HEAD + ' "colour": "red"}', 4, "head-unknown", True),
        (HEAD + ' "texts": {\n  "paegs": {}}}', 5, "area-unknown", True),
        (HEAD + ' "texts": {\n  "pages": {\n   "museum": "館",\n   "muesum": "館"}}}', 7, "key-unknown", True),
        (HEAD + ' "texts": {\n  "pages": {"museum": 1}}}', 5, "no-text", True),
        (HEAD + ' "texts": {\n  "pages": {"museum": " "}}}', 5, "empty", True),
        (HEAD + ' "texts": {"viewer": {\n  "tour": "{}"}}}', 5, "braces", True),
        (HEAD + ' "texts": {"viewer": {\n  "tour": "{title.__class__}"}}}', 5, "braces", True),
        (HEAD + ' "texts": {"pages": {\n  "building-note": "{number}%"}}}', 5, "place-unknown", True),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_its_line(tmp_path: Path, content: str | bytes, line: int, code: str, kept: bool) -> None:
    path = tmp_path / "ja.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    language, faults = read_language(path)
    assert [(fault.line, fault.code, fault.fatal) for fault in faults] == [(line, code, not kept)]
    assert (language is not None) == kept
    for tag in ("zh-Hans", "zh-Hant", "en"):
        assert faults[0].say(tag).startswith(f"{path}:{line}: ")
    if language:
        # What cannot be shown is not in it, so that another language's text takes its place.
        known = Registry([*builtin_languages(), language])
        assert "{number}" not in known.text("ja", "pages.building-note")


@pytest.mark.usefixtures("keeping_languages")
def test_a_broken_file_keeps_nothing_out_but_itself(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "de.json").write_text('{"language": "de", "name": "Deutsch", "fallbacks": ["nl", "en"]}')
    (tmp_path / "zweites.json").write_text('{"language": "de", "name": "Deutsch"}')
    (tmp_path / "en.json").write_text('{"language": "en", "name": "English"}')
    faults = add_languages(tmp_path)
    assert [(fault.path.name, fault.code) for fault in faults] == [
        ("broken.json", "syntax"), ("en.json", "taken"), ("zweites.json", "taken"), ("de.json", "fallback-unknown"),
    ]  # fmt: skip
    assert tuple(LANGUAGES) == ("zh-Hans", "zh-Hant", "en", "de")
    assert text("de", "pages.home") == "Home"
    assert (language_named("de").short, language_named("de").locale) == ("DE", "de")
    assert read_folder(tmp_path / "nowhere") == ([], [])


@pytest.mark.usefixtures("keeping_languages")
@pytest.mark.parametrize(
    ("tag", "counts"),
    [
        ("ru", {1: "one", 2: "few", 5: "many", 11: "many", 21: "one", 112: "many"}),
        ("ar", {0: "zero", 1: "one", 2: "two", 3: "few", 11: "many", 100: "general", 103: "few"}),
        ("pl", {1: "one", 21: "many", 22: "few"}),
        ("ja", {1: "general", 5: "general"}),
    ],
)
def test_so_many_things_are_said_as_the_language_counts(tmp_path: Path, tag: str, counts: dict[int, str]) -> None:
    path = tmp_path / f"{tag}.json"
    said = json.loads(template(tag, "en"))
    texts = said["texts"]["pages"]
    forms = {key.rpartition(".")[2] for key in texts if key.startswith("scene-count.")}
    assert forms == set(counts.values()) - {"general"}
    for form in ("general", *forms):
        texts["scene-count" if form == "general" else f"scene-count.{form}"] = f"{form} {{count}}"
    path.write_text(json.dumps(said))
    assert check_file(path)[1] == []
    add_languages(tmp_path)
    assert {count: text(tag, "pages.scene-count", count=count) for count in counts} == {
        count: f"{form} {count}" for count, form in counts.items()
    }
    # A form that lacks, one that does not say the number though it is for many, and one that the language does not have.
    for form in sorted(forms)[:1]:
        del texts[f"scene-count.{form}"]
    if tag == "ru":
        texts["scene-count.one"] = "1 зал"
    texts["scene-count.dual"] = "?"
    path.write_text(json.dumps(said))
    faults = {fault.code: fault.say("en") for fault in check_file(path)[1]}
    assert set(faults) == {"key-unknown"} | ({"form-missing"} if forms else set()) | (
        {"place-missing"} if tag == "ru" else set()
    )
    add_languages(tmp_path)
    assert text(tag, "pages.scene-count", count=21).endswith(" 21")


@pytest.mark.parametrize("source", ["en", "zh-Hant"])
def test_a_template_is_a_whole_file(tmp_path: Path, source: str) -> None:
    path = tmp_path / "pt.json"
    path.write_text(template("pt-BR", source))
    language, faults, lacking = check_file(path)
    assert language and not faults and not lacking
    path.write_text(path.read_text().replace("{percent}", "", 1))
    _, faults, _ = check_file(path)
    assert [fault.code for fault in faults] == ["place-missing"]


def test_what_the_viewer_knows_of_the_museums_own_languages_is_what_the_server_knows() -> None:
    source = (Path(__file__).parents[3] / "viewer" / "src" / "i18n" / "languages.ts").read_text()
    own = source[source.index("const OWN") :].partition("\n];\n")[0]
    for one in builtin_languages():
        said = own[own.index(f'tag: "{one.tag}"') :].partition("words: null")[0]
        for name, value in (
            ("name", one.name), ("short", one.short), ("fallbacks", one.fallbacks), ("also", one.also),
            ("voices", one.voices), ("comma", one.comma), ("space", one.space),
        ):  # fmt: skip
            words = json.dumps(value, ensure_ascii=False)
            assert f"{name}: {words}," in said, (one.tag, name)
    assert VIEWER.is_file() and all("viewer" in one.areas for one in builtin_languages())


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("ZH_hant", "zh-Hant"),
        ("pt-br", "pt-BR"),
        ("es-419", "es-419"),
        ("sl-rozaj", "sl-rozaj"),
        ("sr-latn-rs", "sr-Latn-RS"),
        *((one, None) for one in ("e", "en-", "de-x-a", "../en", "ca-valencia-posts")),
    ],
)
def test_tags(tag: str, written: str | None) -> None:
    assert canonical_tag(tag) == written
