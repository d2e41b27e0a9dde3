"""A curator's sound and film: from the upload to visitors' ears and eyes, and out of strangers' reach until then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aiohttp import FormData

from museum.curation import drafting
from tests.http.conftest import LogIn, Museum
from tests.unit.assets.recordings import record
from tests.unit.assets.work import work_off

SCENE = "draft-scene"
HOME = f"/admin/scenes/{SCENE}"
JSON = {"Accept": "application/json"}
CAPTIONS = "1\n00:00:00,000 --> 00:00:02,000\nThe river\n"


async def version_of(museum: Museum) -> str:
    async with museum.database.read() as session:
        return str((await drafting.load_scene(session, SCENE)).version)


async def add(museum: Museum, client: Any, kind: str) -> int:
    """A hotspot that waits for its file; its number."""
    form = {"version": await version_of(museum), "yaw": "5", "pitch": "0", "kind": kind, "title:en": f"A {kind}"}
    assert (await client.post(f"{HOME}/hotspots", data=form, allow_redirects=False)).status == 303
    tour = await (await client.get(f"/admin/scenes/{SCENE}/tour.json")).json()
    return max(spot["id"] for spot in tour["scene"]["hotspots"] if spot["kind"] == kind)


async def send(client: Any, number: int, path: Path) -> Any:
    form = FormData()
    form.add_field("file", path.read_bytes(), filename=path.name)
    return await client.post(f"{HOME}/hotspots/{number}/recording", data=form, allow_redirects=False)


async def opened(client: Any, number: int) -> dict[str, Any]:
    tour = await (await client.get(f"/api/v1/scenes/{SCENE}/tour.json")).json()
    return next((spot["target"] for spot in tour["scene"]["hotspots"] if spot["id"] == number), {})


async def test_a_film_from_its_file_to_visitors(museum: Museum, log_in: LogIn, tmp_path: Path) -> None:
    curator, visitor = await log_in("curator"), museum.client
    number = await add(museum, curator, "video")
    page = await (await curator.get(HOME, headers={"Accept-Language": "en"})).text()
    assert "no file yet" in page and f"/hotspots/{number}/recording" in page
    assert (await send(curator, number, record(tmp_path / "a.mp3", sound="libmp3lame"))).status == 303
    await work_off(museum.database, museum.store)
    page = await (await curator.get(HOME, headers={"Accept-Language": "en"})).text()
    assert "There is no picture in this file, only sound." in page
    assert (await send(curator, number, record(tmp_path / "a.mp4", film="libx264", sound="aac"))).status == 303
    await work_off(museum.database, museum.store)
    page = await (await curator.get(HOME)).text()
    assert "<video controls" in page

    form = {"version": await version_of(museum), "captions:en": "nothing"}
    assert (await curator.post(f"{HOME}/hotspots/{number}/recording/captions", data=form, headers=JSON)).status == 422
    form["captions:en"] = CAPTIONS
    answer = await curator.post(f"{HOME}/hotspots/{number}/recording/captions", data=form, allow_redirects=False)
    assert answer.status == 303

    tour = await (await curator.get(f"/admin/scenes/{SCENE}/tour.json")).json()
    [target] = [spot["target"] for spot in tour["scene"]["hotspots"] if spot["id"] == number]
    addresses = (target["href"], target["thumbnail"], target["captions"]["en"])
    for address in addresses:
        assert (await visitor.get(address)).status == 404, "nothing of a draft is public"
        assert (await curator.get(address)).status == 200
    form = {"version": await version_of(museum)}
    assert (await curator.post(f"{HOME}/publish", data=form, allow_redirects=False)).status == 303
    assert await opened(visitor, number) == target
    part = await visitor.get(target["href"], headers={"Range": "bytes=0-99"})
    assert (part.status, part.content_type, len(await part.read())) == (206, "video/mp4", 100)
    assert part.headers["Access-Control-Allow-Origin"] == "*"
    captions = await visitor.get(target["captions"]["en"])
    assert captions.content_type == "text/vtt" and "00:00:00.000 --> 00:00:02.000\nThe river" in await captions.text()
    assert (await visitor.get(f"/captions/{number}/zh-Hans.vtt")).status == 404

    # The new file waits for the curator; visitors keep the present one.
    await send(curator, number, record(tmp_path / "b.mp4", film="libx264", sound="aac", seconds=2))
    await work_off(museum.database, museum.store)
    assert await opened(visitor, number) == target
    await curator.post(f"{HOME}/hotspots/{number}/recording/use")
    after = await opened(visitor, number)
    assert after["href"] != target["href"] and after["seconds"] == 2
    assert (await visitor.get(target["href"])).status == 404, "what nobody shows any longer is not public"


async def test_a_sound_that_is_still_to_come_is_nothing_to_visitors(
    museum: Museum, log_in: LogIn, tmp_path: Path
) -> None:
    curator = await log_in("curator")
    number = await add(museum, curator, "audio")
    form = {"version": await version_of(museum)}
    assert (await curator.post(f"{HOME}/publish", data=form, allow_redirects=False)).status == 303
    assert await opened(museum.client, number) == {}
    await send(curator, number, record(tmp_path / "a.wav", sound="pcm_s16le"))
    assert await opened(museum.client, number) == {}
    await work_off(museum.database, museum.store)
    target = await opened(museum.client, number)
    answer = await museum.client.get(target["href"])
    assert answer.status == 200 and answer.content_type == "audio/mp4"
