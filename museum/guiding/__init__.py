"""Guided tours: sequences of stops, each a view of a scene with what is told there."""
