"""What children need in most cases, loaded once in the process that they are forked from. It must start no threads."""

import numpy
import PIL.Image
import pyvips

__all__ = ["PIL", "numpy", "pyvips"]
