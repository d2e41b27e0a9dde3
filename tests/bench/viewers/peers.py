"""Pages of the other viewers, each set up as its own documentation says for a cube of tiles with a small preview, bundled and minified as
a site would; and of ours as one tag in a bare page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from museum.web.bundle import Bundle
from tests.bench.viewers.museum import SCENES, VIEW, Pyramid, preview

ROOT = Path(__file__).parents[3]
VIEWERS = ("ours", "tag", "psv", "marzipano", "pannellum")
NAMES = {
    "ours": "ours, the museum's page",
    "tag": "ours, one tag in a bare page",
    "psv": "Photo Sphere Viewer",
    "marzipano": "Marzipano",
    "pannellum": "Pannellum",
}

PSV = """
import { Viewer } from "@photo-sphere-viewer/core";
import { CubemapTilesAdapter } from "@photo-sphere-viewer/cubemap-tiles-adapter";
import { VirtualTourPlugin } from "@photo-sphere-viewer/virtual-tour-plugin";
const { scenes, view } = window.bench;
const letters = { left: "l", front: "f", right: "r", back: "b", top: "u", bottom: "d" };
const order = ["front", "right", "back", "left", "top", "bottom"];
const panorama = ({ digest, levels }) => ({
  // The level whose pixels are no larger than the screen's at 75 degrees, and the finest when one looks closer.
  levels: [[2, [0, 30]], [3, [30, 100]]].map(([i, zoomRange]) => ({ faceSize: levels[i], nbTiles: levels[i] / 512, zoomRange })),
  tileUrl: (face, column, row, level) => `/tiles/${digest}/${level + 2}/${letters[face]}/${row}/${column}.jpg`,
  baseUrl: { type: "stripe", path: `/tiles/${digest}/strip.jpg`, order },
});
const position = { yaw: (view.yaw * Math.PI) / 180, pitch: (view.pitch * Math.PI) / 180 };
const viewer = new Viewer({
  container: "viewer", adapter: CubemapTilesAdapter, navbar: false, defaultZoomLvl: 0, maxFov: view.fov, minFov: 20,
  defaultYaw: position.yaw, defaultPitch: position.pitch,
  plugins: [VirtualTourPlugin.withConfig({
    positionMode: "manual", renderMode: "3d", preload: true,
    transitionOptions: { effect: "fade", speed: 750, rotation: false },
    nodes: scenes.map((scene, i) => ({
      id: String(i), panorama: panorama(scene), links: [{ nodeId: String(1 - i), position: { yaw: Math.PI, pitch: -0.2 } }],
    })),
    startNodeId: "0",
  })],
});
window.jump = () => void viewer.getPlugin(VirtualTourPlugin).setCurrentNode("1");
window.turn = (yaw) => viewer.rotate({ yaw: (yaw * Math.PI) / 180, pitch: position.pitch });
"""

MARZIPANO = """
const { scenes, view } = window.bench;
const viewer = new Marzipano.Viewer(document.getElementById("viewer"));
const radians = { yaw: (view.yaw * Math.PI) / 180, pitch: (-view.pitch * Math.PI) / 180, fov: (view.fov * Math.PI) / 180 };
const made = scenes.map(({ digest, levels }) => viewer.createScene({
  source: Marzipano.ImageUrlSource.fromString(`/tiles/${digest}/{z}/{f}/{y}/{x}.jpg`, {
    cubeMapPreviewUrl: `/peers/preview-${digest}.jpg`,
  }),
  geometry: new Marzipano.CubeGeometry([
    { tileSize: 256, size: 256, fallbackOnly: true },
    ...levels.slice(1).map((size) => ({ tileSize: 512, size })),
  ]),
  view: new Marzipano.RectilinearView({ ...radians }, Marzipano.RectilinearView.limit.traditional(levels.at(-1), (120 * Math.PI) / 180)),
  pinFirstLevel: true,
}));
made[0].switchTo();
window.jump = () => made[1].switchTo({ transitionDuration: 750 });
window.turn = (yaw) => made[0].view().setYaw((yaw * Math.PI) / 180);
"""

PANNELLUM = """
const { scenes, view } = window.bench;
const across = (2 * Math.atan(Math.tan((view.fov * Math.PI) / 360) * (innerWidth / innerHeight)) * 180) / Math.PI;
const viewer = pannellum.viewer("viewer", {
  default: {
    firstScene: "0", autoLoad: true, sceneFadeDuration: 750, showControls: false,
    yaw: view.yaw, pitch: view.pitch, hfov: across, maxHfov: across,
  },
  scenes: Object.fromEntries(scenes.map(({ digest, levels }, i) => [i, {
    type: "multires",
    multiRes: {
      basePath: `/onebased/${digest}`, path: "/%l/%s/%y/%x", extension: "jpg",
      tileResolution: 512, maxLevel: levels.length, cubeResolution: levels.at(-1),
    },
  }])),
});
window.jump = () => viewer.loadScene("1");
window.turn = (yaw) => viewer.setYaw(yaw, false);
"""

TAG = "window.jump = () => { document.querySelector('museum-tour').scene = 'second'; };"


def write(folder: Path, peers: Path, pyramids: list[Pyramid]) -> None:
    """The pages `{viewer}.html` and what they need, in `folder`, with compressed copies beside them for nginx."""
    packages = peers / "node_modules"
    if not (packages / "pannellum").exists():
        raise SystemExit(f"no viewers in {peers}: see the head of tests/bench/viewers/__main__.py for the command")
    folder.mkdir(parents=True, exist_ok=True)
    for pyramid in pyramids:
        (folder / f"preview-{pyramid.digest}.jpg").write_bytes(preview(pyramid))
    entry = peers / "bench-psv.js"
    entry.write_text(PSV)
    _bundle(entry, folder / "psv.js")
    entry.unlink()
    for name, script in (("marzipano", MARZIPANO), ("pannellum", PANNELLUM), ("tag", TAG)):
        (folder / f"{name}-start.js").write_text(script)
    shutil.copy(packages / "marzipano/dist/marzipano.js", folder)
    shutil.copy(packages / "pannellum/build/pannellum.js", folder)
    shutil.copy(packages / "pannellum/build/pannellum.css", folder)
    shutil.copy(packages / "@photo-sphere-viewer/core/index.css", folder / "psv.css")
    known = json.dumps({"view": VIEW, "scenes": [{"digest": p.digest, "levels": p.levels} for p in pyramids]})
    heads = {
        "psv": '<link rel="stylesheet" href="psv.css"><script type="module" src="psv.js"></script>',
        "marzipano": '<script defer src="marzipano.js"></script><script defer src="marzipano-start.js"></script>',
        "pannellum": '<link rel="stylesheet" href="pannellum.css"><script defer src="pannellum.js"></script>'
        '<script defer src="pannellum-start.js"></script>',
    }
    style = "html,body,#viewer,museum-tour{margin:0;width:100%;height:100%;background:#000;display:block}"
    for name, head in heads.items():
        body = f'<div id="viewer"></div><script>window.bench={known}</script>'
        (folder / f"{name}.html").write_text(
            f"<!doctype html><html><head><style>{style}</style>{head}</head><body>{body}</body></html>"
        )
    tag = f'<museum-tour src="/api/v1/scenes/{SCENES[0]}/tour.json" lang="en"></museum-tour>'
    (folder / "tag.html").write_text(
        f'<!doctype html><html lang="en"><head><style>{style}</style>{Bundle().head("tour")}'
        f'<script defer src="tag-start.js"></script></head><body>{tag}</body></html>'
    )
    _compress(folder)


def address(base: str, viewer: str) -> str:
    return f"{base}/scenes/{SCENES[0]}" if viewer == "ours" else f"{base}/peers/{viewer}.html"


def _compress(folder: Path) -> None:
    """As small as ours, which are made so when the viewer is built."""
    script = (
        "const fs = require('fs'); for (const name of fs.readdirSync('.')) if (/(js|css|html)$/.test(name))"
        " fs.writeFileSync(name + '.br', require('zlib').brotliCompressSync(fs.readFileSync(name)));"
    )
    subprocess.run([_node(), "-e", script], cwd=folder, check=True)


def _node() -> str:
    return shutil.which("node") or str(ROOT / ".make/node/bin/node")


def _bundle(entry: Path, target: Path) -> None:
    rolldown = ROOT / "viewer/node_modules/rolldown/bin/cli.mjs"
    command = [_node(), str(rolldown), str(entry), "--file", str(target), "--minify", "--platform", "browser"]
    subprocess.run(command, check=True, capture_output=True)
