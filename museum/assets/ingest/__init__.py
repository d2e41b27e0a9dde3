"""Ingest: uploads to what the server can serve, as durable jobs in limited child processes."""

from museum.assets.ingest.handlers import handlers

__all__ = ["handlers"]
