"""Rights that run out: what they cover goes by itself, and stays away until somebody enters another day."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from museum.collection.bulk.sheet import parse_sheet
from museum.collection.models import Image
from museum.curation import lapsing, revisions, schedule
from museum.curation.models import AuditEvent
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}


async def test_what_has_run_out_is_withdrawn_and_stays_so(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    address, tile = "/admin/images/wall-map/rights", "/iiif/3/wall-map/info.json"
    today = lapsing.today()
    assert (await guest.post(address, data={"until": ""}, headers=JSON)).status == 403
    for wrong in ("soon", "2027-02-30"):
        assert (await curator.post(address, data={"until": wrong}, headers=JSON)).status == 422
    assert (await curator.post("/admin/scenes/lobby/rights", data={"until": ""}, headers=JSON)).status == 422
    await curator.post(address, data={"until": today.isoformat()})
    assert await schedule.act_on_due(museum.database) == 0, "its last day"
    assert (await museum.client.get(tile)).status == 200
    page = await (await curator.get("/admin/?lang=en")).text()
    assert f'Rights hold until <time datetime="{today}">' in page
    assert "run out</span>" not in page
    # Midnight passes.
    async with museum.database.write() as session:
        await session.execute(
            update(Image).where(Image.slug == "wall-map").values(rights_until=(today - timedelta(days=1)).isoformat())
        )
    assert await schedule.act_on_due(museum.database) == 1
    assert await schedule.act_on_due(museum.database) == 0
    for path in (tile, "/images/wall-map", "/api/v1/images/wall-map"):
        assert (await museum.client.get(path)).status == 404, path
    assert "run out</span>" in await (await curator.get("/admin/?lang=en")).text()
    page = await (await curator.get("/admin/images/wall-map/review?lang=en")).text()
    assert "have run out" in page
    publish = "/admin/images/wall-map/review/publish"
    async with museum.database.read() as session:
        image = (await session.scalars(select(Image).where(Image.slug == "wall-map"))).one()
        assert (await revisions.history(session, "image", "wall-map"))[0][0].action == "withdrawn"
        assert "rights-ended" in set(await session.scalars(select(AuditEvent.action)))
    assert (await curator.post(publish, data={"version": str(image.version)}, headers=JSON)).status == 422
    await curator.post(address, data={"until": (today + timedelta(days=61)).isoformat()})
    async with museum.database.read() as session:
        image = (await session.scalars(select(Image).where(Image.slug == "wall-map"))).one()
        assert await lapsing.ending(session) == [], "that is far ahead"
    answer = await curator.post(publish, data={"version": str(image.version)}, headers=JSON, allow_redirects=False)
    assert answer.status == 303
    assert (await museum.client.get(tile)).status == 200


def test_days_in_sheets() -> None:
    rows, faults = parse_sheet("file,权利截止\na.jpg,2027-12-31\nb.jpg,2028年1月5日\nc.jpg,2027/2/30\nd.jpg,".encode())
    assert [row.rights_until for row in rows.values()] == ["2027-12-31", "2028-01-05", None, None]
    assert [(fault.line, fault.code) for fault in faults] == [(4, "day")]
