"""Originals and their derivatives: panoramas, image pyramids, models; and the store they lie in."""
