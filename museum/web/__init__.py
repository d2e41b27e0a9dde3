"""HTTP only: visitor pages, API, tiles, curators' pages."""
