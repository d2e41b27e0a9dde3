"""The visitors' pages: server-rendered, complete without JavaScript."""
