"""Files of records as tables: CSV and XLSX, JSON (ours, or a list of objects as collections publish them), LIDO.

LIDO: Lightweight Information Describing Objects 1.0 and 1.1, https://lido-schema.org. Files are somebody else's and are read in a limited
child.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec

from museum.collection.moving.columns import TEXTS
from museum.curation.tables import LIMITS, BadTable, Table, in_words, read_table
from museum.jobs.child import ChildFailed, run_in_child
from museum.jobs.queue import JobRefused
from museum.languages import LANGUAGES, match_language

LARGEST = 64 << 20
MOST_RECORDS = 20_000
LONGEST_CELL = 200_000
"""Of columns that nobody takes, too: collections publish whole lists in one."""
_LISTS = ("artifacts", "records", "objects", "items", "data", "results")
_LIDO = "{http://www.lido-schema.org}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Record = dict[str, str]


async def read_records(path: Path) -> Table:
    """The records in a file. Raises BadTable."""
    path = await asyncio.to_thread(_file_at, path)
    kind = path.suffix.lower()
    if kind not in (".json", ".xml"):
        return await read_table(path, LONGEST_CELL)
    read = read_json if kind == ".json" else read_lido
    try:
        records = await run_in_child(read, str(path), limits=LIMITS, readable=[path])
    except JobRefused as refusal:
        raise BadTable(refusal.code, **refusal.detail) from None
    except ChildFailed as failure:
        raise BadTable("table-unreadable" if failure.reason == "crash" else "table-heavy") from None
    return await asyncio.to_thread(_table, records)


def _file_at(path: Path) -> Path:
    """The file itself, or in a folder of `museum export records` the one that holds most. Raises BadTable."""
    if path.is_dir():
        path = path / "artifacts.json" if (path / "artifacts.json").is_file() else path / "artifacts.csv"
    if not path.is_file():
        raise BadTable("table-missing", path=str(path))
    if path.stat().st_size > LARGEST:
        raise BadTable("table-large", most=LARGEST >> 20)
    return path


def _table(records: list[Record]) -> Table:
    if not records:
        raise BadTable("table-empty")
    heading = list(dict.fromkeys(name for record in records for name in record))
    rows = [(number, [record.get(name, "") for name in heading]) for number, record in enumerate(records, 1)]
    return Table(heading, rows)


def read_json(path: str) -> list[Record]:
    """Flat objects; a text in languages becomes a column of each. Raises JobRefused."""
    try:
        found = msgspec.json.decode(Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise JobRefused("table-unreadable") from None
    if isinstance(found, dict):
        found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), None)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise JobRefused("table-unreadable")
    return [dict(_flat(one)) for one in _bounded(found)]


def _bounded(found: list[Any]) -> list[Any]:
    if len(found) > MOST_RECORDS:
        raise JobRefused("table-rows", most=MOST_RECORDS)
    return found


def _flat(record: dict[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in record.items():
        if name == "texts" and isinstance(value, dict):
            yield from ((key, words) for field, texts in value.items() for key, words in _texts(field, texts))
        elif isinstance(value, dict) and value and all(language in LANGUAGES for language in value):
            yield from _texts(name, value)
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield name, "; ".join(value)
        elif isinstance(value, (str, int, float)) or value is None:
            yield name, in_words(value).strip()


def _texts(name: str, values: Any) -> Iterable[tuple[str, str]]:
    for language, words in values.items() if isinstance(values, dict) else ():
        if isinstance(words, str):
            yield f"{name}_{language}", words.strip()


def read_lido(path: str) -> list[Record]:
    """The objects of a LIDO file. Raises JobRefused."""
    content = Path(path).read_bytes()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        # No LIDO has one, and nothing else could make a parser toil or read files.
        raise JobRefused("table-unreadable")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314
    except (ElementTree.ParseError, ValueError):
        raise JobRefused("table-unreadable") from None
    found = [root] if root.tag == f"{_LIDO}lido" else list(root.iter(f"{_LIDO}lido"))
    if not found:
        raise JobRefused("table-unreadable")
    return [_lido(one) for one in _bounded(found)]


_PATHS = {
    "title": "titleWrap/titleSet/appellationValue",
    "material": "eventMaterialsTech/displayMaterialsTech",
    "dimensions": "objectMeasurementsSet/displayObjectMeasurements",
    "description": "objectDescriptionSet/descriptiveNoteValue",
    "period": "eventDate/displayDate",
}


def _lido(record: ElementTree.Element) -> Record:
    made: Record = {}

    def first(path: str) -> str:
        found = record.find(".//" + "/".join(_LIDO + step for step in path.split("/")))
        return "".join(found.itertext()).strip() if found is not None else ""

    made["accession_number"] = first("workID") or first("lidoRecID")
    made["category"] = first("objectWorkType/term") or first("classification/term") or _concept(record)
    made["year_from"] = first("eventDate/date/earliestDate").partition("T")[0]
    made["year_to"] = first("eventDate/date/latestDate").partition("T")[0]
    for name in ("year_from", "year_to"):
        made[name] = _year(made[name])
    made["rights"] = first("rightsResource/rightsType/term") or first("rightsWorkSet/rightsType/term")
    links = (link.text or "" for link in record.iter(f"{_LIDO}linkResource"))
    made["images"] = "; ".join(link.strip().rpartition("/")[2] for link in links if link.strip())
    for name in TEXTS:
        path = _PATHS.get(name)
        for element in record.iterfind(".//" + "/".join(_LIDO + step for step in path.split("/"))) if path else ():
            _add(made, record, name, element)
    return {name: value for name, value in made.items() if value}


def _concept(record: ElementTree.Element) -> str:
    """The kind of work as LIDO 1.1 says it, by the label of a concept."""
    for term in record.iterfind(f".//{_LIDO}objectWorkType//"):
        if term.tag.endswith("}prefLabel") and term.text:
            return term.text.strip()
    return ""


def _add(made: Record, record: ElementTree.Element, name: str, element: ElementTree.Element) -> None:
    words = " ".join("".join(element.itertext()).split())
    above = next((one.get(_XML_LANG) for one in record.iter(f"{_LIDO}descriptiveMetadata")), None)
    language = _language(element.get(_XML_LANG) or above or "")
    key = f"{name}_{language}" if language else name
    if words and words not in made.get(key, "").split("; "):
        made[key] = f"{made[key]}; {words}" if key in made else words


def _language(tag: str) -> str:
    """The museum's language of a tag; empty where the words must tell."""
    tag = tag.lower()
    # Chinese alone does not say in which script; `eng` is what ISO 639-2 calls it.
    return "" if tag == "zh" else "en" if tag == "eng" else match_language(tag) or ""


def _year(date: str) -> str:
    sign = "-" if date.startswith("-") else ""
    year = date.lstrip("-").partition("-")[0]
    return sign + year if year.isdigit() else ""
