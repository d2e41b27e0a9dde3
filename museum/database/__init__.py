"""Engine, mapped base and migrations."""

from museum.database.base import LANGUAGES, Base, now
from museum.database.engine import Database

__all__ = ["LANGUAGES", "Base", "Database", "now"]
