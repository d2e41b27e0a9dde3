"""What a model may claim and use. Tests turn these down rather than build files of gigabytes."""

from __future__ import annotations

import msgspec


class Caps(msgspec.Struct, frozen=True):
    """Limits on what is read; whatever else a file does to its reader ends at the limits of the child process."""

    entries: int = 5000
    """Files in an archive."""
    unpacked: int = 4 << 30
    """Bytes of all files in an archive together."""
    ratio: int = 150
    """What an archive may unfold to for each of its bytes, beyond `unpacked_free`. Texts of a million numbers reach 10."""
    unpacked_free: int = 64 << 20
    name: int = 300
    json: int = 64 << 20
    """Bytes of a glTF's JSON."""
    items: int = 200_000
    """Nodes, accessors and the like of one kind."""
    depth: int = 200
    """Nodes above each other."""
    claimed: int = 2 << 30
    """Bytes that all accessors together claim to be: at most this, and at most `reuse` times what is there, or `unpacking` times where it
    is compressed, beyond `claimed_free`."""
    claimed_free: int = 64 << 20
    reuse: int = 8
    unpacking: int = 1000
    triangles: int = 12_000_000
    texture_pixels: int = 16384 * 16384
