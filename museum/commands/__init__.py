"""The commands of `museum`: one module each, found by its being in this folder.

A module's `add_parser(commands)` mounts the command and sets its default `run`: settings and options → exit status. Heavy imports stand
in the functions that need them, so that `museum --help` costs none.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType


def modules_of(package: str) -> list[ModuleType]:
    """The modules of a package, by name; sub-packages count as one."""
    folder = import_module(package).__path__
    return [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules(folder)]
