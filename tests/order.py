"""In which order whole files go to the processes that test beside each other: the longest first, so that all end together."""

from __future__ import annotations

from collections import Counter

import pytest

LONGEST = (
    "browser/test_visit",
    "browser/test_show",
    "faults/test_kill_ingest",
    "corpus/test_models",
    "http/test_unpublished",
    "browser/test_headset",
    "browser/test_time_travel",
    "browser/test_viewer",
    "browser/test_portals",
    "corpus/test_alignment",
    "browser/test_curator_first_scene",
    "unit/assets/test_model_steps",
    "conformance/test_openapi",
    "http/test_senseless",
    "browser/test_models",
    "browser/test_budgets",
    "http/test_admin_models",
    "browser/test_batch_upload",
    "corpus/test_hostile",
    "browser/test_taking_along",
    "unit/assets/test_models3d",
    "browser/test_walking",
    "browser/test_zoom",
    "browser/test_scene_editor",
    "browser/test_model_desk",
    "browser/test_viewer_accessible",
    "browser/test_pages_in_chromium",
    "http/test_withdrawn_everywhere",
    "browser/test_model_comparison",
)
"""Those of more than half a minute, as far as it matters where they stand."""


def longest_first(items: list[pytest.Item]) -> None:
    """Order them by their files: the LONGEST, then the others by their number of tests."""
    tests = Counter(item.path for item in items)
    place = {f"tests/{name}.py": number for number, name in enumerate(LONGEST)}

    def rank(item: pytest.Item) -> tuple[int, int, str]:
        file = item.nodeid.partition("::")[0]
        return place.get(file, len(place)), -tests[item.path], file

    items.sort(key=rank)
