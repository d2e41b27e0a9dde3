"""What was typed into a form that is refused stays typed."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from lxml import html
from sqlalchemy import func, select

from museum.curation.account_models import Ceremony
from museum.web.admin.flash import COOKIE
from museum.web.admin.kept_forms import PAGE, WAITING
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
    assert answer.status == 303
    there = answer.headers["Location"]
    assert re.fullmatch(re.escape(f"{page}?tab=facts&refused=") + "[\\w-]{8}", there)
    [(name, notice)] = [(name, one.value) for name, one in answer.cookies.items() if name.startswith(COOKIE)]

    other.session.cookie_jar.update_cookies({name: notice})
    seen = await (await other.get(there)).text()
    assert "notice-line refused" in seen
    assert "旧藏 12" not in seen, "nobody else sees what she typed"
    again = html.document_fromstring(await (await curator.get(there)).text())
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

    for _ in range(WAITING + 2):
        answer = await curator.post(form.get("action"), data=typed, allow_redirects=False)
    assert answer.headers["Location"].startswith(f"{page}?refused="), "where the browser doesn't say whence she came"
    async with museum.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Ceremony)) == WAITING, (
            "no more than she could see again"
        )


async def test_what_no_document_holds_is_left_out_and_what_is_no_form_is_refused(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    page, address = "/admin/artifacts/vase/review", "/admin/artifacts/vase/words"
    shown = html.document_fromstring(await (await curator.get(page)).text())
    [form] = [one for one in shown.forms if one.get("action") == address]
    answer = await curator.post(address, data={**dict(form.fields), "title:en": "A\x0bvase\x01\ufffe"})
    again = html.document_fromstring(await answer.text())
    assert again.xpath("//input[@name='title:en']/@value") == ["A vase"]

    kind = "application/x-www-form-urlencoded"
    for client in (curator, museum.client):
        for media_type, body in (
            (kind, b"title=\xff"),
            (f"{kind}; charset=none", b"a=1"),
            (f"{kind}; charset=hex", b"a=1"),
        ):
            answer = await client.post(address, data=body, headers={"Content-Type": media_type})
            assert answer.status == 400, media_type
    answer = await curator.post(address, data=b"--X", headers={"Content-Type": "multipart/form-data; boundary=X"})
    assert answer.status == 400


async def test_an_answer_to_a_form_is_no_page_to_go_back_to(log_in: LogIn) -> None:
    curator = await log_in("curator")
    address = "/admin/records/images/exhibit"
    asked = html.document_fromstring(
        await (await curator.post(address, data={"slug": "wall-map", "back": "/admin/records/images?page=1"})).text()
    )
    form = next(one for one in asked.forms if one.get("action") == address)
    typed = {**dict(form.fields), "target": "no such exhibition"}
    came = {"Referer": f"http://museum.test{address}"}
    answer = await curator.post(address, data=typed, headers=came, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/admin/records/images?page=1&refused=")


async def test_what_was_typed_outlasts_the_log_in(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    page, address = "/admin/artifacts/vase/review", "/admin/artifacts/vase/words"
    version = html.document_fromstring(await (await curator.get(page)).text()).xpath("//input[@name='version']/@value")[
        0
    ]
    await curator.post("/admin/logout")
    typed = {"version": version, "title:en": 'A "vase" & its <lid>'}
    answer = await curator.post(address, data=typed, headers={"Referer": f"http://museum.test{page}"})
    assert answer.status == 401
    assert answer.headers["Cache-Control"] == "no-store"
    [form] = [one for one in html.document_fromstring(await answer.text()).forms if one.get("action") == address]
    assert dict(form.fields) == typed | {PAGE: page}, "where it goes back to should it be refused"
    secret = await curator.post("/admin/account/password", data={"password": "one of hers", "new": "another"})
    assert secret.status == 401
    assert "one of hers" not in await secret.text()

    [way] = html.document_fromstring(await answer.text()).xpath("//a[@target='_blank']/@href")
    following = parse_qs(urlsplit(way).query)["next"][0]
    there = await curator.post(
        "/admin/login?lang=en", data={"name": "curator", "password": PASSWORD, "next": following}
    )
    assert there.url.path == following
    assert "Go back to the window with your form" in await (await curator.get(f"{following}?lang=en")).text()
    assert (await curator.post(address, data=dict(form.fields), allow_redirects=False)).status == 303
    assert typed["title:en"] in html.document_fromstring(await (await curator.get(page)).text()).xpath(
        "//input[@name='title:en']/@value"
    )


async def test_every_tab_gets_its_own_form_back(log_in: LogIn) -> None:
    """Refused at once, in whichever order their pages are seen, and whatever else is looked at meanwhile."""
    curator = await log_in("curator")

    async def refused(slug: str, number: str) -> str:
        page = f"/admin/artifacts/{slug}/review"
        typed = {"version": "1", "accession_number": number, "year_from": "soon", "year_to": "", "category": "coin"}
        headers = {"Referer": f"http://museum.test{page}"}
        sent = {"data": typed, "headers": headers, "allow_redirects": False}
        answer: Any = await curator.post(f"/admin/artifacts/{slug}/facts", **sent)
        assert answer.status == 303
        return str(answer.headers["Location"])

    tabs = [await refused(slug, number) for slug, number in (("vase", "A 1"), ("vase", "B 2"), ("unseen", "C 3"))]
    assert len(set(tabs)) == 3
    for other in (
        "/admin/",
        "/admin/artifacts/vase/review",
        "/admin/records/artifacts",
        "/admin/artifacts/vase/history",
    ):
        page = await (await curator.get(other)).text()
        assert "notice-line refused" not in page, f"{other} is none of these tabs"
    for place, number in zip(reversed(tabs), ("C 3", "B 2", "A 1"), strict=True):
        page = await (await curator.get(place)).text()
        assert f'value="{number}"' in page
        assert "notice-line refused" in page
        assert f'value="{number}"' not in await (await curator.get(place)).text(), "once"


async def test_what_was_done_in_one_tab_is_told_there(log_in: LogIn) -> None:
    curator = await log_in("curator")
    for slug in ("vase", "unseen"):
        said = await curator.post(f"/admin/artifacts/{slug}/review/say", data={"body": "Well"}, allow_redirects=False)
        assert said.headers["Location"] == f"/admin/artifacts/{slug}/review"
    assert "notice-line done" not in await (await curator.get("/admin/")).text()
    for slug in ("vase", "unseen"):
        assert "notice-line done" in await (await curator.get(f"/admin/artifacts/{slug}/review")).text()
        assert "notice-line done" not in await (await curator.get(f"/admin/artifacts/{slug}/review")).text()
