"""Reading, mending, measuring and lightening models: each with a file that shows it."""

from __future__ import annotations

import json
import stat
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from museum.assets.models3d import (
    bake,
    finishing,
    gltf_read,
    gltf_scan,
    handover,
    levels,
    measure,
    mend,
    pictures,
    stages,
    still,
    surface,
)
from museum.assets.models3d.archive import Files, unpack
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.formats import open_delivery
from museum.assets.models3d.node import PROGRAM, node
from museum.assets.models3d.raster import Hits
from museum.assets.models3d.solid import Part, Solid
from museum.jobs.queue import JobRefused
from tests.unit.assets.likeness import likeness
from tests.unit.assets.solids import CUBE_OBJ, ball, glb, jpeg, triangle_glb, zipped

CAPS = Caps()
MTL = "newmtl red\nKd 1 0 0\nnewmtl skin\nmap_Kd C:\\Scans\\2024\\Skin.JPG\nNs 90\n"


def read(content: bytes, folder: Path, caps: Caps = CAPS, options: dict[str, Any] | None = None) -> dict[str, Any]:
    """The first two stages in this process; what they found."""
    original = folder / "original"
    original.write_bytes(content)
    (folder / "work").mkdir(exist_ok=True)
    found = stages.look(str(original), str(folder / "work"), caps)
    return found | stages.shape(str(original), str(folder / "work"), found, options or {}, caps)


def made_of(work: Path, found: dict[str, Any]) -> dict[str, Any]:
    """The other stages, up to levels that are not yet packed."""
    for level in found["bake"]:
        finishing.paint(str(work), level)
    parts = [stage(str(work)) for stage in (finishing.show, finishing.light_levels, finishing.for_headsets)]
    return {"levels": [level for part in parts for level in part["levels"]]}


def refusal(content: bytes, folder: Path, caps: Caps = CAPS) -> str:
    with pytest.raises(JobRefused) as caught:
        read(content, folder, caps)
    return caught.value.code


def cube(head: str = "", between: str = "") -> str:
    return CUBE_OBJ.format(head=head, between=between)


def test_an_archive_from_a_scanning_company(tmp_path: Path) -> None:
    text = cube("mtllib Cube.MTL\nusemtl red\n", "usemtl skin\n")
    found = read(zipped({"扫描/cube.obj": text, "扫描/cube.mtl": MTL, "扫描/tex/skin.jpg": jpeg()}), tmp_path)
    assert found["materials"] == ["red", "skin"]
    assert found["textures"] == [{"name": "Skin.JPG", "width": 64, "height": 64}]
    assert found["notes"] == {"path-mended": 2, "normals-made": 2}
    assert found["measures"]["watertight"] and found["measures"]["volume"] == pytest.approx(1)
    assert found["measures"]["area"] == pytest.approx(6) and found["bounds"] == [1, 1, 1]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    found = read(zipped({"cube.obj": cube("mtllib a.mtl\nusemtl skin\n"), "a.mtl": MTL}), tmp_path)
    assert found["notes"]["texture-missing"] == 1 and found["textures"] == []
    found = read(cube("mtllib nowhere.mtl\nusemtl skin\n").encode(), tmp_path)
    assert found["notes"]["materials-missing"] == 1


def test_indices_from_the_end_and_numbers_that_are_none(tmp_path: Path) -> None:
    lines = [line for line in cube().splitlines() if not line.startswith("f")]
    faces = ["f -8/-4 -5/-1 -6/-2 -7/-3", "f 5 6 7 8", "f 1 2 6 5", "f 2 3 7 6", "f 3 4 8 7", "f 4 1 5 8", "f 1 2 99"]
    found = read("\n".join([*lines, *faces]).encode(), tmp_path)
    assert found["notes"]["negative-indices"] and found["notes"]["faces-dropped"] == 1
    assert found["measures"]["watertight"]
    points, triangles = ball(40)
    text = "".join(f"v {x} {y} {z}\n" for x, y, z in points) + "".join(
        f"f {a + 1} {b + 1} {c + 1}\n" for a, b, c in triangles
    )
    one = text.replace("v 0.0 1.0 0.0\n", "v nan 1.0 0.0\n", 1)
    found = read(one.encode(), tmp_path)
    assert found["notes"]["points-not-finite"] == 40 and not found["measures"]["watertight"]
    assert found["measures"]["volume"] is None and found["measures"]["openEdges"] == 40
    assert refusal(text.replace("v 0", "v nan").replace("v -0", "v inf").encode(), tmp_path) == "model-not-finite"


def test_a_file_that_changes_its_material_at_every_face_takes_no_longer(tmp_path: Path) -> None:
    points = "".join(f"v {k % 100} {k // 100} {k % 7}\n" for k in range(10_000))
    faces = "".join(f"usemtl m{k % 50}\nf {k + 1} {k + 2} {k + 102}\n" for k in range(9_800) for _ in range(5))
    started = time.process_time()
    found = read((points + faces).encode(), tmp_path)
    assert found["sourceTriangles"] == 49_000
    assert time.process_time() - started < 30  # trimesh took minutes for this


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"Kaydara FBX Binary  \x00\x1a\x00" + b"x" * 100, "model-format-fbx"),
        (b"BLENDER-v402" + b"x" * 100, "model-format-unknown"),
        (b"hello", "model-format-unknown"),
        (b"Rar!\x1a\x07\x01\x00", "archive-kind"),
        (zipped({"readme.txt": "nothing"}), "archive-no-model"),
        (zipped({"a.fbx": b"Kaydara FBX Binary  \x00"}), "model-format-fbx"),
        (zipped({"a.obj": cube(), "b.obj": cube()}), "archive-several-models"),
        (zipped({"../../evil.obj": cube()}), "archive-names"),
        (zipped({"/etc/evil.obj": cube()}), "archive-names"),
        (zipped({"C:/evil.obj": cube()}), "archive-names"),
        (zipped({"a.obj": cube()})[:-30], "archive-damaged"),
        (b"v 0 0 0\nv 1 0 0\nv 0 1 0\n", "model-point-cloud"),
        (b"v 0 0 0\nv 1 0 0\nf 1 2 2\n", "model-no-surface"),
        (b"ply\nformat ascii 1.0\nelement vertex 4000000000\nproperty float x\nend_header\n0\n", "model-claims-too-much"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><COLLADA>&a;</COLLADA>', "damaged"),
        (b"#usda 1.0\n(\n", "damaged"),
    ],
)  # fmt: skip
def test_what_is_turned_away(content: bytes, code: str, tmp_path: Path) -> None:
    assert refusal(content, tmp_path) == code


def chain(length: int) -> list[dict[str, Any]]:
    return [{"children": [k + 1]} for k in range(length)] + [{"mesh": 0}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (triangle_glb(accessors=[{"componentType": 5126, "count": 1_000_000_000, "type": "VEC3"}]), "model-claims-too-much"),
        (triangle_glb(accessors=[{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3"}]), "model-claims-too-much"),
        (triangle_glb(bufferViews=[{"buffer": 0, "byteLength": 4000}]), "model-claims-too-much"),
        (triangle_glb(bufferViews=[{"buffer": 0, "byteLength": 36}] * 10), None),
        (triangle_glb(nodes=[{"children": [1]}, {"children": [0], "mesh": 0}]), "model-too-deep"),
        (triangle_glb(nodes=[{"children": [2, 2]}, {"children": [2]}, {"mesh": 0}]), "model-too-deep"),
        (triangle_glb(nodes=chain(300)), "model-too-deep"),
        (triangle_glb(nodes=chain(150)), None),
        (triangle_glb(buffers=[{"byteLength": 36, "uri": "http://127.0.0.1:1/model.bin"}]), "model-outside-file"),
        (triangle_glb(buffers=[{"byteLength": 36, "uri": "file:///etc/passwd"}]), "model-outside-file"),
        (triangle_glb(buffers=[{"byteLength": 36, "uri": "//127.0.0.1/x"}]), "model-outside-file"),
        (triangle_glb(buffers=[{"byteLength": 36, "uri": "../../../../etc/passwd"}]), "model-file-missing"),
        (triangle_glb(buffers=[{"byteLength": 36, "uri": "/etc/passwd"}]), "model-file-missing"),
        (triangle_glb(images=[{"uri": "https://example.org/a.jpg"}]), "model-outside-file"),
        (triangle_glb(extensionsRequired=["VENDOR_secret"], extensionsUsed=["VENDOR_secret"]), "model-extension-unknown"),
        (triangle_glb(meshes=[{"primitives": [{"attributes": {"POSITION": 0}, "mode": 0}]}]), "model-point-cloud"),
        (triangle_glb(nodes=[{}]), "model-no-surface"),
        (triangle_glb(meshes=[{"primitives": [{"attributes": {"POSITION": 7}}]}]), "damaged"),
        (triangle_glb(accessors=[{"bufferView": 0, "componentType": 5126, "count": -1, "type": "VEC3"}]), "damaged"),
        (glb({"asset": {"version": "1.0"}}), "model-format-unknown"),
        (triangle_glb()[:60], "damaged"),
        (b'{"asset":{"version":"2.0"},"extras":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "model-too-deep"),
    ],
)  # fmt: skip
def test_gltf_is_held_to_what_is_there(content: bytes, code: str | None, tmp_path: Path) -> None:
    if code is not None:
        assert refusal(content, tmp_path) == code
    else:
        assert read(content, tmp_path)["sourceTriangles"] >= 1


def test_archives_are_held_to_their_caps(tmp_path: Path) -> None:
    bomb = zipped({"a.obj": b"\n" * 400_000})
    small = Caps(unpacked_free=100_000, ratio=20)
    assert refusal(bomb, tmp_path, small) == "archive-too-large"
    liar = bytearray(bomb)
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = liar.index(signature) + at
        liar[place : place + 4] = (10).to_bytes(4, "little")
    assert refusal(bytes(liar), tmp_path, small) in ("archive-damaged", "archive-too-large")
    many = zipped({f"{k}.jpg": b"x" for k in range(60)})
    assert refusal(many, tmp_path, Caps(entries=50)) == "archive-too-many"
    assert refusal(zipped({"x" * 400 + ".obj": cube()}), tmp_path) == "archive-names"
    link = zipfile.ZipInfo("a.obj")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(JobRefused, match="archive-names"):
        unpack(path, tmp_path, Caps())
    assert refusal(cube().encode(), tmp_path, Caps(triangles=10)) == "model-too-many-triangles"


def test_names_in_chinese_from_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    content = zipped({"A" * 8 + ".obj": cube("mtllib " + "B" * 8 + ".mtl\n"), "B" * 8 + ".mtl": MTL})
    path.write_bytes(
        content.replace(b"A" * 8, "青铜器鼎".encode("gb18030")).replace(b"B" * 8, "青铜器鼎".encode("gb18030"))
    )
    delivery = open_delivery(path, tmp_path, Caps())
    assert delivery.name == "青铜器鼎.obj" and delivery.files.find("青铜器鼎.mtl", delivery.name)[0] is not None


def test_parts_stand_where_their_nodes_put_them(tmp_path: Path) -> None:
    nodes = [
        {"children": [1], "scale": [2, 2, 2]},
        {"mesh": 0, "translation": [0, 5, 0], "rotation": [0.7071068, 0, 0, 0.7071068]},
    ]
    found = read(triangle_glb(nodes=nodes), tmp_path)
    assert found["bounds"] == pytest.approx([2, 0, 2], abs=1e-5)
    assert found["unit"] == {"metres": 1.0, "height": pytest.approx(0, abs=1e-5), "scale": 1.0, "from": "file"}


def test_upright_and_in_metres_as_the_curator_says(tmp_path: Path) -> None:
    points, faces = ball(12)
    text = "".join(f"v {x * 10} {y * 10} {z * 30}\n" for x, y, z in points) + "".join(
        f"f {a + 1} {b + 1} {c + 1}\n" for a, b, c in faces
    )
    found = read(text.encode(), tmp_path, options={"orientation": [-(0.5**0.5), 0, 0, 0.5**0.5], "height": 0.3})
    assert found["bounds"] == pytest.approx([0.1, 0.3, 0.1], rel=1e-3)
    assert found["up"] == {"axis": "z", "lean": 0, "from": "curator"} and found["unit"]["from"] == "curator"
    assert found["measures"]["volume"] == pytest.approx(4 / 3 * np.pi * 0.05 * 0.05 * 0.15, rel=0.1)


def test_a_hole_is_open_and_has_no_volume() -> None:
    points, faces = ball(20)
    whole = measure.measure(Solid([Part(points, faces)]))
    assert whole.watertight and whole.bodies == 1 and whole.volume == pytest.approx(4.19, rel=0.03)
    holed = measure.measure(Solid([Part(points, faces[1:])]))
    assert (holed.watertight, holed.open_edges, holed.volume) == (False, 3, None)
    turned = faces.copy()
    turned[5] = turned[5][::-1]
    assert not measure.measure(Solid([Part(points, turned)])).watertight
    both = measure.measure(Solid([Part(points, faces), Part(points + np.float32(5), faces)]))
    assert both.bodies == 2 and both.watertight


def two_halves() -> Solid:
    """A sphere of two materials that meet at its equator."""
    points, faces = ball(80)
    upper = points[faces].mean(axis=1)[:, 1] > 0
    solid = Solid(
        [Part(points, faces[upper], material=0), Part(points, faces[~upper], material=1)],
        [{"name": "a"}, {"name": "b"}],
    )
    mend.mend(solid)
    return solid


def test_levels_keep_the_shape_and_leave_no_gap_between_materials(tmp_path: Path) -> None:
    solid = two_halves()
    whole = levels.bundle(solid)
    made = node_levels(whole, tmp_path) if not levels.can_simplify_here() else levels.simplified(whole, [3000, 800])
    for faces, target in zip(made, (3000, 800), strict=True):
        light = levels.split(solid, whole, faces)
        assert 0.9 * target < light.triangles <= target and len(light.parts) == 2
        found = measure.measure(light)
        assert found.open_edges == 0 and found.volume == pytest.approx(4.18, rel=0.02)


def node_levels(whole: levels.Bundle, folder: Path) -> list[np.ndarray[Any, Any]]:
    order = stages._simplify_order(whole, [(3000, "level-0.bin"), (1500, ""), (800, "level-1.bin")], folder / "order")
    (folder / "simplify.json").write_text(json.dumps(order))
    subprocess.run([node(), PROGRAM, "simplify", folder / "simplify.json"], check=True)
    return [np.fromfile(folder / f"level-{number}.bin", "<u4").reshape(-1, 3) for number in range(2)]


def test_the_other_library_does_the_same(tmp_path: Path) -> None:
    solid = two_halves()
    whole = levels.bundle(solid)
    for faces, target in zip(node_levels(whole, tmp_path), (3000, 800), strict=True):
        light = levels.split(solid, whole, faces)
        assert 0.9 * target < light.triangles <= target
        assert measure.measure(light).open_edges == 0


def test_every_level_is_valid_and_looks_like_the_whole(tmp_path: Path) -> None:
    text = cube("mtllib a.mtl\nusemtl skin\n")
    found = read(zipped({"cube.obj": text, "a.mtl": MTL, "skin.jpg": jpeg(side=4096)}), tmp_path)
    work = tmp_path / "work"
    assert found["simplified"]
    made = made_of(work, found)
    assert [level["role"] for level in made["levels"]] == ["model", "model-25k", "model-5k", "model-headset"]
    assert [level["texture"] for level in made["levels"]] == [4096, 2048, 1024, 2048]
    files = [[str(work / f"{level['role']}.plain.glb"), str(work / level["role"])] for level in made["levels"]]
    (work / "order.json").write_text(json.dumps({"files": files, "most": 9}))
    subprocess.run([node(), PROGRAM, "validate", work / "order.json"], check=True)
    for _, report in files:
        assert json.loads(Path(report).read_bytes())["issues"]["numErrors"] == 0
    assert stages_poster(work).shape == (still.POSTER, still.POSTER, 3)
    assert (work / handover.USDZ).read_bytes()[:2] == b"PK"
    again = (
        read((work / handover.USDZ).read_bytes(), tmp_path / "again") if (tmp_path / "again").mkdir() is None else {}
    )
    assert again["bounds"] == pytest.approx([1, 1, 1]) and again["textures"][0]["width"] == 2048


def test_light_levels_look_like_the_original(tmp_path: Path) -> None:
    """A carved thing with a texture, seen from eight sides."""
    points, faces = ball(190)
    carved = points * (1 + 0.03 * np.sin(points[:, :1] * 23) * np.cos(points[:, 1:2] * 19))
    uvs = np.stack([np.arctan2(points[:, 0], points[:, 2]) / (2 * np.pi) + 0.5, np.arccos(points[:, 1]) / np.pi], 1)
    lines = [f"v {x:.6f} {y:.6f} {z:.6f}" for x, y, z in carved] + [f"vt {u:.5f} {v:.5f}" for u, v in uvs]
    lines += [f"f {a}/{a} {b}/{b} {c}/{c}" for a, b, c in faces + 1]
    text = "mtllib a.mtl\nusemtl skin\n" + "\n".join(lines)
    found = read(zipped({"a.obj": text, "a.mtl": MTL, "skin.jpg": jpeg(side=1024)}), tmp_path)
    assert found["sourceTriangles"] > 60_000
    work = tmp_path / "work"
    whole = handover.load_solid(work, handover.SOLID)
    original = still.sides(whole, textures_of(whole), 256)
    made_of(work, found)
    for role, most, least in (("model-25k", 25_000, 0.97), ("model-5k", 5_000, 0.93)):
        gltf = gltf_scan.open_gltf(work / f"{role}.plain.glb", role, Files(), CAPS)
        (work / role).mkdir()
        light = gltf_read.read_gltf(gltf, work / role, CAPS)
        mend.mend(light)
        assert light.triangles <= most
        seen = still.sides(light, textures_of(light), 256, camera_of=whole)
        assert likeness(original, seen) >= least, role
    spoilt = still.sides(Solid(whole.parts, [{}] * len(whole.materials)), {}, 256, camera_of=whole)
    assert likeness(original, spoilt) < 0.93


def test_green_of_a_map_of_normals_points_up_in_its_picture() -> None:
    corners = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    part = Part(corners, np.array([[0, 1, 2]], np.uint32), uvs=(corners[:, :2] * (1, -1) + np.float32((0, 1)),))
    one = np.ones(1, np.int64)
    hits = Hits(one, one * 0, np.full((1, 3), 1 / 3, np.float32), np.ones(1, np.float32))
    pixels = {0: np.full((4, 4, 3), (128, 230, 200), np.uint8)}
    seen = surface.normal(part, {"normalTexture": {"index": 0}}, hits, surface.Pyramids(pixels))[0]
    assert seen[1] > 0.5 and abs(seen[0]) < 0.05 and seen[2] > 0.5


def test_colours_of_a_scan_without_a_texture_are_painted(tmp_path: Path) -> None:
    points, faces = ball(60)
    colors = np.ones((len(points), 4), np.float32)
    colors[:, 1:3] = np.float32(0.1)
    colors[points[:, 1] > 0, :3] = (0.1, 0.8, 0.1)
    solid = Solid([Part(points, faces, colors=colors)])
    mend.mend(solid)
    bare = levels.bare(solid)
    triangles = node_levels(bare, tmp_path)[1]
    light = bake.baked(solid, {}, bake.unwrapped(bare.positions, triangles, 256), 256, 0.05, tmp_path)
    assert light.triangles <= 800 and light.parts[0].colors is None and bake.can_bake(solid)
    shown = still.sides(light, textures_of(light), 128, camera_of=solid)
    assert likeness(still.sides(solid, {}, 128), shown) > 0.95
    assert not bake.can_bake(Solid(solid.parts, [{"alphaMode": "BLEND"}]))


def textures_of(solid: Solid) -> still.Textures:
    return {
        number: np.asarray(pictures.load(solid.pictures[texture["source"]], 2048, color=True).numpy())
        for number, texture in enumerate(solid.textures)
    }


def stages_poster(work: Path) -> np.ndarray[Any, Any]:
    import pyvips

    return np.asarray(pyvips.Image.new_from_file(str(work / handover.POSTER)).numpy())


def test_a_still_shows_light_shadow_and_both_sides() -> None:
    points, faces = ball(40)
    solid = Solid([Part(points, faces)])
    mend.mend(solid)
    mend.stand(solid, 1.0)
    shown = still.poster(solid, {}, 200).astype(int).sum(axis=2)
    assert shown[60:100, 70:110].max() > 450 > shown[:20, :20].max()
    views = still.sides(Solid([Part(points, faces[:, ::-1].copy(), normals=points)]), {}, 64)
    assert len(views) == still.SIDES and views[0][32, 32].astype(int).sum() > 150
