"""The demonstration museum, computed from a seed."""
