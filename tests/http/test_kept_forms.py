"""What was typed into a form that is refused stays typed."""

from __future__ import annotations

from lxml import html
from sqlalchemy import func, select

from museum.curation.account_models import Ceremony
from tests.http.conftest import LogIn, Museum


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
