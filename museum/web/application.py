"""The web application: every module of API and tiles registers its routes here."""

from __future__ import annotations

from aiohttp import web

from museum.assets.store import Store
from museum.assets.tiles import TileReader
from museum.collection.house import Known
from museum.curation.previews import Previews
from museum.curation.visibility import PublicFiles
from museum.database import Database
from museum.settings import Settings
from museum.web import admin, api, bundle, captions, iiif, middleware, monitoring, previews, spoken, tiles
from museum.web.express import EXPRESS, Express
from museum.web.iiif import discovery, presentation, states
from museum.web.keys import DATABASE, HOUSE, PREVIEWS, PUBLIC_FILES, SETTINGS, STORE, TILES
from museum.web.pages import routes as pages
from museum.web.sharing import routes as sharing


def build_application(settings: Settings, database: Database, store: Store) -> web.Application:
    """An application that answers every public address from `database` and `store`."""
    app = web.Application(client_max_size=2 * 1024**2, client_max_fields=10_000)
    app[SETTINGS] = settings
    app[DATABASE] = database
    app[STORE] = store
    app[TILES] = TileReader(store)
    app[PUBLIC_FILES] = PublicFiles(database)
    app[PREVIEWS] = Previews(database)
    app[HOUSE] = Known(database)
    app[EXPRESS] = Express(settings.public_url)
    for module in (
        monitoring,
        middleware,
        spoken,
        bundle,
        api,
        tiles,
        captions,
        iiif,
        presentation,
        states,
        discovery,
        admin,
        previews,
        sharing,
        pages,
    ):
        module.register(app)
    return app
