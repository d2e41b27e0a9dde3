"""The steps of making a model as a curator is told of them: which are done, which are under way. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from museum.assets.ingest.workplace import CHECKPOINT

STEPS: dict[str, tuple[str, ...]] = {
    "unpack": ("look",),
    "read": ("shape",),
    "bake": ("paint-1", "paint-2"),
    "levels": ("show", "light", "headset"),
    "compress": ("compress",),
    "store": (),
}
"""What the curator reads, and what a job remembers of it."""


def states_of(checkpoints: Mapping[str, Any]) -> dict[str, str]:
    """Of each step in STEPS whether it is `done`, `begun` or `waiting`."""
    made: Mapping[str, Any] = (checkpoints.get(CHECKPOINT) or {}).get("made") or {}
    painted_known = "shape" in made
    painted = {f"paint-{level}" for level in made.get("shape", {}).get("bake", ())}
    states: dict[str, str] = {}
    begun = False
    for step, parts in STEPS.items():
        wanted = [part for part in parts if not part.startswith("paint") or part in painted]
        done = [part for part in wanted if part in made]
        # nothing to paint is known once the shape is
        if "derive" in checkpoints or (parts and wanted == done and (wanted or painted_known)):
            states[step] = "done"
        elif not begun or done:
            states[step], begun = "begun", True
        else:
            states[step] = "waiting"
    return states
