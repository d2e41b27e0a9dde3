"""What was typed into a form that is refused stays typed."""

from __future__ import annotations

from lxml import html
from sqlalchemy import func, select

from museum.curation.account_models import Ceremony
from tests.http.conftest import PASSWORD, LogIn, Museum


async def test_a_refused_form_is_filled_again_once_and_for_her_alone(museum: Museum, log_in: LogIn) -> None:
    curator, other = await log_in("curator"), await log_in("editor")
    page = "/admin/artifacts/vase/review"
    shown = html.document_fromstring(await (await curator.get(page)).text())
    [form] = [one for one in shown.forms if str(one.get("action")).endswith("/facts")]
    typed = {**dict(form.fields), "accession_number": "旧藏 12", "year_from": "乾隆"}
    answer = await curator.post(
        form.get("action"),
        data=typed,
        headers={"Referer": f"http://museum.test{page}?tab=facts"},
        allow_redirects=False,
    )
    assert (answer.status, answer.headers["Location"]) == (303, f"{page}?tab=facts")
    notice = answer.cookies["museum_notice"].value

    other.session.cookie_jar.update_cookies({"museum_notice": notice})
    seen = await (await other.get(page)).text()
    assert "notice-line refused" in seen
    assert "旧藏 12" not in seen, "nobody else sees what she typed"
    again = html.document_fromstring(await (await curator.get(answer.headers["Location"])).text())
    [refilled] = [one for one in again.forms if one.get("action") == form.get("action")]
    assert refilled.fields["accession_number"] == "旧藏 12"
    assert refilled.fields["year_from"] == "乾隆"
    assert refilled.fields["year_to"] == form.fields["year_to"]
    assert again.xpath("//*[@autofocus][@aria-invalid='true']/@name") == ["year_from"]
    assert again.xpath("//*[contains(@class, 'notice-line')][contains(@class, 'refused')]")
    later = await (await curator.get(page)).text()
    assert "旧藏 12" not in later, "and only once"
    async with museum.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Ceremony)) == 0


async def test_what_was_typed_outlasts_the_log_in(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    page, address = "/admin/artifacts/vase/review", "/admin/artifacts/vase/words"
    version = html.document_fromstring(await (await curator.get(page)).text()).xpath("//input[@name='version']/@value")[
        0
    ]
    await curator.post("/admin/logout")
    typed = {"version": version, "title:en": 'A "vase" & its <lid>'}
    answer = await curator.post(address, data=typed)
    assert answer.status == 401
    assert answer.headers["Cache-Control"] == "no-store"
    [form] = [one for one in html.document_fromstring(await answer.text()).forms if one.get("action") == address]
    assert dict(form.fields) == typed
    secret = await curator.post("/admin/account/password", data={"password": "one of hers", "new": "another"})
    assert secret.status == 401
    assert "one of hers" not in await secret.text()

    await curator.post("/admin/login", data={"name": "curator", "password": PASSWORD})
    assert (await curator.post(address, data=dict(form.fields), allow_redirects=False)).status == 303
    assert typed["title:en"] in html.document_fromstring(await (await curator.get(page)).text()).xpath(
        "//input[@name='title:en']/@value"
    )
