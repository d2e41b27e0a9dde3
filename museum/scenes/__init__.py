"""Venues, scenes, links, hotspots and places; the tour graph; tours in and out."""
