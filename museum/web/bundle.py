"""Scripts and styles built by Vite, and the static files under `/static/`.

The manifest says under which hashed names an entry's script and styles lie. A name with a hash never changes its content,
so browsers keep it for good.
"""

from __future__ import annotations

import gzip
import logging
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from aiohttp import hdrs, web
from markupsafe import Markup

from museum.web.answers import accepts
from museum.web.policy import UNPACKING_POLICY

logger = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"
BUILD = STATIC / "build"
MANIFEST = ".vite/manifest.json"

SOON = ("src/tour/museum-tour.ts", "src/panorama/stage.ts")
"""Sources that whoever asks for them at all will ask for at once, in the order in which they do."""

BASIS_WORKER = "basis-worker-"
"""How the file of the worker begins that unpacks textures: see `viewer/vite.config.ts`."""

_HASHED = re.compile(r"-[\w-]{8,}\.\w+$")
_COMPRESSED = {".js", ".css", ".json", ".svg", ".wasm", ".html"}
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Entry:
    """Files of one entry, relative to the build folder. `imports` are the scripts that its script needs at once, `later` those that it
    asks for as soon as it runs."""

    script: str
    styles: tuple[str, ...]
    imports: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


class Bundle:
    """The built files in `folder`. Without a build the pages go out bare, and the log says how to make one."""

    def __init__(self, folder: Path = BUILD) -> None:
        self.folder = folder
        self._read_at = -1
        self._entries: dict[str, Entry] = {}
        self._manifest: dict[str, Any] = {}
        self._missing: set[str] = set()
        self._contents: dict[str, str] = {}

    def entry(self, name: str) -> Entry | None:
        """The entry `name`, e.g. `tour`; None where the build lacks it. A new build is seen without a restart."""
        self._refresh()
        found = self._entries.get(name)
        if found is None and name not in self._missing:
            self._missing.add(name)
            logger.error(
                "the viewer's build lacks the entry %r: run `make viewer`; until then its pages have no script or style",
                name,
            )
        return found

    def _refresh(self) -> None:
        path = self.folder / MANIFEST
        try:
            changed = path.stat().st_mtime_ns
        except FileNotFoundError:
            changed = 0
        if changed == self._read_at:
            return
        self._read_at = changed
        self._missing.clear()
        self._contents.clear()
        self._manifest = msgspec.json.decode(path.read_bytes()) if changed else {}
        self._entries = _entries(self._manifest)

    def closure(self, *names: str) -> list[str]:
        """Scripts and styles of the entries `names`, and of all that they ever import; not faces of type, which are large and many."""
        self._refresh()
        keys = [key for key, chunk in self._manifest.items() if chunk.get("isEntry") and Path(key).stem in names]
        seen = dict.fromkeys(keys)
        while keys:
            chunk = self._manifest[keys.pop()]
            for key in (*chunk.get("imports", ()), *chunk.get("dynamicImports", ())):
                if key not in seen and "fontsource" not in key:
                    seen[key] = None
                    keys.append(key)
        files: dict[str, None] = {}
        for key in seen:
            chunk = self._manifest[key]
            # A script may fetch another as a file.
            fetched = [file for file in chunk.get("assets", ()) if file.endswith(".js")]
            files |= dict.fromkeys((chunk["file"], *chunk.get("css", ()), *fetched))
        return list(files)

    def head(self, *names: str) -> Markup:
        """Tags for the head of a page that uses the entries `names`: styles first, then scripts and what they import, then what they will
        import."""
        return Markup("\n").join([self.looks(*names), self.scripts(*names)])

    def looks(self, *names: str) -> Markup:
        """Tags for the styles of the entries `names`."""
        entries = [entry for entry in map(self.entry, names) if entry]
        styles = dict.fromkeys(style for entry in entries for style in entry.styles)
        tag = Markup('<link rel="stylesheet" href="{}">')
        return Markup("\n").join(tag.format(address(style)) for style in styles)

    def inline(self, name: str) -> str:
        """The styles of an entry, for a page to carry; empty where the build lacks it."""
        found = self.entry(name)
        return "".join(map(self._content, found.styles)) if found else ""

    def scripts(self, *names: str, patient: bool = False) -> Markup:
        """Tags for the scripts of the entries `names` alone. `patient` scripts let the page's own pictures come first."""
        entries = [entry for entry in map(self.entry, names) if entry]
        imports = dict.fromkeys(script for entry in entries for script in entry.imports)
        scripts = dict.fromkeys(entry.script for entry in entries)
        later = dict.fromkeys(script for entry in entries for script in entry.later if script not in imports)
        low = Markup(' fetchpriority="low"')
        first = low if patient else Markup()
        preload = Markup('<link rel="modulepreload" href="{}"{}>')
        return Markup("\n").join(
            [
                *(preload.format(address(script), first) for script in imports),
                *(
                    Markup('<script type="module" src="{}"{}></script>').format(address(script), first)
                    for script in scripts
                ),
                *(preload.format(address(script), low) for script in later),
            ]
        )

    def _content(self, file: str) -> str:
        found = self._contents.get(file)
        if found is None:
            found = self._contents[file] = (self.folder / file).read_text().strip()
        return found


def address(file: str) -> str:
    """Address of a built file."""
    return f"/static/build/{file}"


def _entries(manifest: dict[str, Any]) -> dict[str, Entry]:
    """Entries of Vite's manifest by the name of their source file without its ending."""
    entries: dict[str, Entry] = {}
    for source, chunk in manifest.items():
        if chunk.get("isEntry"):
            imports = _imports(manifest, source)
            styles = [style for key in (*imports, source) for style in manifest[key].get("css", [])]
            entries[Path(source).stem] = Entry(
                script=chunk["file"],
                styles=tuple(dict.fromkeys(styles)),
                imports=tuple(manifest[key]["file"] for key in imports),
                later=_later(manifest, (source, *imports)),
            )
    return entries


def _later(manifest: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Files of the chunks in SOON that a script of `keys` imports when it runs, with all that they import."""
    needed = dict.fromkeys(keys)
    for soon in SOON:
        if any(soon in manifest[known].get("dynamicImports", []) for known in needed):
            needed |= dict.fromkeys((*_imports(manifest, soon), soon))
    return tuple(manifest[key]["file"] for key in needed if key not in keys)


def _imports(manifest: dict[str, Any], source: str) -> list[str]:
    """Keys of all chunks that `source` imports statically, itself excluded, each once and dependencies first."""
    found: dict[str, None] = {}

    def visit(key: str) -> None:
        for imported in manifest[key].get("imports", []):
            if imported not in found and imported != source:
                visit(imported)
                found[imported] = None

    visit(source)
    return list(found)


BUNDLE = web.AppKey("bundle", Bundle)


@lru_cache(maxsize=256)
def _gzipped(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


async def static_file(request: web.Request) -> web.StreamResponse:
    """A file under `static/`: kept for good where its name holds a hash, else asked after each time."""
    path = (STATIC / request.match_info["path"]).resolve()
    if not path.is_relative_to(STATIC.resolve()) or any(
        part.startswith(".") for part in path.relative_to(STATIC).parts
    ):
        raise web.HTTPNotFound
    try:
        status = path.stat()
    except OSError:
        raise web.HTTPNotFound from None
    if not path.is_file():
        raise web.HTTPNotFound
    headers = {
        hdrs.CACHE_CONTROL: "public, max-age=31536000, immutable" if _HASHED.search(path.name) else "no-cache",
        hdrs.CONTENT_TYPE: _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream",
        "Access-Control-Allow-Origin": "*",
    }
    if path.name.startswith(BASIS_WORKER):
        headers["Content-Security-Policy"] = UNPACKING_POLICY
    if path.suffix not in _COMPRESSED or status.st_size < 1400:
        return web.FileResponse(path, headers=headers)
    tag = f"{status.st_mtime_ns:x}-{status.st_size:x}"
    headers[hdrs.VARY] = hdrs.ACCEPT_ENCODING
    headers[hdrs.ETAG] = f'W/"{tag}"'
    if any(known.value == tag for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    packed = path.with_name(f"{path.name}.br")
    if accepts(request, "br") and packed.is_file():
        return web.Response(body=packed.read_bytes(), headers={**headers, hdrs.CONTENT_ENCODING: "br"})
    if accepts(request, "gzip"):
        body = _gzipped(path, status.st_mtime_ns)
        return web.Response(body=body, headers={**headers, hdrs.CONTENT_ENCODING: "gzip"})
    return web.Response(body=path.read_bytes(), headers=headers)


def register(app: web.Application) -> None:
    app[BUNDLE] = Bundle()
    app.router.add_get("/static/{path:.+}", static_file)
