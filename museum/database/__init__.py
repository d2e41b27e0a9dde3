"""Engine, mapped base and migrations."""

from museum.database.base import Base, now
from museum.database.engine import Database

__all__ = ["Base", "Database", "now"]
