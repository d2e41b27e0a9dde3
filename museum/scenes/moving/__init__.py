"""Whole tours in and out: as a folder of our own that anybody can read, and from what other programs write."""
