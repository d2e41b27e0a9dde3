"""A copy of the public museum as plain files, which any web server hands out: see `copier`."""
