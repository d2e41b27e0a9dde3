"""What axe finds wrong on a page."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[2] / "viewer" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([within, rules]) => {
  // What is right need not be told in full: that takes as long as to find what is wrong.
  const options = { runOnly: rules, resultTypes: ["violations"] };
  return (await axe.run(within ?? document, options)).violations;
}"""


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Any, within: str | None = None) -> list[str]:
    """What axe finds wrong by WCAG 2 A and AA, as `rule: element`, on the whole page or within what a selector finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate(RUN, [within, RULES])
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
