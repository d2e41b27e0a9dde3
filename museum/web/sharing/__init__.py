"""How the museum looks from outside: pictures of views, link previews, embedded scenes, structured data and maps for search engines."""
