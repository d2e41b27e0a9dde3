"""`museum import tour PATH`: a whole tour, our own or another program's, as drafts."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from museum.saying import Say, add_language, bytes_bar, print_some, speaker
from museum.settings import Settings, add_options

if TYPE_CHECKING:
    from museum.app import Services
    from museum.scenes.moving.bringing import Brought


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Mount `tour`."""
    from museum.commands.imports import add_kind

    parser = add_kind(
        kinds, "tour", run, "take in a whole tour: of `museum export tour`, Pannellum (JSON), or Marzipano (data.js)"
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="make its pictures and open to visitors what is public in it (default: all of it as drafts)",
    )
    parser.add_argument(
        "--update", action="store_true", help="change what is here already where the tour has it otherwise"
    )
    parser.add_argument(
        "--within",
        type=Path,
        metavar="DIR",
        help="folder that the tour's addresses may lead to (default: that in which the tour's description lies)",
    )
    add_language(parser)
    add_options(parser, "min_free_bytes")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Take the tour in; exit status 1 where something was left out or kept, 2 where nothing was done."""
    from museum.app import in_museum

    async def act(services: Services) -> int:
        return await _import(services, options)

    return in_museum(settings, act)


async def _import(services: Services, options: argparse.Namespace) -> int:
    from museum.assets.workshop import Workshop
    from museum.scenes.moving.bringing import Bringer
    from museum.scenes.moving.kinds import read_tour
    from museum.scenes.moving.paths import BadTour

    say = speaker(options.language, "moving", "errors.ingest.internal")
    path: Path = options.path
    try:
        with Workshop(services.store.scratch) as workshop, bytes_bar(say("bar-in")) as told:
            tour = await read_tour(path, workshop.folder(), options.within)
            bringer = Bringer(
                services.database,
                services.store,
                tour,
                publish=options.publish,
                update=options.update,
                dry_run=options.dry_run,
                spare=services.settings.min_free_bytes,
                told=told,
            )
            done = await bringer.run(workshop.folder())
    except BadTour as bad:
        print(say(bad.code, **bad.values), file=sys.stderr)
        print(say("nothing-done"), file=sys.stderr)
        return 2
    if options.publish and not options.dry_run and done.making:
        await _make(services, done.making, say)
        await bringer.publish_rest()
    return _tell(done, options, say)


async def _make(services: Services, assets: list[int], say: Say) -> None:
    """Do here and now what a worker would do some time: make the pictures."""
    from sqlalchemy import func, select
    from tqdm import tqdm

    from museum.app import run_worker
    from museum.assets.models import Asset

    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(services, stop))
    try:
        with tqdm(desc=say("bar-make"), total=len(assets), disable=not sys.stderr.isatty()) as bar:
            while True:
                async with services.database.read() as session:
                    pending = select(func.count()).where(Asset.id.in_(assets), Asset.state == "pending")
                    left = await session.scalar(pending) or 0
                bar.update(len(assets) - left - bar.n)
                if not left:
                    break
                await asyncio.sleep(0.5)
    finally:
        stop.set()
        await worker


def _tell(done: Brought, options: argparse.Namespace, say: Say) -> int:
    from museum.commands.exports.tour import counted, left

    def count(names: list[tuple[str, str]]) -> str:
        return counted(dict(Counter(kind for kind, _ in names)), say)

    print(say("would-make" if options.dry_run else "made", what=count(done.made)))
    for key, names in (("known", done.known), ("updated", done.updated), ("published", done.published)):
        if names:
            print(say(key, what=count(names)))
    if done.making and not options.publish:
        print(say("making", count=len(done.making), number=f"{len(done.making):,}"))
    if done.renamed:
        print(say("renamed", count=len(done.renamed), number=f"{len(done.renamed):,}"))
        print_some([f"{kind} {slug} → {here}" for (kind, slug), here in done.renamed], say)
    if done.differing:
        print(say("differing", count=len(done.differing), number=f"{len(done.differing):,}"))
        lines = [
            f"{kind} {slug}: {', '.join(paths[:6])}{' …' * (len(paths) > 6)}" for (kind, slug), paths in done.differing
        ]
        print_some(lines, say)
    if done.obstacles and not options.dry_run:
        print(say("unpublished", count=len(done.obstacles), number=f"{len(done.obstacles):,}"))
        lines = [
            f"{kind} {slug}: {', '.join(say(f'admin.obstacle-{code}') for code in codes)}"
            for (kind, slug), codes in done.obstacles
        ]
        print_some(lines, say)
    if done.left_out:
        print(say("left-out", count=len(done.left_out), number=f"{len(done.left_out):,}"))
        print_some([left(one, say) for one in done.left_out], say)
    return 1 if done.left_out or done.differing else 0
