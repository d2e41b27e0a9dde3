"""OpenUSD's modules, which say nothing of their types. Without the library, importing this raises ImportError."""

from __future__ import annotations

from importlib import import_module
from typing import Any

Gf: Any = import_module("pxr.Gf")
Sdf: Any = import_module("pxr.Sdf")
Tf: Any = import_module("pxr.Tf")
Usd: Any = import_module("pxr.Usd")
UsdGeom: Any = import_module("pxr.UsdGeom")
UsdShade: Any = import_module("pxr.UsdShade")
Vt: Any = import_module("pxr.Vt")
