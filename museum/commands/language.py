"""`museum language list | check | template`: languages that an operator adds to the museum's own, a file each."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from museum.languages.builtin import ORDER
from museum.saying import Say, add_language, speaker, terminal_language
from museum.settings import Settings, add_options

SHOWN = 20
"""Keys that are printed unless all are asked for."""


def add_parser(commands: Any) -> None:
    """Mount `language`; what each action does is in `handler`."""
    parser = commands.add_parser("language", help="languages that are added to the museum's own, a file each")
    parser.set_defaults(run=run, tells_faults=True)
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    listing = actions.add_parser("list", help="show all languages, and how much of each there is")
    listing.set_defaults(handler=list_command)

    check = actions.add_parser("check", help="tell what is missing, unknown or wrong in a language's file")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--all", action="store_true", help="show everything, however much it is")
    check.set_defaults(handler=check_command)

    template = actions.add_parser("template", help="write a file to translate, with every text that visitors read")
    template.add_argument("tag", metavar="TAG", help="BCP 47 tag of the language, e.g. fr or pt-BR")
    template.add_argument("file", type=Path, metavar="FILE")
    template.add_argument("--from", dest="source", choices=ORDER, default="en", help="language of the texts in it")
    template.add_argument("--curators", action="store_true", help="the texts of the curators' pages too")
    template.set_defaults(handler=template_command)

    for one in (listing, check, template):
        add_language(one)
        add_options(one, "data", "languages", "log_format", "log_level")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """List, check or begin; exit status 1 where a file cannot be used or lacks something."""
    options.language = options.language or terminal_language(os.environ)
    return options.handler(settings, options, speaker(options.language, "languages"))


def list_command(settings: Settings, options: argparse.Namespace, say: Say) -> int:
    """Each language with how complete it is, then what is wrong with the files."""
    from museum.languages import languages
    from museum.languages.adding import read_folder
    from museum.languages.checking import completeness

    added = [one for one in languages() if one.tag not in ORDER]
    for one in languages():
        have, whole = completeness(one)
        where = say("built-in") if one not in added else str(one.path)
        print(f"{say('ready', name=one.name, tag=one.tag, count=have, whole=whole)} {where}")
    if not added:
        print(say("none", folder=settings.resolved_languages))
    faults = read_folder(settings.resolved_languages)[1]
    for fault in faults:
        print(fault.say(options.language), file=sys.stderr)
    return int(any(fault.fatal for fault in faults))


def check_command(_settings: Settings, options: argparse.Namespace, say: Say) -> int:
    """What is wrong with a file by its lines, then what it lacks."""
    from museum.languages.checking import check_file, completeness

    language, faults, lacking = check_file(options.file)
    for fault in faults:
        print(fault.say(options.language))
    if language is None:
        print(say("unusable"))
        return 1
    have, whole = completeness(language)
    print(say("ready", name=language.name, tag=language.tag, count=have, whole=whole))
    others = ", ".join(language.fallbacks) or ORDER[0]
    if lacking:
        print(say("lacking", others=others))
        shown = lacking if options.all else lacking[:SHOWN]
        for key in shown:
            print(f"  {key}")
        if len(shown) < len(lacking):
            print(f"  {say('more', number=len(lacking) - len(shown))}")
    have, whole = completeness(language, for_visitors=False)
    print(say("curators", count=have, whole=whole, others=others))
    if not faults and not lacking:
        print(say("complete"))
    return int(bool(faults or lacking))


def template_command(settings: Settings, options: argparse.Namespace, say: Say) -> int:
    """A file with the texts of another language, to be translated."""
    from museum.languages import canonical_tag
    from museum.languages.checking import template

    tag = canonical_tag(options.tag)
    if tag is None:
        print(say("no-tag", tag=options.tag, wanted="fr, ja, pt-BR"), file=sys.stderr)
        return 2
    try:
        with options.file.open("x", encoding="utf-8") as file:
            file.write(template(tag, options.source, curators=options.curators))
    except FileExistsError:
        print(say("exists", path=options.file), file=sys.stderr)
        return 1
    print(say("written", path=options.file, folder=settings.resolved_languages))
    return 0
