"""People, roles, sessions, review and publication, uploads."""
