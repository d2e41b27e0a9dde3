"""What benchmarks of servers share: CPU time of processes, load from wrk, and peers that run until the block ends."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.deploy.front import find_nginx, free_port

IIPSRV = Path("/usr/lib/iipimage-server/iipsrv.fcgi")
LUA = """
local requests, next = {}, 0
init = function(_)
  for path in io.lines("%s") do requests[#requests + 1] = wrk.format("GET", path) end
end
request = function() next = next %% #requests + 1; return requests[next] end
"""


class Load(NamedTuple):
    """What wrk saw: requests answered, how many of them badly, and times in milliseconds."""

    requests: int
    bad: int
    median: float
    p99: float


def cpu_seconds(*processes: int) -> float:
    """CPU time of processes so far, all their threads' and those that have ended, to the nanosecond: ticks of 10 ms say nothing of short
    runs. The clock's number is what clock_getcpuclockid(3) makes of a process on Linux."""
    return sum(time.clock_gettime(~process << 3 | 2) for process in processes)


def children(process: int) -> list[int]:
    """The processes that `process` has started."""
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def find(program: str, package: str) -> str:
    """Where a program is; leaves with what to install otherwise."""
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"this benchmark needs {program}: apt-get install {package}")
    return found


def wrk(folder: Path, base: str, paths: Sequence[str], seconds: float, connections: int) -> Load:
    """Ask for `paths` in turn, over and over, as fast as they come."""
    (folder / "paths.txt").write_text("\n".join(paths) + "\n")
    (folder / "paths.lua").write_text(LUA % (folder / "paths.txt"))
    command = [find("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
    run = subprocess.run([*command, "-s", str(folder / "paths.lua"), base], capture_output=True, text=True, check=True)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", run.stdout)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", run.stdout)
    return Load(
        int(re.search(r"(\d+) requests in", run.stdout)[1]),  # type: ignore[index]
        int(bad[1]) if bad else sum(map(int, broken.groups())) if broken else 0,
        _milliseconds(re.search(r"(?m)^ +50% +(\S+)", run.stdout)[1]),  # type: ignore[index]
        _milliseconds(re.search(r"(?m)^ +99% +(\S+)", run.stdout)[1]),  # type: ignore[index]
    )


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def ask(base: str, paths: Sequence[str]) -> list[bytes]:
    """Each of `paths` once, one after the other on one connection: their bodies."""
    connection = http.client.HTTPConnection(base.removeprefix("http://"), timeout=60)
    bodies: list[bytes] = []
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        bodies.append(answer.read())
        if answer.status != 200:
            raise SystemExit(f"{base}{path}: {answer.status}")
    connection.close()
    return bodies


@contextmanager
def iipsrv(program: Path, folder: Path, cache: int = 64) -> Iterator[int]:
    """iipsrv over the files in `folder`, its decoded and encoded tiles kept in `cache` MB: its process; the port is in `folder/port`."""
    port = free_port()
    environment = {"FILESYSTEM_PREFIX": f"{folder}/", "LOGFILE": str(folder / "iipsrv.log"), "VERBOSITY": "1"}
    environment |= {"MAX_IMAGE_CACHE_SIZE": str(cache), "JPEG_QUALITY": "80", "CORS": "*", "MAX_CVT": "8192"}
    process = subprocess.Popen(
        [str(program), "--bind", f"127.0.0.1:{port}", "--backlog", "1024"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    (folder / "port").write_text(str(port))
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def plain_nginx(folder: Path, files: Path, fastcgi: int) -> Iterator[tuple[str, int]]:
    """nginx as Debian sets it up, for the files in `files` and, below `/iip/`, iipsrv: its address and its worker's process."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    passed = "".join(
        f"fastcgi_param {name} {value};\n"
        for name, value in (
            ("QUERY_STRING", "$query_string"),
            ("REQUEST_METHOD", "$request_method"),
            ("REQUEST_URI", "$request_uri"),
            ("SERVER_PROTOCOL", "$server_protocol"),
            ("HTTP_HOST", "$host"),
        )
    )
    (folder / "nginx.conf").write_text(
        ("user root;\n" if os.getuid() == 0 else "")
        + f"worker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        + "events { worker_connections 2048; }\n"
        + f"http {{\naccess_log {folder}/access.log;\nclient_body_temp_path {folder}/body;\n{temporary}"
        + "sendfile on;\ntcp_nopush on;\ntypes { image/jpeg jpg; }\nkeepalive_requests 1000000;\n"
        + f"upstream iipsrv {{ server 127.0.0.1:{fastcgi}; keepalive 16; }}\n"
        + f"server {{\nlisten 127.0.0.1:{port};\nroot {files};\n"
        + f"location /iip/ {{\nfastcgi_pass iipsrv;\nfastcgi_keep_conn on;\nfastcgi_buffers 16 64k;\n{passed}}}\n}}\n}}\n"
    )
    command = [find_nginx(), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (folder / "nginx.pid").exists() or not children(process.pid):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", children(process.pid)[0]
    finally:
        process.terminate()
        process.wait(10)
