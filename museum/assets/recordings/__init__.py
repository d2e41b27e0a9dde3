"""Sounds and films: from the file that was delivered to one that every browser plays."""

from museum.assets.recordings.handlers import handlers

__all__ = ["handlers"]
