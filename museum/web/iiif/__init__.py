"""IIIF Image API 3 and 2 for every image, by its slug."""

from aiohttp import web


def register(app: web.Application) -> None:
    """The image services join here."""
