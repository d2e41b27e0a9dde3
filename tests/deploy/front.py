"""A real nginx in front of a museum, with the configuration that operators get."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
START_SECONDS = 30


def find_nginx() -> str:
    """Where nginx is. Raises with what to install."""
    # Debian keeps it where only root looks.
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise RuntimeError("the tests of deploy/nginx.conf need nginx: apt-get install nginx")
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def adapt(text: str, folder: Path, port: int, museum: str, root: str) -> str:
    """The operators' configuration with this machine's ports and folders, and a folder of files at `/plain/`."""
    for old, new in (
        ("server 127.0.0.1:8080;", f"server {museum.removeprefix('http://')};"),
        ("/var/cache/nginx/museum", str(folder / "cache")),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.replace("    location / {", f"    location /plain/ {{ alias {root}/; }}\n\n    location / {{", 1)


@contextmanager
def nginx(folder: Path, museum: str, root: Path | None = None, workers: int = 1) -> Iterator[tuple[str, int]]:
    """nginx in front of the server at `museum`: its address, and the process id of its master."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    site = adapt(CONFIGURATION.read_text(), folder, port, museum, str(root or folder))
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        ("user root;\n" if os.getuid() == 0 else "")
        + f"worker_processes {workers};\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        + "events { worker_connections 2048; }\n"
        + f"http {{\naccess_log {folder}/access.log;\nclient_body_temp_path {folder}/body;\n{temporary}"
        + f"types {{ image/jpeg jpg; }}\n{site}\n}}\n"
    )
    command = [find_nginx(), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with (folder / "output.log").open("w") as output:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=output)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process, folder)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(90)
    serious = re.findall(r"\[(?:crit|alert|emerg)\].*", (folder / "error.log").read_text())
    assert not serious, serious


def _wait(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(address, timeout=5)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("nginx did not start:\n" + (folder / "output.log").read_text())
