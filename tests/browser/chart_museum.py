"""Four chart scenes: two moments of one place, turned against each other; a room next door; and a hall behind a portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import trimesh
from PIL import Image

from tests.browser.tour_site import chart, cut_panorama, texts, write_tour

NORTHS = {"street-1937": 40.0, "street-2020": 305.0, "room": 190.0, "hall": 90.0}
YEARS = {"street-1937": 1937, "street-2020": 2020}
TITLES = {
    "street-1937": texts("昔日街口", "昔日街口", "The corner then"),
    "street-2020": texts("今日街口", "今日街口", "The corner today"),
    "room": texts("展室", "展室", "The room"),
    "hall": texts("大厅", "大廳", "The hall"),
}
ARRIVAL = {"yaw": -60.0, "pitch": 8.0, "fov": 70.0}
PICTURE = {"yaw": 15.0, "pitch": 5.0, "polygon": [[8.0, 12.0], [22.0, 12.0], [22.0, -2.0], [8.0, -2.0]]}
VIEW = {"yaw": 10.0, "pitch": 2.0, "fov": 75.0}


def build(folder: Path) -> None:
    """Write the four scenes, their tours and a picture into `folder`."""
    panoramas = {
        slug: cut_panorama(folder, slug, chart(north, 80 if slug == "street-1937" else 110))
        for slug, north in NORTHS.items()
    }
    links = {
        "street-2020": [
            _link(1, "time", "street-1937", 60),
            _link(2, "walk", "room", 30),
            _link(3, "portal", "hall", -20, ARRIVAL),
        ],
        "street-1937": [_link(4, "time", "street-2020", 160)],
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
            moments = [{"scene": s, "year": y, "era": {}, "title": TITLES[s]} for s, y in YEARS.items()]
            scene |= {
                "year": YEARS[slug],
                "era": {},
                "place": {"slug": "corner", "title": TITLES[slug], "moments": moments},
            }
        neighbours = {
            link["scene"]: {
                "title": TITLES[link["scene"]],
                "north": NORTHS[link["scene"]],
                "view": VIEW,
                "panorama": panoramas[link["scene"]],
                "venue": "charts",
            }
            for link in links[slug]
        }
        write_tour(
            folder, {"museum": texts("馆", "館", "Museum"), "home": "/", "scene": scene, "neighbours": neighbours}
        )
    (folder / "model.glb").write_bytes(trimesh.creation.box().export(file_type="glb"))
    lines = np.indices((900, 1200)).sum(axis=0) % 60 < 30
    Image.fromarray(np.where(lines[..., None], [200, 60, 30], [240, 220, 160]).astype(np.uint8)).save(
        folder / "picture.png"
    )
    record = folder / "api" / "v1" / "artifacts"
    record.mkdir(parents=True)
    (record / "vase").write_text(
        '{"slug":"vase","period":{"zh-Hans":"清乾隆","en":"Qianlong"},"accessionNumber":"0042"}', encoding="utf-8"
    )


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
    return [{"id": 21, "kind": "artifact", "yaw": 0.0, "pitch": 0.0, "title": title, "target": target}]
