"""Keys under which the application holds what its handlers need, and the name of the cookie that says who asks."""

from __future__ import annotations

from aiohttp import web

from museum.assets.store import Store
from museum.assets.tiles import TileReader
from museum.collection.house import Known
from museum.curation.previews import Previews
from museum.curation.visibility import PublicFiles
from museum.database import Database
from museum.settings import Settings
from museum.web.provider import Provider

SETTINGS = web.AppKey("settings", Settings)
DATABASE = web.AppKey("database", Database)
STORE = web.AppKey("store", Store)
HOUSE = web.AppKey("house", Known)
PUBLIC_FILES = web.AppKey("public_files", PublicFiles)
PREVIEWS = web.AppKey("previews", Previews)
PROVIDER = web.AppKey("provider", Provider)
TILES = web.AppKey("tiles", TileReader)

SESSION_COOKIE = "museum_session"
"""The cookie that holds the token of a curator's session: with it, no answer is anybody's."""
