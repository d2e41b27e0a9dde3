"""nginx in front of the museum and the other viewers' pages: one origin and one web server for all."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.deploy.front import find_nginx, free_port

SITE = r"""
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  types {{ text/html html; text/css css; text/javascript js; image/jpeg jpg; }}
  upstream museum {{ server {museum}; keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location /peers/ {{ alias {files}/; }}
    location ~ ^/peers/(.+\.js)$ {{ alias {files}/$1.br; types {{}} default_type text/javascript; add_header Content-Encoding br; }}
    location ~ ^/peers/(.+\.css)$ {{ alias {files}/$1.br; types {{}} default_type text/css; add_header Content-Encoding br; }}
    location ~ ^/peers/(.+\.html)$ {{ alias {files}/$1.br; types {{}} default_type text/html; add_header Content-Encoding br; }}
    # Pannellum counts its levels from one.
    rewrite ^/onebased/([0-9a-f]+)/1/(.*)$ /tiles/$1/0/$2 last;
    rewrite ^/onebased/([0-9a-f]+)/2/(.*)$ /tiles/$1/1/$2 last;
    rewrite ^/onebased/([0-9a-f]+)/3/(.*)$ /tiles/$1/2/$2 last;
    rewrite ^/onebased/([0-9a-f]+)/4/(.*)$ /tiles/$1/3/$2 last;
    location / {{ proxy_pass http://museum; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host; }}
  }}
}}
"""


@contextmanager
def front(folder: Path, museum: str, files: Path) -> Iterator[str]:
    """The address of nginx, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    user = "user root;" if os.getuid() == 0 else ""
    site = SITE.format(folder=folder, museum=museum.removeprefix("http://"), port=port, files=files, user=user)
    (folder / "nginx.conf").write_text(site)
    process = subprocess.Popen([find_nginx(), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(f"{address}/healthz", timeout=5)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(10)
