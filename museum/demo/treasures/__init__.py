"""The treasures of the house as 3D models: glTF files, computed from a seed."""

from museum.demo.records.treasures import TreasureRecord, treasure_record, treasures
from museum.demo.treasures.glb import build_glb

__all__ = ["TreasureRecord", "build_glb", "treasure_record", "treasures"]
