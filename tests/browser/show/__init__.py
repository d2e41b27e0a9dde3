"""From an empty museum to an open hall, by a mouse and by a keyboard alone: what the test walks, and what the curators' guide shows."""
