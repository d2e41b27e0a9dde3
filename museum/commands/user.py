"""`museum user add | list | disable | enable | password | unlock`."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from museum.curation import people
from museum.curation.errors import Refused
from museum.curation.models import ROLES
from museum.database.engine import Database
from museum.languages import LANGUAGES
from museum.settings import Settings, add_options

MESSAGES = {
    "email-malformed": "that is no e-mail address",
    "email-taken": "the address {email} is somebody else's",
    "last-administrator": "that would leave nobody who may deal with people",
    "name-malformed": "a name has 1 to 80 characters, without spaces, colons and slashes",
    "name-taken": "there is already a person named {name}",
    "no-such-person": "there is nobody named {name}; see `museum user list`",
    "password-is-name": "the password must not be the name",
    "password-known": "that password is known from leaks, or easily put together from such: take a few unrelated words",
    "password-long": "a password has at most {most} characters",
    "password-short": "a password has at least {least} characters",
    "role-unknown": "there is no role {role}",
}


def add_parser(commands: Any) -> None:
    """Mount `user` and what it can do; that is in `handler`, to be awaited with the database and the options."""
    user = commands.add_parser("user", help="people who may log in")
    user.set_defaults(run=run)
    actions = user.add_subparsers(required=True, metavar="ACTION")

    add = actions.add_parser("add", help="let somebody log in")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=ROLES, default="curator", help="what she may do (default: curator)")
    add.add_argument("--display-name", default="", metavar="TEXT", help="how the pages address her (default: NAME)")
    add.add_argument("--language", choices=LANGUAGES, default=None, help="language of her pages")
    add.add_argument("--email", default="", metavar="ADDRESS", help="by which single sign-on knows her")
    _password_option(add)
    add.set_defaults(handler=add_command)

    listing = actions.add_parser("list", help="show everybody")
    listing.set_defaults(handler=list_command)

    for word, disabled in (("disable", True), ("enable", False)):
        switch = actions.add_parser(word, help="shut somebody out at once" if disabled else "let somebody in again")
        switch.add_argument("name", metavar="NAME")
        switch.set_defaults(handler=switch_command, disabled=disabled)

    password = actions.add_parser("password", help="set a new password, and log her out everywhere")
    password.add_argument("name", metavar="NAME")
    _password_option(password)
    password.set_defaults(handler=password_command)

    unlock = actions.add_parser("unlock", help="end her second factor and remove her passkeys, which she has lost")
    unlock.add_argument("name", metavar="NAME")
    unlock.set_defaults(handler=unlock_command)

    for parser in (user, *actions.choices.values()):
        add_options(parser, "data", "database_url")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Add, list, disable people, or give one a new password."""
    from museum.app import Services, in_museum

    async def act(services: Services) -> int:
        return await options.handler(services.database, options)

    return in_museum(settings, act)


def _password_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def read_password(arguments: argparse.Namespace) -> str:
    """The password from standard input, or asked for twice without echo. Raises Refused where the two differ."""
    if arguments.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Password for {arguments.name} (at least {people.SHORTEST_PASSWORD} characters): ")
    people.check_password(arguments.name, password)
    if getpass.getpass("Once more: ") != password:
        raise SystemExit("the two passwords differ; nothing was changed")
    return password


def explain(refused: Refused) -> str:
    """The refusal in words for the terminal."""
    return MESSAGES[refused.code].format_map(refused.values)


async def add_command(database: Database, arguments: argparse.Namespace) -> int:
    """Add a person; returns the exit status."""
    try:
        person = await people.add_person(
            database,
            arguments.name,
            read_password(arguments),
            role=arguments.role,
            display_name=arguments.display_name,
            language=arguments.language,
            email=arguments.email,
        )
    except Refused as refused:
        return _fail(refused)
    print(f"{person.name} may log in as {person.role}")
    return 0


async def list_command(database: Database, arguments: argparse.Namespace) -> int:
    """Print name, role, display name and state of everybody, a line each."""
    async with database.read() as session:
        for person in await people.list_people(session):
            state = f"disabled {person.disabled_at:%Y-%m-%d}" if person.disabled_at else "active"
            print("\t".join((person.name, person.role, person.display_name, state)))
    return 0


async def switch_command(database: Database, arguments: argparse.Namespace) -> int:
    """Disable or enable a person."""
    try:
        person = await people.disable_person(database, arguments.name, disabled=arguments.disabled)
    except Refused as refused:
        return _fail(refused)
    print(
        f"{person.name} is shut out, and logged out everywhere"
        if arguments.disabled
        else f"{person.name} may log in again"
    )
    return 0


async def password_command(database: Database, arguments: argparse.Namespace) -> int:
    """Set a new password."""
    try:
        person = await people.set_password(database, arguments.name, read_password(arguments))
    except Refused as refused:
        return _fail(refused)
    print(f"{person.name} has a new password, and is logged out everywhere")
    return 0


async def unlock_command(database: Database, arguments: argparse.Namespace) -> int:
    """End the second factor and remove all passkeys: the password alone lets her in again."""
    try:
        had_factor, removed = await people.unlock(database, arguments.name)
    except Refused as refused:
        return _fail(refused)
    factor = "her second factor is no longer asked for" if had_factor else "she had no second factor"
    print(f"{arguments.name}: {factor}; passkeys removed: {removed}")
    return 0


def _fail(refused: Refused) -> int:
    print(f"museum user: {explain(refused)}", file=sys.stderr)
    return 1
