"""Models: whatever a scanner delivers to light glTF, as durable jobs in limited child processes."""

from museum.assets.models3d.handlers import handlers

__all__ = ["handlers"]
