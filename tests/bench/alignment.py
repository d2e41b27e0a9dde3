"""How long it takes to lay one era over another: `PYTHONPATH=. python tests/bench/alignment.py`. Needs the corpus beside the checkout."""

from __future__ import annotations

import statistics
import time

from museum.assets.alignment import align
from tests.conftest import CORPUS
from tests.corpus.test_alignment import PAIRS, off, pair


def main() -> None:
    seconds: list[float] = []
    errors: list[float] = []
    for name, number in PAIRS[::4]:
        still, moving, (yaw, _, _) = pair(CORPUS, name, number)
        began = time.perf_counter()
        found = align(still, moving)
        seconds.append(time.perf_counter() - began)
        errors.append(off(found.yaw, yaw))
    print(f"{len(seconds)} pairs: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s")
    print(f"yaw: median {statistics.median(errors):.3f}° off, at most {max(errors):.3f}°")


if __name__ == "__main__":
    main()
