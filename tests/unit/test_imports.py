"""Every module can be the first that a program imports: none needs another that needs it, be it through a package above it.

What `import` runs is read from the sources: a module that runs before the one it waits for is told at once, whoever is imported first.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text()
    for path in (ROOT / "museum").rglob("*.py")
}
Needs = dict[str, set[str]]


def imported(body: list[ast.stmt]) -> Iterator[str]:
    """Modules, and what may be modules, that statements import when they are run."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (name.name for name in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield from (f"{statement.module}.{name.name}" for name in statement.names)
        elif isinstance(statement, (ast.Try, ast.With)):
            yield from imported(statement.body)


def above(name: str) -> list[str]:
    """The packages that hold a module, the nearest first."""
    steps = name.split(".")
    return [".".join(steps[:length]) for length in range(len(steps) - 1, 0, -1)]


def read_needs() -> Needs:
    """For each module those that it imports by name: the module itself, or the one that defines the name."""
    needs: Needs = {}
    for name, source in SOURCES.items():
        found = (
            next((step for step in [one, *above(one)] if step in SOURCES), name)
            for one in imported(ast.parse(source).body)
        )
        needs[name] = {one for one in found if one != name}
    return needs


def with_packages(needs: Needs) -> Needs:
    """The same with the packages above each module, which run before it does."""
    return {
        name: ({step for one in (name, *wanted) for step in (one, *above(one))} & SOURCES.keys()) - {name}
        for name, wanted in needs.items()
    }


def rings(needs: Needs) -> set[frozenset[str]]:
    """Sets of modules each of which, by whatever way, needs all the others."""
    reached: Needs = {}
    for name in needs:
        seen, ahead = set[str](), [name]
        while ahead:
            new = needs[ahead.pop()] - seen
            seen |= new
            ahead += new
        reached[name] = seen
    return {frozenset(one for one in reached[name] if name in reached[one]) for name in needs if name in reached[name]}


def test_no_module_needs_one_that_needs_it() -> None:
    needs = read_needs()
    assert len(needs) > 250 and "museum.web.keys" in needs["museum.web.express"]
    assert not rings(needs)


def test_rings_through_packages_are_those_of_packages_that_gather_their_own_modules() -> None:
    found = rings(with_packages(read_needs()))
    assert any("museum.web.iiif" in ring for ring in found)
    for ring in found:
        package = min(ring, key=len)
        assert {one for one in ring if one != package and not one.startswith(f"{package}.")} == set(), package
