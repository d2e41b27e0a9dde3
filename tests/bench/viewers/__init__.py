"""Panorama viewers side by side: `python -m tests.bench.viewers`."""
