"""The renderer of the demonstration museum's panoramas: rooms baked once, then projected column by column."""

from museum.demo.render.bake import bake_room
from museum.demo.render.encode import jpeg
from museum.demo.render.frames import PictureTexture
from museum.demo.render.scene import Studio, render_scene
from museum.demo.render.solid import Solid, Surface

__all__ = ["PictureTexture", "Solid", "Studio", "Surface", "bake_room", "jpeg", "render_scene"]
