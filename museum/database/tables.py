"""Every table of the museum: importing this module fills `Base.metadata`, which migrations and checks compare with."""

from museum.assets import models as assets
from museum.collection import house
from museum.collection import models as collection
from museum.curation import account_models as accounts
from museum.curation import models as curation
from museum.database import generation
from museum.database.base import Base
from museum.guiding import models as guiding
from museum.jobs import models as jobs
from museum.scenes import models as scenes

metadata = Base.metadata

__all__ = [
    "accounts",
    "assets",
    "collection",
    "curation",
    "generation",
    "guiding",
    "house",
    "jobs",
    "metadata",
    "scenes",
]
