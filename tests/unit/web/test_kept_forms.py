"""A refused form comes back with what was typed into it."""

from __future__ import annotations

from lxml import html

from museum.web.admin.kept_forms import refill

PAGE = """<!doctype html>
<html lang="zh-Hans"><head><title>室</title><script>if (1 < 2 && "</p>") {}</script></head><body>
<form method="post" action="/admin/other"><input name="title" value="untouched"></form>
<form method="post" action="/admin/hall"><input type="hidden" name="part" value="1"><input name="title" value="first"></form>
<details><summary>more</summary>
<form method="post" action="/admin/hall" id="hall">
  <input type="hidden" name="part" value="2"><input type="hidden" name="version" value="9">
  <input name="title" value="second"><input type="password" name="password">
  <textarea name="note" lang="zh-Hans">old</textarea>
  <select name="grade"><option value="a" selected>A</option><option>B</option></select>
  <input type="checkbox" name="tag" value="x" checked><input type="checkbox" name="tag" value="y">
  <input type="radio" name="side" value="left" checked><input type="radio" name="side" value="right">
</form></details>
<input form="hall" name="beside" value="">
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
</body></html>"""

SENT = [
    ("part", "2"),
    ("version", "3"),
    ("title", '碗 "<b>" & 盘'),
    ("password", "hers"),
    ("note", "\r\n一行\r\n</textarea>二行"),
    ("grade", "B"),
    ("tag", "y"),
    ("side", "right"),
    ("beside", "there"),
]


def test_the_form_that_was_sent_holds_what_was_typed() -> None:
    filled = refill(PAGE.encode(), "/admin/hall", SENT, "不行 <因为>")
    assert filled is not None
    assert filled.lower().startswith(b"<!doctype html>")
    other, first, second = html.document_fromstring(filled.decode()).forms
    assert other.fields["title"] == "untouched"
    assert first.fields["title"] == "first"
    assert second.fields["title"] == '碗 "<b>" & 盘'
    assert second.fields["version"] == "9", "the page's own"
    assert not second.fields["password"]
    assert second.fields["note"] == "\n\n一行\n</textarea>二行", (
        "a browser takes away the first line feed, this parser does not"
    )
    assert second.fields["grade"] == "B"
    saved = {field.get("name"): field.get("data-saved") for field in second.xpath(".//*[@data-saved]")}
    assert saved["title"] == "second", "what the museum has, so that the page knows that this is not saved"
    assert saved["grade"] == "a"
    assert saved["tag"] in ("on", "")
    assert [box.get("value") for box in second.xpath("//input[@type='checkbox'][@checked]")] == ["y"]
    assert second.fields["side"] == "right"
    assert second.getroottree().xpath("//input[@name='beside']/@value") == ["there"]
    assert second.getparent().get("open") is not None
    assert second.xpath(".//*[@autofocus]/@name") == ["title"]
    assert second[0].text == "不行 <因为>"
    assert second.xpath(".//*[@autofocus]/@aria-describedby") == [second[0].get("id")]
    assert b'if (1 < 2 && "</p>") {}' in filled
    assert "碗".encode() in filled


def test_characters_that_no_page_holds_are_left_out() -> None:
    filled = refill(
        PAGE.encode(), "/admin/hall", [("part", "2"), ("title", "一\x0b行\x01\ufffe\ud800🏺")], "\x0c", "title"
    )
    assert filled is not None
    assert html.document_fromstring(filled.decode()).forms[2].fields["title"] == "一 行🏺"


def test_a_page_without_the_form_stays_as_it_is() -> None:
    assert refill(PAGE.encode(), "/admin/elsewhere", SENT, "") is None
    assert refill(b"", "/admin/hall", SENT, "不行 <因为>") is None


def test_an_option_that_is_gone_leaves_what_the_page_proposes() -> None:
    filled = refill(PAGE.encode(), "/admin/hall", [("part", "2"), ("grade", "gone")], "", "grade")
    assert filled is not None
    form = html.document_fromstring(filled.decode()).forms[2]
    assert form.fields["grade"] == "a"
    assert form.xpath(".//*[@autofocus][@aria-invalid='true']/@name") == ["grade"], "the one that is wrong"


def test_what_is_wrong_is_said_at_its_field() -> None:
    page = """<form method="post" action="/admin/venues"><input name="outside">
<fieldset><legend>Title</legend><label>A <input name="title:en" value=""></label><label>B <input name="title:zh-Hans"></label></fieldset>
<label>Kind <select name="kind"><option value="hall">Hall</option><option value="site">Site</option></select></label>
<details><label>Name <input name="slug"></label></details></form>"""

    def said(wrong: str) -> tuple[html.HtmlElement, html.HtmlElement]:
        filled = refill(page.encode(), "/admin/venues", [("kind", "hall"), ("slug", "A b")], "No.", wrong)
        assert filled is not None
        form = html.document_fromstring(filled.decode()).forms[0]
        [reason] = form.xpath(".//*[@id='why-refused']")
        return form, reason

    form, reason = said("title")
    assert reason.getprevious().tag == "legend", "under the common name of all languages"
    assert form.xpath(".//*[@autofocus]/@name") == ["title:en"]
    assert form.xpath(".//*[@aria-invalid]/@name") == ["title:en", "title:zh-Hans"]
    form, reason = said("slug")
    assert reason.getprevious().get("name") == "slug"
    assert form.xpath(".//details/@open") == [""], "else nobody would see it"
    form, reason = said("")
    assert form[0] is reason
    assert form.xpath(".//*[@autofocus]/@name") == ["slug"], "of a list the first is chosen without anybody's choosing"
    assert said("outside")[0][0].get("id") == "why-refused", "where a field has no label"
