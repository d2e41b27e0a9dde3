"""What browsers let our pages do: the content security policy of the site, and of what may stand in other people's pages."""

from __future__ import annotations

import base64
import hashlib

_STYLES = (
    # The two are the constant styles that OpenSeadragon and <model-viewer> put into their own trees.
    "style-src 'self' 'sha256-9xTiqzfwFaL2SGb1rmr8gysEwVVjIvqWAgmZgqFqpEE=' "
    "'sha256-PXtZZkJMMyc18o/DN1ZEFOJ2qEGq95IQbVaJFMOXOb0='"
)
_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Decoders of compressed models are WebAssembly and run in workers made from blobs.
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self' blob:",
        _STYLES,
        "img-src 'self' data: blob: https: http:",
        "media-src 'self' blob: https:",
        "font-src 'self'",
        # A portal may lead the viewer to another museum's server.
        "connect-src 'self' https: http: blob: data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
CONTENT_SECURITY_POLICY = f"{_POLICY}; frame-ancestors 'self'"
EMBEDDED_POLICY = f"{_POLICY}; frame-ancestors *"
"""For the pages that are made to stand in other people's: they show what is public, and take nothing."""

UNPACKING_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval' 'unsafe-eval'"
"""For the worker that unpacks textures: its transcoder writes functions at its start. It may reach nothing at all."""


def allowing_style(policy: str, style: str) -> str:
    """`policy` for a page that carries the `<style>` element with exactly this content."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return policy.replace(_STYLES, f"{_STYLES} 'sha256-{digest}'", 1)
