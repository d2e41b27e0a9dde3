"""A small museum with one of everything, some of it unpublished, for tests of the visitors' pages."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import numpy
from PIL import Image as Picture

from museum.assets.models import Asset, AssetBlob
from museum.assets.store import Store
from museum.collection.house import describe_house
from museum.collection.models import (
    Activity,
    ActivityStep,
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
    Model,
)
from museum.database import Database
from museum.database.texts import set_texts
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Hotspot, Link, Place, Scene, Venue

HOSTILE = '<script>alert("x")</script> & <b>'
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
SECRET = "秘密"


def texted(record: Any, **fields: str | tuple[str, ...] | dict[str, str]) -> Any:
    """`record` with texts: by language, in three languages in their order, or one that is the same in all."""
    record.texts = []
    for field, words in fields.items():
        if isinstance(words, dict):
            set_texts(record, field, words)
            continue
        values = (words,) * 3 if isinstance(words, str) else words
        set_texts(record, field, dict(zip(LANGUAGES, values, strict=False)))
    return record


class Sample:
    """Fills a database and a store."""

    def __init__(self, database: Database, store: Store, folder: Path) -> None:
        self.database = database
        self.store = store
        self.folder = folder
        self.count = 0

    async def keep(self, body: bytes, name: str) -> Any:
        path = self.folder / name
        path.write_bytes(body)
        return await self.store.put(path)

    def gradient(self, width: int, height: int) -> bytes:
        """A picture that differs from the last."""
        self.count += 1
        random = numpy.random.default_rng(self.count)
        corners = random.integers(20, 210, (2, 2, 3)).astype(numpy.uint8)
        picture = Picture.fromarray(corners).resize((width, height), Picture.Resampling.BICUBIC)
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=80)
        return file.getvalue()

    async def asset(self, session: Any, kind: str, state: str = "ready") -> Asset:
        """A finished asset with its small files; pyramids are not what these tests look at."""
        sizes = {"panorama": (640, 400), "image": (640, 480), "model": (512, 512)}
        small = await self.keep(self.gradient(*sizes[kind]), f"{self.count}.jpg")
        main = hashlib.sha256(f"{kind}{self.count}".encode()).hexdigest()
        info = {
            "panorama": {"levels": [512], "strip": 128, "hash": "A" * 384, "tile": 512},
            "image": {"width": 3000, "height": 2250, "levels": [[3000, 2250]], "color": "#3a4452", "tile": 512},
            "model": {"triangles": 1200, "bounds": [0.2, 0.4, 0.2]},
        }[kind]
        asset = Asset(kind=kind, state=state, digest=main if state == "ready" else None, info=info)
        role = "poster" if kind == "model" else "preview"
        asset.blobs = [AssetBlob(role=role, digest=small.digest, bytes=small.bytes, media_type="image/jpeg")]
        session.add(asset)
        await session.flush()
        return asset

    async def fill(self) -> None:
        """One of everything."""
        async with self.database.write() as session:
            add = session.add_all
            await describe_house(
                session,
                {"title": {"zh-Hans": "夜游博物馆", "zh-Hant": "夜遊博物館", "en": "Museum by Night"}},
                demonstration=True,
            )
            halls = [
                ("tianjin", ("中华百年看天津", "中華百年看天津", "Tianjin through a Century"), "hall"),
                ("origins", ("天津人文的由来", "天津人文的由來", "Origins of Tianjin"), "hall"),
                ("treasures", ("耀世奇珍", "耀世奇珍", "Treasures"), "hall"),
                ("porcelain", ("瓷都芳华", "瓷都芳華", "Porcelain of Jingdezhen"), "hall"),
                ("coins", ("币览春秋", "幣覽春秋", "Coins through the Ages"), "hall"),
                ("station-site", ("老龙头火车站", "老龍頭火車站", "The Old Railway Station"), "site"),
            ]
            venues: list[Venue] = []
            for position, (slug, title, kind) in enumerate(halls):
                room = {"key": "main", "title": {"zh-Hans": "序厅", "zh-Hant": "序廳", "en": "Prologue"}}
                room["outline"] = [[0, 0], [12, 0], [12, 8], [0, 8]]
                plan = {"width": 12, "depth": 8, "rooms": [room], "doors": [{"x": 12, "y": 4, "width": 2}]}
                words = (
                    "从天津卫到今天。\n一步一景。",
                    "從天津衛到今天。\n一步一景。",
                    "From the garrison to today.\nStep by step.",
                )
                venue = Venue(
                    slug=slug, kind=kind, state="published", position=position, plan=plan if kind == "hall" else None
                )
                venues.append(texted(venue, title=title, description=words))
            hidden = texted(Venue(slug="closed", state="draft"), title=SECRET)
            add([*venues, hidden])
            await session.flush()

            place = texted(
                Place(slug="station", venue_id=venues[5].id, state="published"),
                title=("老龙头火车站站前", "老龍頭火車站站前", "Before the old station"),
                description=("同一处站立点。", "同一處站立點。", "One standing point."),
            )
            add([place])
            await session.flush()

            scenes: dict[str, Scene] = {}

            async def scene(slug: str, venue: Venue, title: tuple[str, ...], **values: Any) -> Scene:
                state = values.pop("state", "published")
                asset = await self.asset(session, "panorama")
                made = Scene(slug=slug, venue_id=venue.id, state=state, panorama_id=asset.id, **values)
                scenes[slug] = texted(
                    made, title=title, description=("灯光下的展柜。", "燈光下的展櫃。", "Cases under the lamps.")
                )
                session.add(made)
                await session.flush()
                return made

            lobby = await scene("lobby", venues[0], ("大堂", "大堂", "The lobby"), room="main", plan_x=2.0, plan_y=4.0)
            door = await scene("prologue", venues[0], ("序厅", "序廳", "Prologue"), room="main", plan_x=6.0, plan_y=4.0)
            for venue in venues[1:5]:
                await scene(
                    f"{venue.slug}-1",
                    venue,
                    ("展厅入口", "展廳入口", "The entrance"),
                    room="main",
                    plan_x=3.0,
                    plan_y=3.0,
                )
            eras = [
                await scene(f"station-{year}", venues[5], (f"站前 {year}",) * 3, place_id=place.id, year=year)
                for year in (1888, 1937, 2020)
            ]
            draft = await scene("draft-scene", venues[0], (SECRET,) * 3, state="draft")
            await scene("behind-closed", hidden, (SECRET,) * 3)
            venues[0].entrance_id = lobby.id

            vase = texted(
                Artifact(
                    slug="vase",
                    accession_number="津博-瓷-00001",
                    category="porcelain",
                    grade="first",
                    state="published",
                    edtf="1736/1795",
                    year_from=1736,
                    year_to=1795,
                ),
                title=("青花缠枝莲纹瓶", "青花纏枝蓮紋瓶", "Blue-and-white vase with lotus scrolls"),
                period=("清乾隆", "清乾隆", "Qianlong reign, Qing"),
                material=("瓷", "瓷", "Porcelain"),
                dimensions=("高 38.5 厘米", "高 38.5 厘米", "Height 38.5 cm"),
                source=("旧藏", "舊藏", "Old collection"),
                condition=("完整", "完整", "Intact"),
                description=(
                    "瓶身绘缠枝莲。\n底书六字款。",
                    "瓶身繪纏枝蓮。\n底書六字款。",
                    "Lotus scrolls run around the body.",
                ),
            )
            others = [
                texted(
                    Artifact(
                        slug=f"coin-{n}",
                        accession_number=f"津博-币-{n:05}",
                        category="coin",
                        state="published",
                        year_from=600 + n,
                        year_to=700 + n,
                    ),
                    title=(f"开元通宝 {n}", f"開元通寶 {n}"),
                    period=("唐", "唐", "Tang"),
                )
                for n in range(60)
            ]
            nasty = texted(
                Artifact(slug="hostile", accession_number="X<1>", category="seal", state="published"),
                title=HOSTILE,
                description=HOSTILE,
            )
            unseen = texted(Artifact(slug="unseen", accession_number="S-1", category="seal"), title=SECRET)
            add([vase, nasty, unseen, *others])
            await session.flush()

            images: list[Image] = []

            async def image(slug: str, title: Any, state: str = "published", **values: Any) -> Image:
                asset = await self.asset(session, "image")
                made = texted(
                    Image(slug=slug, state=state, asset_id=asset.id, category="map", **values), title=title, alt=title
                )
                session.add(made)
                await session.flush()
                images.append(made)
                return made

            await image("vase-front", ("正面", "正面", "Front"), artifact_id=vase.id)
            wall_map = await image(
                "wall-map", ("天津城厢图", "天津城廂圖", "Map of the walled city"), width_mm=1200.0, height_mm=900.0
            )
            secret_image = await image("secret-image", SECRET, state="draft")
            unseen_photo = await image("unseen-photo", SECRET, artifact_id=unseen.id)
            for other in others[:3]:
                await image(f"{other.slug}-photo", "钱币", artifact_id=other.id)

            model_asset = await self.asset(session, "model")
            model = texted(
                Model(
                    slug="vase-model", artifact_id=vase.id, asset_id=model_asset.id, state="published", height_m=0.385
                ),
                title="模型",
                alt="瓶",
            )
            add([model])
            await session.flush()

            for number in range(7):
                show = texted(
                    Exhibition(
                        slug=f"show-{number}",
                        state="published",
                        position=number,
                        cover_id=images[number % len(images)].id,
                    ),
                    title=(f"河海之间 {number}", f"河海之間 {number}", f"Between River and Sea {number}"),
                    subtitle=("天津的两百年", "天津的兩百年", "Two hundred years of Tianjin"),
                    description=("一条河，一座城。", "一條河，一座城。", "A river and its city."),
                )
                show.sections = []
                for title in (("城", "城", "The city"), ("海", "海", "The sea")):
                    section = texted(
                        ExhibitionSection(position=len(show.sections)), title=title, body=("文字。", "文字。", "Words.")
                    )
                    section.items = [
                        ExhibitionItem(position=0, artifact_id=vase.id),
                        ExhibitionItem(position=1, image_id=wall_map.id),
                        ExhibitionItem(position=2, artifact_id=unseen.id),
                        ExhibitionItem(position=3, image_id=secret_image.id),
                        ExhibitionItem(position=4, image_id=unseen_photo.id),
                    ]
                    show.sections.append(section)
                add([show])
            add([texted(Exhibition(slug="planned", state="draft"), title=SECRET)])

            activity = texted(
                Activity(slug="seafood", state="published", cover_id=wall_map.id),
                title=("北塘海鲜", "北塘海鮮", "Beitang seafood"),
                description=("从餐桌到海里。", "從餐桌到海裡。", "From the table down into the sea."),
            )
            choices = [
                {"text": {"zh-Hans": "三疣梭子蟹", "en": "Swimming crab"}, "right": True},
                {"text": {"zh-Hans": "鲤鱼", "en": "Carp"}, "right": False},
            ]
            activity.steps = [
                texted(
                    ActivityStep(
                        position=n,
                        kind=kind,
                        image_id=wall_map.id if kind in ("look", "draw") else None,
                        scene_id=door.id if kind == "find" else None,
                        data={"choices": choices} if kind == "answer" else {},
                    ),
                    title=(f"第{n}步", f"第{n}步", f"Task {n}"),
                    body=("做一做。", "做一做。", "Do it."),
                )
                for n, kind in enumerate(("look", "read", "find", "answer", "draw"))
            ]
            add([activity, texted(Activity(slug="secret-activity"), title=SECRET)])

            guided = texted(
                GuidedTour(slug="first-steps", state="published"),
                title=("第一次来", "第一次來", "First Steps"),
                description=("三站看一座馆。", "三站看一座館。", "The house in three stops."),
            )
            guided.stops = [
                texted(
                    TourStop(position=0, scene_id=lobby.id, yaw=10.0, pitch=-2.0, fov=70.0),
                    title=("大堂里", "大堂裡", "In the lobby"),
                    body=("抬头看灯。再看门。", "抬頭看燈。再看門。", "Look up at the lamps. Then at the door."),
                    narration={"en": "https://example.org/lobby.mp3"},
                    captions={"en": "WEBVTT\n\n00:00.000 --> 00:02.000\nLook up at the lamps."},
                ),
                texted(TourStop(position=1, scene_id=draft.id, yaw=0.0), title=SECRET, body=SECRET),
                texted(
                    TourStop(position=2, scene_id=door.id, yaw=30.0, image_id=wall_map.id, choices=choices),
                    title=("图前", "圖前", "Before the map"),
                    body=("这是一张旧图。", "這是一張舊圖。", "This is an old map."),
                    question=("哪个是螃蟹？", "哪個是螃蟹？", "Which is the crab?"),
                    explanation=("它横着走。", "牠橫著走。", "It walks sideways."),
                ),
            ]
            nowhere = texted(GuidedTour(slug="nowhere", state="published"), title=SECRET)
            nowhere.stops = [texted(TourStop(scene_id=draft.id, yaw=0.0), title=SECRET)]
            add([guided, nowhere, texted(GuidedTour(slug="secret-tour"), title=SECRET)])

            def spot(kind: str, **values: Any) -> Hotspot:
                return texted(Hotspot(scene_id=door.id, kind=kind, yaw=30.0, pitch=-5.0, **values))

            add(
                [
                    spot("artifact", artifact_id=vase.id),
                    spot("image", image_id=wall_map.id),
                    spot("image", image_id=secret_image.id),
                    spot("artifact", artifact_id=unseen.id),
                    texted(
                        Hotspot(scene_id=door.id, kind="text", yaw=0.0),
                        title=HOSTILE,
                        description=("说明", "說明", "A note"),
                    ),
                    texted(Hotspot(scene_id=door.id, kind="web", yaw=9.0, url="https://example.org/"), title="网页"),
                    texted(Hotspot(scene_id=door.id, kind="text", yaw=12.0, unplaced=True), title=SECRET),
                    texted(Link(source_id=lobby.id, target_id=door.id, kind="walk", yaw=10.0)),
                    texted(Link(source_id=door.id, target_id=lobby.id, kind="walk", yaw=-170.0)),
                    texted(Link(source_id=door.id, target_id=draft.id, kind="walk", yaw=90.0), title=SECRET),
                    texted(Link(source_id=door.id, target_id=eras[0].id, kind="portal", yaw=50.0)),
                    texted(Link(source_id=eras[0].id, target_id=eras[1].id, kind="time", yaw=0.0)),
                    texted(
                        Link(source_id=door.id, target_url="https://example.org/scenes/far", kind="portal", yaw=70.0),
                        title="远方",
                    ),
                ]
            )
