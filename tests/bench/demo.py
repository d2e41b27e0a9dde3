"""How long the demonstration museum takes: to the lobby, to the whole, and to start again.

    python tests/bench/demo.py [--scale N|full]

Prints seconds by the clock from the start of the process, and the size of what was made.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from museum.settings import Settings
from tests.support import RunningServer, start_server

LIMIT = 3600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", default="full")
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as folder:
        settings = Settings(data=Path(folder), port=0, min_free_bytes=0)
        began = time.monotonic()
        server = start_server(settings, "demo", "--scale", scale)
        report("answers", began)
        wait_for(server, lambda facts: facts["scenes"] > 0)
        report("first scene of the lobby", began)
        while not any("demonstration museum stands" in line for line in server.output):
            if server.process.poll() is not None or time.monotonic() - began > LIMIT:
                raise SystemExit("".join(server.output[-20:]))
            time.sleep(0.5)
        report("the whole museum", began)
        print(server.get("/api/v1/museum").text)
        server.stop()
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(f"data folder: {size / 1e9:.2f} GB")
        began = time.monotonic()
        again = start_server(settings, "demo", "--scale", scale)
        again.get("/")
        report("starts again, home page answered", began)
        again.stop()


def wait_for(server: RunningServer, condition: object) -> None:
    """Until `condition` holds of the museum's numbers."""
    while not condition(server.get("/api/v1/museum").json()):  # type: ignore[operator]
        time.sleep(0.25)


def report(what: str, began: float) -> None:
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    main()
