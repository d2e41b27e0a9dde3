"""A crawler that asks for large regions, no two the same: `python -m tests.bench.crawler BASE SLUG WIDTH HEIGHT CONNECTIONS`.

It asks again at once whatever the answer, until it is ended; then it prints how many pictures it got and how often it was put off.
"""

from __future__ import annotations

import asyncio
import itertools
import re
import signal
import sys
from collections import Counter


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    return int(head[9:12]), await reader.readexactly(int(length[1]) if length else 0)


async def crawl(base: str, slug: str, size: tuple[int, int], numbers: itertools.count[int], seen: Counter[int]) -> None:
    host, _, port = base.removeprefix("http://").partition(":")
    while True:
        reader, writer = await asyncio.open_connection(host, int(port))
        try:
            while True:
                number = next(numbers)
                region = f"{number % 97},{number // 97 % 89},{size[0] - 200},{size[1] - 200}"
                path = f"/iiif/3/{slug}/{region}/max/0/default.jpg"
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                status, _ = await read_answer(reader)
                seen[status] += 1
                await asyncio.sleep(0.02 if status == 503 else 0)
        except (OSError, asyncio.IncompleteReadError):
            seen[0] += 1
        finally:
            writer.close()


async def main(base: str, slug: str, size: tuple[int, int], connections: int) -> None:
    seen: Counter[int] = Counter()
    numbers = itertools.count()
    tasks = [asyncio.create_task(crawl(base, slug, size, numbers, seen)) for _ in range(connections)]
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(seen[200], seen[503], sum(seen.values()) - seen[200] - seen[503])


if __name__ == "__main__":
    address, image, width, height, count = sys.argv[1:]
    asyncio.run(main(address, image, (int(width), int(height)), int(count)))
