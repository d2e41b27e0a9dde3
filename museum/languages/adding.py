"""Adding languages: a folder of files, one each. A file that cannot be used keeps its language out, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from museum.languages.builtin import builtin_languages
from museum.languages.language import Language
from museum.languages.reading import Fault, read_language
from museum.languages.registry import Registry, use

logger = logging.getLogger(__name__)


def add_languages(folder: Path) -> list[Fault]:
    """Use the built-in languages and those of the files `*.json` in a folder, which need not be there; what is wrong with them."""
    found, faults = read_folder(folder)
    use(Registry([*builtin_languages(), *found]))
    return faults


def read_folder(folder: Path) -> tuple[list[Language], list[Fault]]:
    """The languages of a folder, by the names of their files, and what is wrong with them."""
    found: list[Language] = []
    faults: list[Fault] = []
    taken = {one.tag: one.name for one in builtin_languages()}
    for path in sorted(folder.glob("[!.]*.json")):
        language, wrong = read_language(path)
        faults += wrong
        if language is None:
            continue
        if language.tag in taken:
            faults.append(Fault(path, 1, "taken", {"tag": language.tag, "name": taken[language.tag]}, fatal=True))
            continue
        taken[language.tag] = path.name
        found.append(language)
    return found, [*faults, *_strangers(found, taken)]


def _strangers(found: Iterable[Language], known: Iterable[str]) -> list[Fault]:
    """Fallbacks that are no languages of the museum."""
    return [
        Fault(one.path or Path(), 0, "fallback-unknown", {"tag": tag, "known": ", ".join(known)})
        for one in found
        for tag in one.fallbacks
        if tag not in known
    ]


def tell(faults: Iterable[Fault]) -> None:
    """Say in the log what is wrong, and what comes of it."""
    for fault in faults:
        if fault.fatal:
            logger.error("%s The museum goes on without this language.", fault.say("en"))
        else:
            logger.warning("%s", fault.say("en"))
