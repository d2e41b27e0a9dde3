"""What the making of a panorama asks is answered where its batch is followed."""

from __future__ import annotations

import re

from aiohttp import FormData
from sqlalchemy import delete, select, update

from museum.assets.models import Asset
from museum.curation.models import BatchFile, Person, UploadBatch
from museum.jobs.models import Job
from museum.scenes.models import Link, Scene, Venue
from tests.http.conftest import LogIn, Museum

BATCH = "b" * 32
HOME = f"/admin/batches/{BATCH}"


async def test_a_stereo_question_is_answered_in_its_row(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    async with museum.database.write() as session:
        scene = (await session.scalars(select(Scene).where(Scene.slug == "draft-scene"))).one()
        number, error = scene.panorama_id, {"code": "stereo-question"}
        await session.execute(update(Asset).where(Asset.id == number).values(state="failed", error=error))
        subject = f"asset:{number}"
        await session.execute(update(Job).where(Job.subject == subject).values(state="failed", error=error))
        session.add(Job(kind="ingest.panorama", payload={}, subject=subject, state="failed", error=error))
        person = (await session.scalars(select(Person).where(Person.name == "curator"))).one()
        session.add(UploadBatch(id=BATCH, venue="", person_id=person.id))
        await session.flush()
        session.add(BatchFile(batch_id=BATCH, position=0, name="draft.jpg", bytes=9, state="made", scene=scene.slug))

    line = (await (await curator.get(f"{HOME}/status.json")).json())["lines"][0]
    assert (line["asks"], line["retry"]) == (True, False), "to try again would only ask again"
    page = await (await curator.get(HOME)).text()
    assert f'action="{HOME}/answer"' in page
    assert f'action="{HOME}/retry"' not in page
    assert (await curator.post(f"{HOME}/retry", headers={"Accept": "application/json"})).status == 200
    line = (await (await curator.get(f"{HOME}/status.json")).json())["lines"][0]
    assert line["asks"], "nor is it tried again with all others"

    answer = {"position": "0", "layout": "mono"}
    assert (await guest.post(f"{HOME}/answer", data=answer)).status == 403
    headers = {"Accept": "application/json"}
    for wrong in ({"position": "7", "layout": "mono"}, {"layout": "mono"}, {"position": "0", "layout": "round"}):
        assert (await curator.post(f"{HOME}/answer", data=wrong, headers=headers)).status == 422
    assert (await curator.post(f"{HOME}/answer", data=answer)).status == 200
    async with museum.database.read() as session:
        asset = await session.get_one(Asset, number)
        states = list(await session.scalars(select(Job.state).where(Job.subject == subject)))
    assert (asset.state, asset.options["stereo"]) == ("pending", "mono")
    assert states == ["queued"], "what failed since it asked is nothing to see to any more"
    assert (await curator.post(f"{HOME}/answer", data=answer, headers=headers)).status == 422, "once"


async def test_all_that_ask_the_same_are_answered_at_once(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    slugs = ("draft-scene", "prologue")
    async with museum.database.write() as session:
        scenes = list(await session.scalars(select(Scene).where(Scene.slug.in_(slugs))))
        numbers = [scene.panorama_id for scene in scenes]
        error = {"code": "stereo-question"}
        await session.execute(update(Asset).where(Asset.id.in_(numbers)).values(state="failed", error=error))
        for number in numbers:
            session.add(Job(kind="ingest.panorama", payload={}, subject=f"asset:{number}", state="failed", error=error))
        person = (await session.scalars(select(Person).where(Person.name == "curator"))).one()
        session.add(UploadBatch(id=BATCH, venue="", person_id=person.id))
        await session.flush()
        for position, slug in enumerate(slugs):
            session.add(
                BatchFile(batch_id=BATCH, position=position, name=f"{slug}.jpg", bytes=9, state="made", scene=slug)
            )

    page = await (await curator.get(f"{HOME}?lang=en")).text()
    assert "2 panoramas ask how they are laid out" in page
    hall = await (await curator.get("/admin/venues/tianjin?lang=en")).text()
    assert "Asks: how is it laid out?" in hall
    assert "Could not be made" not in hall
    obstacle = await (await curator.get("/admin/scenes/draft-scene?lang=en")).text()
    assert "waits for an answer" in obstacle
    jobs = await (await curator.get("/admin/jobs?lang=en")).text()
    assert 'href="/admin/scenes/draft-scene#panorama"' in jobs, (
        "a line says whose work it is, and leads to the question"
    )
    assert (await curator.post(f"{HOME}/answer", data={"position": "all", "layout": "mono"})).status == 200
    async with museum.database.read() as session:
        assets = list(await session.scalars(select(Asset).where(Asset.id.in_(numbers))))
    assert [(asset.state, asset.options["stereo"]) for asset in assets] == [("pending", "mono")] * len(set(numbers))


async def test_a_sheet_that_names_no_floor_leads_to_where_floors_are_made(museum: Museum, log_in: LogIn) -> None:
    curator, home = await log_in("curator"), "/admin/venues/tianjin/upload?lang=en"
    form = FormData({"check": "yes"})
    form.add_field("sheet", b"file,floor,hall\na.jpg,9,\nb.jpg,,nowhere\n", filename="rooms.csv")
    page = await (await curator.post(home, data=form)).text()
    wrong, _, rest = page.partition("Once that is put right")
    assert "The spreadsheet has to be put right first" in wrong and "will become draft scenes" in rest
    assert re.findall(r'href="([^"]+)" target="_blank"', wrong) == ["/admin/venues/tianjin/plan", "/admin/venues"]


async def test_hundreds_of_faults_are_told_by_kind_with_their_rows(museum: Museum, log_in: LogIn) -> None:
    curator, home = await log_in("curator"), "/admin/venues/tianjin/upload?lang=en"
    wrong = [("long ago" if n < 150 and n != 50 else "1900", "left" if n > 150 else "90") for n in range(1, 181)]
    rows = "".join(f"{n}.jpg,{year},{north}\n" for n, (year, north) in enumerate(wrong))
    form = FormData({"check": "yes"})
    form.add_field("sheet", f"file,year,north\n{rows}".encode(), filename="rooms.csv")
    page = await (await curator.post(home, data=form)).text()
    told = re.findall(r"<li>(.*?)</li>", page.partition('<ul class="faults">')[2].partition("</ul>")[0])
    years, norths = ([words for words in told if word in words] for word in ("column “year”", "column “north”"))
    assert (len(years), len(norths), len(told)) == (10, 10, 22)
    assert "… and 138 more of this kind, in rows 12–50, 52–150" in told
    assert told.index("… and 138 more of this kind, in rows 12–50, 52–150") == 10


async def test_what_is_done_on_the_way_to_an_open_hall_is_ticked(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("editor")

    async def ticked() -> list[bool]:
        page = await (await curator.get("/admin/venues/closed?lang=en")).text()
        steps = page.partition('aria-labelledby="steps-title"')[2].partition("</ol>")[0]
        return ['class="done"' in line for line in re.findall(r"<li[^>]*>", steps)]

    async with museum.database.write() as session:
        hall = (await session.scalars(select(Venue).where(Venue.slug == "closed"))).one()
        await session.execute(delete(Scene).where(Scene.venue_id == hall.id))
    assert await ticked() == [False] * 5
    async with museum.database.write() as session:
        scenes = [Scene(slug=f"step-{n}", venue_id=hall.id, position=n, texts=[]) for n in (1, 2)]
        session.add_all(scenes)
        await session.flush()
        ids = [scene.id for scene in scenes]
    assert await ticked() == [True, False, False, False, False]
    async with museum.database.write() as session:
        await session.execute(update(Scene).where(Scene.id.in_(ids)).values(plan_x=1.0, plan_y=2.0))
        for source, target in (ids, ids[::-1]):
            session.add(Link(source_id=source, target_id=target, kind="walk", yaw=0.0, pitch=0.0, texts=[]))
    assert await ticked() == [True, True, True, False, False]
    async with museum.database.write() as session:
        await session.execute(update(Venue).where(Venue.id == hall.id).values(state="published"))
    assert await ticked() == [True, True, True, False, True], "opened, while some scenes wait"
