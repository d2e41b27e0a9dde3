"""A hundred thousand mixed requests to one server: `python -m tests.bench.soak [--requests 100000] [--connections 4]`.

The mixture is that of `tests/faults/mixed_requests.py`: every answer is held to the statuses and the shape that it may have. Prints
descriptors and memory of the server as it goes, and at the end what was answered.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.faults.mixed_requests import Client, Wall, requests
from tests.image_museum import make_image_museum, paint
from tests.support import start_server

WALL = Wall("wall", 2501, 1801, "torn")
STEPS = 10


def state(process: int) -> str:
    """Descriptors, threads and memory of a process."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process}/status").read_text().splitlines())
    memory = int(status["VmRSS"].split()[0]) / 1024
    descriptors = len(list(Path(f"/proc/{process}/fd").iterdir()))
    return f"{descriptors} descriptors, {status['Threads'].strip()} threads, {memory:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--connections", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = {
            "wall": paint(WALL.width, WALL.height, folder / "wall.jpg"),
            "torn": paint(1100, 900, folder / "torn.jpg"),
        }
        settings, digests = make_image_museum(folder / "data", pictures)
        torn = folder / "data" / "store" / digests["torn"][:2] / digests["torn"][2:4] / digests["torn"]
        torn.chmod(0o600)
        with torn.open("r+b") as file:
            file.truncate(torn.stat().st_size * 2 // 3)
        server = start_server(settings)
        seen: Counter[tuple[str, int]] = Counter()
        failures: list[BaseException] = []
        try:
            print(f"at the start: {state(server.process.pid)}")
            began = time.perf_counter()
            clients = [Client(int(server.url.rsplit(":", 1)[1])) for _ in range(options.connections)]
            mixtures = [requests(WALL, seed) for seed in range(options.connections)]

            def run(number: int) -> None:
                try:
                    for exchange in itertools.islice(
                        mixtures[number], options.requests // STEPS // options.connections
                    ):
                        clients[number].perform(exchange)
                except BaseException as failure:
                    failures.append(failure)

            for step in range(STEPS):
                threads = [threading.Thread(target=run, args=(number,)) for number in range(options.connections)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                if failures:
                    raise failures[0]
                print(f"after {(step + 1) * options.requests // STEPS}: {state(server.process.pid)}", flush=True)
            for client in clients:
                client.close()
                seen += client.seen
            time.sleep(3)
            print(f"all connections closed: {state(server.process.pid)}; {time.perf_counter() - began:.0f} s")
        finally:
            server.stop()
        for (kind, status), count in sorted(seen.items()):
            print(f"  {kind:<12} {status or 'left':<4} {count}")
        lines = [line for line in server.output if "Traceback" in line]
        print(f"  {len(lines)} tracebacks in the log")


if __name__ == "__main__":
    main()
