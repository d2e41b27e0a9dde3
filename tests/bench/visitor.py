"""Visitors who look at tiles at a steady rate: `python -m tests.bench.visitor BASE PATHS SECONDS CONNECTIONS RATE`.

Prints the times from sending a request to the last byte of its answer, in milliseconds: median, 99th percentile, number, errors. A request
is due at its moment whether the last one was answered or not, so that a stalled server is not asked less.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from tests.bench.crawler import read_answer


async def look(
    host: str, port: int, paths: list[str], first: float, every: float, until: float, seen: list[float]
) -> int:
    """One connection: a request each `every` seconds; how many failed."""
    reader, writer = await asyncio.open_connection(host, port)
    due, number, bad = first, 0, 0
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        writer.write(f"GET {paths[number % len(paths)]} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        bad += (await read_answer(reader))[0] != 200
        seen.append((time.perf_counter() - due) * 1000)
        due, number = due + every, number + 1
    writer.close()
    return bad


async def main(base: str, paths: list[str], seconds: float, connections: int, rate: float) -> None:
    host, _, port = base.removeprefix("http://").partition(":")
    seen: list[float] = []
    begin = time.perf_counter() + 0.2
    failed = await asyncio.gather(
        *(
            look(
                host,
                int(port),
                paths[number::connections] or paths,
                begin + number / rate,
                connections / rate,
                begin + seconds,
                seen,
            )
            for number in range(connections)
        )
    )
    seen.sort()
    print(seen[len(seen) // 2], seen[int(len(seen) * 0.99)], len(seen), sum(failed))


if __name__ == "__main__":
    address, file, length, count, speed = sys.argv[1:]
    asyncio.run(main(address, Path(file).read_text().split(), float(length), int(count), float(speed)))
