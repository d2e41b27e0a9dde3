"""An open content server for virtual museum tours."""
