"""Lists of records: searched, filtered, many changed at once, and all of it taken back with its relations."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any

from aiohttp import FormData
from PIL import Image as Picture
from sqlalchemy import String, cast, func, select, update
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.models import Artifact, ExhibitionItem, Image
from museum.curation.overview import title_of
from museum.jobs.models import Job
from museum.scenes.models import Hotspot
from tests.http.conftest import LogIn, Museum

HOME = "/admin/records/artifacts"
SPOTS = "/admin/hotspots"


async def fail(museum: Museum, slug: str, code: str) -> None:
    """Have the making of an image's picture come to nothing."""
    async with museum.database.write() as session:
        number = await session.scalar(select(Image.asset_id).where(Image.slug == slug))
        error = {"code": code}
        await session.execute(update(Asset).where(Asset.id == number).values(state="failed", error=error))
        await session.execute(update(Job).where(Job.subject == f"asset:{number}").values(state="failed", error=error))


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def state_of(museum: Museum, slug: str) -> str | None:
    async with museum.database.read() as session:
        return await session.scalar(select(Artifact.state).where(Artifact.slug == slug))


async def uses(museum: Museum) -> tuple[int, int, int]:
    """How much leads to the vase: hotspots, items of exhibitions, photographs."""
    async with museum.database.read() as session:
        number = await session.scalar(select(Artifact.id).where(Artifact.slug == "vase"))
        counts = [
            await session.scalar(select(func.count()).select_from(record).where(record.artifact_id == number))
            for record in (Hotspot, ExhibitionItem, Image)
        ]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


async def test_many_at_once_and_back(museum: Museum, log_in: LogIn) -> None:
    curator, contributor, guest = [await log_in(role) for role in ("curator", "contributor", "guest")]
    for plural in ("venues", "scenes", "places", "artifacts", "images", "models", "exhibitions", "activities", "tours"):
        await page(curator, f"/admin/records/{plural}")
    assert (await curator.get("/admin/records/nothing")).status == 404
    row = 'name="slug" value="vase"'
    assert row in await page(curator, f"{HOME}?q=VASE&state=published")
    assert row not in await page(curator, f"{HOME}?q=vase&state=draft")
    assert row not in await page(curator, f"{HOME}?q=vase%25")
    assert 'name="slug"' not in await page(guest, HOME), "she only looks"
    assert (await guest.post(HOME, data={"slug": "vase", "action": "withdraw"})).status == 403

    before = await uses(museum)
    assert all(before), "the vase hangs somewhere"
    refused = await (await contributor.post(HOME, data={"slug": "vase", "action": "withdraw"})).text()
    assert "vase:" in refused
    assert await state_of(museum, "vase") == "published"
    nothing = await curator.post(HOME, data={"action": "publish"}, headers={"Accept": "application/json"})
    assert nothing.status == 422

    both = [("slug", "vase"), ("slug", "no-such-thing"), ("back", f"{HOME}?q=vase")]
    done = await curator.post(HOME, data=[*both, ("action", "withdraw")])
    assert str(done.url).endswith("?q=vase")
    assert "no-such-thing:" in await done.text(), "what can't be done hinders no other"
    assert await state_of(museum, "vase") == "draft"
    asked = await (await curator.post(HOME, data=[*both, ("action", "delete")])).text()
    assert 'name="sure"' in asked
    assert 'href="/admin/scenes/' in asked, "where it is used"
    assert await state_of(museum, "vase") == "draft"
    done = await curator.post(HOME, data=[*both, ("action", "delete"), ("sure", "yes")])
    text = await done.text()
    assert await state_of(museum, "vase") is None
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', text)[0]
    back = html.unescape(re.findall(r'name="back" value="([^"]+)"', text)[0])
    assert (await curator.post(undo, data={"back": back})).status == 200
    assert await state_of(museum, "vase") == "draft"
    assert await uses(museum) == before, "with all that led to it"


async def test_pictures_are_brought_in_by_the_page(museum: Museum, log_in: LogIn) -> None:
    contributor = await log_in("contributor")

    def form(*files: tuple[str, bytes]) -> FormData:
        made = FormData(quote_fields=False)
        for name, content in files:
            made.add_field("file", content, filename=name)
        return made

    def picture(hue: int) -> bytes:
        file = BytesIO()
        Picture.new("RGB", (80, 60), (hue, 90, 40)).save(file, "JPEG")
        return file.getvalue()

    async def drafts() -> dict[str, str]:
        async with museum.database.read() as session:
            query = (
                select(Image)
                .where(Image.state == "draft", Image.asset_id.is_not(None))
                .options(selectinload(Image.texts))
            )
            return {
                one.slug: title_of(one).get("zh-Hans") or title_of(one).get("en", "")
                for one in await session.scalars(query)
            }

    before = await drafts()
    files = form(("早春图.jpg", picture(10)), ("Autumn river.jpg", picture(200)), ("notes.txt", b"no picture"))
    said = await (await contributor.post("/admin/images", data=files)).text()
    made = {slug: title for slug, title in (await drafts()).items() if slug not in before}
    assert sorted(made.values()) == ["Autumn river", "早春图"]
    assert "autumn-river" in made
    assert "notes.txt:" in said
    words = {
        "version": "1",
        "title:en": "Autumn river",
        "title:zh-Hans": "秋江",
        "alt:en": "A red boat",
        "nonsense:en": "x",
    }
    assert 'name="alt:en"' in await (await contributor.get("/admin/images/autumn-river/review")).text()
    await contributor.post("/admin/images/autumn-river/words", data=words)
    assert (await drafts())["autumn-river"] == "秋江"
    asked = await contributor.post("/admin/images/autumn-river/words", data=words | {"title:zh-Hans": "秋水"})
    assert asked.status == 409, "somebody has named it meanwhile"
    assert (await contributor.post("/admin/images/wall-map/words", data=words, allow_redirects=False)).status == 403
    await contributor.post("/admin/images", data=form(("again.jpg", picture(200))))
    assert len(await drafts()) == len(before) + 2, "it is known by its content"

    # What could not be made says why where it is seen, and is tried again there.
    slugs = list(made)
    await fail(museum, slugs[0], "took-too-long")
    await fail(museum, slugs[1], "damaged")
    listed = await page(contributor, "/admin/records/images?lang=en")
    assert "It took too long" in listed and "The file is damaged" in listed
    assert "One picture could not be made." in listed, "the other one needs another file"
    assert re.findall(r'form="again" name="slug" value="([^"]+)"', listed) == slugs[:1]
    again = re.search(r"<form[^>]+failed-part.*?</form>", listed, re.S)
    assert again and re.findall(r'name="slug" value="([^"]+)"', again[0]) == slugs[:1]
    assert 'value="retry"' in await page(contributor, f"/admin/images/{slugs[0]}/review")
    await contributor.post("/admin/artifacts/unseen/photographs", data={"target": slugs[0]})
    assert "再试一次" in await page(contributor, "/admin/artifacts/unseen/photographs?lang=zh-Hans")
    retry = [("action", "retry"), ("back", "/admin/records/images?lang=en"), *(("slug", slug) for slug in slugs)]
    guest = await log_in("guest")
    assert (await guest.post("/admin/records/images", data=retry, allow_redirects=False)).status == 403
    said_again = html.unescape(await (await contributor.post("/admin/records/images?lang=en", data=retry)).text())
    assert "Queued again." in said_again and f"{slugs[1]}: Trying again does not help" in said_again
    assert "could not be made" not in said_again
    async with museum.database.read() as session:
        state = select(Asset.state, Job.state).join(Image, Image.asset_id == Asset.id)
        state = state.join(Job, Job.subject == "asset:" + cast(Asset.id, String)).where(Image.slug == slugs[0])
        assert tuple((await session.execute(state)).one()) == ("pending", "queued")
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', said)[0]
    await contributor.post(undo, data={"back": "/admin/"})
    assert await drafts() == before
    nothing = await contributor.post("/admin/images", data=form(), headers={"Accept": "application/json"})
    assert nothing.status == 422


async def hotspots_of(client: Any, query: str = "") -> list[int]:
    return [
        int(number) for number in re.findall(r'name="hotspot" value="(\d+)"', await page(client, f"{SPOTS}{query}"))
    ]


def spot_of(spot: Hotspot) -> tuple[Any, ...]:
    return spot.scene_id, spot.kind, spot.yaw, spot.artifact_id, spot.image_id, spot.model_id, spot.url


async def test_hotspots_are_found_and_removed_wherever_they_are(museum: Museum, log_in: LogIn) -> None:
    curator, contributor, guest = [await log_in(role) for role in ("curator", "contributor", "guest")]
    every = await hotspots_of(curator)
    async with museum.database.read() as session:
        spots = {spot.id: spot for spot in await session.scalars(select(Hotspot))}
    assert every == sorted(spots, reverse=True)
    assert await hotspots_of(guest) == [], "she only looks"
    assert await hotspots_of(curator, "?kind=text") == [one for one in every if spots[one].kind == "text"]
    assert await hotspots_of(curator, "?wanting=unplaced") == [one for one in every if spots[one].unplaced]
    assert await hotspots_of(curator, "?venue=no-such-hall&wanting=nothing") == []
    named = await hotspots_of(curator, "?q=VASE")
    assert named and all(spots[one].artifact_id or spots[one].model_id for one in named)
    hidden = await hotspots_of(curator, "?wanting=hidden&kind=image")
    assert len(hidden) == 1, "of a picture that visitors don't see"
    row = f"/admin/scenes/([a-z-]+)#hotspot-{hidden[0]}"
    slug = re.findall(row, await page(curator, SPOTS))[0]
    assert f'id="hotspot-{hidden[0]}"' in await page(curator, f"/admin/scenes/{slug}"), "there it can be changed"

    chosen = [("hotspot", str(one)) for one in (*hidden, *named, 10**9)] + [("hotspot", "²"), ("hotspot", "x")]
    back = ("back", f"{SPOTS}?kind=image")
    assert (await guest.post(SPOTS, data=chosen)).status == 403
    refused = await (await contributor.post(SPOTS, data=[*chosen, back])).text()
    assert f"{slug}:" in refused, "the scene is public, and not hers to change"
    assert await hotspots_of(curator) == every
    nothing = await curator.post(SPOTS, data={"hotspot": "x"}, headers={"Accept": "application/json"})
    assert nothing.status == 422

    done = await curator.post(SPOTS, data=[*chosen, back])
    assert str(done.url).endswith("?kind=image")
    text = await done.text()
    assert await hotspots_of(curator) == [one for one in every if one not in (*hidden, *named)]
    undo, quiet = re.findall(r'action="(/admin/acts/\w+/undo)"([^>]*)', text)[0]
    assert not quiet, "the list is seen anew"
    assert (await curator.post(undo, data={"back": SPOTS})).status == 200
    async with museum.database.read() as session:
        back_again = [spot_of(spot) for spot in await session.scalars(select(Hotspot))]
    assert sorted(back_again, key=str) == sorted((spot_of(spot) for spot in spots.values()), key=str)
