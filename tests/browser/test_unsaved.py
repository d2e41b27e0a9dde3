"""Text typed into one form of a page when another is saved, and when one leaves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.test_batch_upload import hall_server  # noqa: F401
from tests.browser.test_curator_first_scene import log_in, shoot
from tests.support import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WORDS = 'textarea[name="description:zh-Hans"]'


def test_what_is_not_saved_stays_when_another_form_is(
    hall_server: RunningServer,  # noqa: F811
    chromium: Any,
) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    log_in(page, hall_server)
    page.goto(f"{hall_server.url}/admin/records/artifacts/new")
    page.fill('input[name="title:zh-Hans"]', "莲纹碗")
    page.fill("input[name=accession_number]", "U-1")
    page.click("main button.primary")
    page.wait_for_url("**/admin/artifacts/*/review*")
    assert asked == []

    page.fill(WORDS, "内壁一朵莲花。")
    page.fill("input[name=year_from]", "1400")
    with page.expect_navigation():
        page.click("form[action$='/facts'] button")
    assert page.input_value("input[name=year_from]") == "1400"
    assert page.input_value(WORDS) == "内壁一朵莲花。"
    assert (page.text_content("form[action$='/words'] .unsaved-note") or "").startswith("尚未保存。")
    assert page.locator(".unsaved-note").count() == 1
    assert violations(page) == []
    shoot(page, "unsaved")

    # A form that is refused holds what was typed; also that is not saved yet when another one is.
    page.evaluate("document.querySelector('input[name=year_to]').removeAttribute('pattern')")
    page.fill("input[name=year_to]", "long ago")
    with page.expect_navigation():
        page.click("form[action$='/facts'] button")
    assert page.input_value("input[name=year_to]") == "long ago"
    with page.expect_navigation():
        page.click("form[action$='/words'] button")
    assert page.input_value("input[name=year_to]") == "long ago"
    assert page.input_value(WORDS) == "内壁一朵莲花。"
    assert page.locator("form[action$='/words'] .unsaved-note").count() == 0, "saved"
    page.click("form[action$='/facts'] .unsaved-note button")
    assert page.input_value("input[name=year_to]") == "1400", "what the museum has"
    assert page.locator(".unsaved-note").count() == 0

    # A comment that is sent stays sent.
    page.fill("textarea[name=body]", "请看说明")
    with page.expect_navigation():
        page.click("form[action$='/review/say'] button")
    assert page.input_value("textarea[name=body]") == ""
    assert asked == []

    here = page.url
    page.fill(WORDS, "改到一半")
    page.click(".trail a", no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.url == here
    page.fill(WORDS, "内壁一朵莲花。")
    page.click(".trail a")
    page.wait_for_url("**/admin/records/artifacts")
    assert asked == ["beforeunload"], "nothing was left to lose"
    context.close()
