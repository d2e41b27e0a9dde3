"""The treasures of the house as 3D models: glTF files and posters, computed from a seed."""

from museum.demo.records.treasures import TreasureRecord, treasure_record, treasures
from museum.demo.treasures.glb import build_glb
from museum.demo.treasures.poster import poster

__all__ = ["TreasureRecord", "build_glb", "poster", "treasure_record", "treasures"]
