"""What children need in most cases, loaded once in the process that they are forked from. It must start no threads."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Both numpy and OpenCV carry an OpenBLAS that would start its threads on being loaded."""

import cv2
import numpy
import PIL.Image
import pyvips
import simplejpeg

import museum.jobs.child

__all__ = ["PIL", "cv2", "museum", "numpy", "pyvips", "simplejpeg"]
