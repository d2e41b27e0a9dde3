"""Chart scenes: three moments of one place, turned against each other, one of them from a tilted camera; a room next door; and a hall
behind a portal."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import trimesh
from PIL import Image

from tests import arabic
from tests.browser.tour_site import Colour, chart, cut_panorama, texts, tilted, write_tour

NORTHS = {"street-1900": 15.0, "street-1937": 40.0, "street-2020": 305.0, "room": 190.0, "hall": 90.0}
YEARS = {"street-1900": 1900, "street-1937": 1937, "street-2020": 2020}
STRENGTHS = {"street-1900": 60.0, "street-1937": 80.0}
"""Amplitudes of charts that are not the usual ones, so that pixels say which moment they show."""
STRENGTH = 110.0
LEVEL = {"pitch": 7.0, "roll": -5.0}
"""How the chart of 1900 is put upright."""
PERIODS = [
    {"since": 1644, "until": 1912, "title": {"zh-Hans": "清", "zh-Hant": "清", "en": "Qing"}},
    {"since": 1912, "until": 1949, "title": {"zh-Hans": "民国", "zh-Hant": "民國", "en": "Republic"}},
    {"since": 1949, "until": None, "title": {"zh-Hans": "新中国", "zh-Hant": "新中國", "en": "Today"}},
]
TITLES = {
    "street-1900": texts("旧日街口", "舊日街口", "The corner long ago"),
    "street-1937": texts("昔日街口", "昔日街口", "The corner then"),
    "street-2020": texts("今日街口", "今日街口", "The corner today"),
    "room": texts("展室", "展室", "The room"),
    "hall": texts("大厅", "大廳", "The hall"),
}
ARRIVAL = {"yaw": -60.0, "pitch": 8.0, "fov": 70.0}
PICTURE = {"yaw": 15.0, "pitch": 5.0, "polygon": [[8.0, 12.0], [22.0, 12.0], [22.0, -2.0], [8.0, -2.0]]}
PICTURES: dict[str, dict[str, Any]] = {
    "picture": {"width": 1200, "height": 900, "thumbnail": "/picture.jpg", "alt": texts("斜纹", "斜紋", "Stripes")},
    "back": {
        "width": 900,
        "height": 1200,
        "thumbnail": "/back.jpg",
        "alt": texts("背面斜纹", "背面斜紋", "Stripes behind"),
    },
}
WALL = {
    31: {"yaw": -120.0, "pitch": 5.0, "polygon": [[-128.0, 12.0], [-112.0, 14.0], [-112.0, -4.0], [-128.0, -2.0]]},
    32: {"yaw": -85.0, "pitch": 5.0, "polygon": [[-90.0, 12.0], [-80.0, 12.0], [-80.0, -2.0], [-90.0, -2.0]]},
}
"""Hotspots of the hall's wall: a vessel with two photographs, and a picture of its own."""
SCREEN = {"yaw": 60.0, "pitch": 4.0, "polygon": [[48.0, 12.0], [72.0, 12.0], [72.0, -4.0], [48.0, -4.0]]}
PAGE = {"href": "https://example.org/history"}
VIEW = {"yaw": 10.0, "pitch": 2.0, "fov": 75.0}


def build(folder: Path) -> None:
    """Write the four scenes, their tours and a picture into `folder`."""
    panoramas = {slug: cut_panorama(folder, slug, _chart(slug)) for slug in NORTHS}
    links = {
        "street-2020": [
            _link(1, "time", "street-1937", 60),
            _link(2, "walk", "room", 30),
            _link(3, "portal", "hall", -20, ARRIVAL),
        ],
        "street-1937": [_link(4, "time", "street-2020", 160)],
        "street-1900": [],
        "room": [_link(5, "walk", "street-2020", -150)],
        "hall": [_link(6, "portal", "street-2020", 0)],
    }
    for slug, north in NORTHS.items():
        scene: dict[str, Any] = {
            "slug": slug,
            "url": f"/scenes/{slug}",
            "title": TITLES[slug],
            "venue": {
                "slug": "charts",
                "kind": "site",
                "title": texts("图表馆", "圖表館", "Charts"),
                "url": "/venues/charts",
            },
            "north": north,
            "view": VIEW,
            "panorama": panoramas[slug],
            "links": links[slug],
            "hotspots": _hotspots() if slug == "room" else _treasures() if slug == "hall" else [],
        }
        if slug in YEARS:
            moments = [_moment(moment) for moment in YEARS]
            scene |= {
                "year": YEARS[slug],
                "era": {},
                "place": {"slug": "corner", "title": TITLES[slug], "moments": moments, "periods": PERIODS},
            }
        scene |= _level(slug)
        others = {link["scene"] for link in links[slug]} | (set(YEARS) - {slug} if slug in YEARS else set())
        neighbours = {
            other: {
                "title": TITLES[other],
                "north": NORTHS[other],
                "view": VIEW,
                "panorama": panoramas[other],
                "venue": "charts",
                **_level(other),
            }
            for other in sorted(others)
        }
        write_tour(
            folder, {"museum": texts("馆", "館", "Museum"), "home": "/", "scene": scene, "neighbours": neighbours}
        )
    _write_sound(folder)
    _write_film(folder)
    tours = folder / "api" / "v1" / "tours"
    tours.mkdir(parents=True)
    (tours / "charts").write_text(json.dumps(_guided()), encoding="utf-8")
    (folder / "model.glb").write_bytes(trimesh.creation.box().export(file_type="glb"))
    lines = np.indices((900, 1200)).sum(axis=0) % 60 < 30
    Image.fromarray(np.where(lines[..., None], [200, 60, 30], [240, 220, 160]).astype(np.uint8)).save(
        folder / "picture.png"
    )
    Image.fromarray(np.where(lines.T[..., None], [40, 90, 160], [220, 230, 240]).astype(np.uint8)).save(
        folder / "back.png"
    )
    for name in PICTURES:
        Image.open(folder / f"{name}.png").resize((320, 240)).save(folder / f"{name}.jpg")
    _write_records(folder / "api" / "v1")
    arabic.write_answers(folder)


def _write_sound(folder: Path) -> None:
    """What is heard in the hall, and its captions."""
    with wave.open(str(folder / "bell.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes((np.sin(np.arange(8000 * 20) * 0.4) * 8000).astype("<i2").tobytes())
    (folder / "bell.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:20.000\n[钟声]\n", encoding="utf-8")


def _write_film(folder: Path) -> None:
    """What runs on a wall of the hall: red, then green, larger than an eye can tell in a headset; and its captions."""
    film = cv2.VideoWriter(str(folder / "film.webm"), cv2.VideoWriter_fourcc(*"VP80"), 5, (1600, 400))  # type: ignore[attr-defined]
    for number in range(100):
        film.write(np.full((400, 1600, 3), (20, 20, 200) if number < 50 else (20, 200, 20), np.uint8))
    film.release()
    (folder / "film.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:20.000\n[红]\n", encoding="utf-8")


def _write_records(folder: Path) -> None:
    vase = {"slug": "vase", "period": {"zh-Hans": "清乾隆", "en": "Qianlong"}, "accessionNumber": "0042"}
    records: dict[str, Any] = {
        "artifacts/vase": vase,
        "artifacts/vessel": {
            "slug": "vessel",
            "images": [{"iiif": f"/iiif/3/{name}", **PICTURES[name]} for name in PICTURES],
        },
        "images/picture": {
            "slug": "picture",
            "widthMm": 300.0,
            "use": "free",
            "downloads": [{"width": 1200, "height": 900, "address": "/iiif/3/picture/full/max/0/default.jpg"}],
        },
        "images/back": {"slug": "back", "use": "reserved", "downloads": []},
    }
    for name, record in records.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def _guided() -> dict[str, Any]:
    """A guided tour: the corner, the room next door, and the hall, where it asks something."""
    # Of the hall so much that also on a slow machine one can pause before all is told.
    long = "The hall, of which there is more to tell than of the others, so that nobody need hurry to pause, however slow her machine is."
    told = {
        "street-2020": ("The corner. It is new.", {"yaw": 40.0, "pitch": 4.0, "fov": 60.0}, None),
        "room": ("The room.", {"yaw": 15.0, "pitch": 5.0, "fov": 50.0}, []),
        "hall": (long, {"yaw": -100.0, "pitch": 0.0, "fov": 70.0}, None),
    }
    stops: list[dict[str, Any]] = []
    for slug, (body, view, way) in told.items():
        asks = slug == "hall"
        stops.append(
            {
                "scene": slug,
                "tour": f"/api/v1/scenes/{slug}/tour.json",
                "page": f"/scenes/{slug}?tour=charts&stop={len(stops) + 1}",
                "view": view,
                "way": way,
                "title": TITLES[slug],
                "body": texts(body, body, body),
                "picture": None,
                "narration": {},
                "captions": {},
                "question": texts("何处？", "何處？", "Where?") if asks else {},
                "answers": [
                    {"text": texts(word, word, word), "right": word == "Here"} for word in ("There", "Here") if asks
                ],
                "explanation": texts("在此。", "在此。", "It is here.") if asks else {},
            }
        )
    title = texts("图表一游", "圖表一遊", "All charts")
    return {"slug": "charts", "title": title, "page": "/tours/charts", "stops": stops}


def _chart(slug: str) -> Colour:
    upright = chart(NORTHS[slug], STRENGTHS.get(slug, STRENGTH))
    return tilted(upright, **LEVEL) if slug == "street-1900" else upright


def _level(slug: str) -> dict[str, Any]:
    return {"level": LEVEL} if slug == "street-1900" else {}


def _moment(slug: str) -> dict[str, Any]:
    return {
        "scene": slug,
        "year": YEARS[slug],
        "era": texts("", "", "") if slug != "street-1937" else texts("民国二十六年", "民國二十六年", "Republic 26"),
        "title": TITLES[slug],
        "tour": f"/api/v1/scenes/{slug}/tour.json",
        "url": f"/scenes/{slug}",
    }


def _link(number: int, kind: str, scene: str, yaw: float, arrival: dict[str, float] | None = None) -> dict[str, Any]:
    link: dict[str, Any] = {
        "id": number,
        "kind": kind,
        "yaw": yaw,
        "pitch": -4.0,
        "title": TITLES[scene],
        "tour": f"/api/v1/scenes/{scene}/tour.json",
        "url": f"/scenes/{scene}",
        "scene": scene,
    }
    if arrival:
        link["arrival"] = arrival
    if scene in YEARS:
        link["year"] = YEARS[scene]
    return link


def _hotspots() -> list[dict[str, Any]]:
    target = {
        "slug": "vase",
        "record": "/api/v1/artifacts/vase",
        "iiif": "/iiif/3/picture",
        "width": 1200,
        "height": 900,
    }
    note = texts("右边", "右邊", "To the right")
    return [
        {"id": 12, "kind": "text", "yaw": 100.0, "pitch": 0.0, "title": note, "description": note},
        {"id": 11, "kind": "artifact", "title": texts("粉彩瓶", "粉彩瓶", "A vase"), "target": target, **PICTURE},
    ]


def _treasures() -> list[dict[str, Any]]:
    """A thing with a picture and a model."""
    target = {"iiif": "/iiif/3/picture", "width": 1200, "height": 900, "model": "/model.glb"}
    title = texts("方鼎", "方鼎", "A vessel")
    vessel = {"slug": "vessel", "record": "/api/v1/artifacts/vessel", "iiif": "/iiif/3/picture", **PICTURES["picture"]}
    back = {
        "slug": "back",
        "record": "/api/v1/images/back",
        "page": "/images/back",
        "iiif": "/iiif/3/back",
        **PICTURES["back"],
    }
    film = {"href": "/film.webm", "captions": {"zh-Hans": "/film.vtt"}}
    bell = {"href": "/bell.wav", "captions": dict.fromkeys(("zh-Hans", "en"), "/bell.vtt")}
    return [
        {"id": 21, "kind": "artifact", "yaw": 0.0, "pitch": 0.0, "title": title, "target": target},
        {"id": 31, "kind": "artifact", "title": texts("铜壶", "銅壺", "A pot"), "target": vessel, **WALL[31]},
        {"id": 32, "kind": "image", "title": texts("斜纹图", "斜紋圖", "Stripes"), "target": back, **WALL[32]},
        {"id": 33, "kind": "audio", "yaw": 150.0, "pitch": 10.0, "title": texts("钟", "鐘", "A bell"), "target": bell},
        {"id": 34, "kind": "video", "title": texts("影", "影", "A film"), "target": film, **SCREEN},
        {"id": 35, "kind": "web", "yaw": 120.0, "pitch": 14.0, "title": texts("志", "志", "A page"), "target": PAGE},
    ]
