"""An nginx in front of a site, with a home and a port of its own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.demo import eventually, free_port
from tests.require import require

CONFIGURATION = """
daemon off; user {owner}; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  proxy_cache_path {home}/kept keys_zone=pages:1m;
  {servers}
}}
"""
SERVER = """
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {origin};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      {of_pages}
    }}
    {others}
  }}
"""


@contextmanager
def running_nginx(home: Path, origin: str, *, of_pages: str = "", others: str = "") -> Iterator[str]:
    """Start it before a site and yield its address. ``of_pages``: what it does with pages; ``others``: locations."""
    port = free_port()
    servers = SERVER.format(port=port, origin=origin, of_pages=of_pages, others=others)
    with running(home, servers, port) as url:
        yield url


@contextmanager
def running(home: Path, servers: str, port: int) -> Iterator[str]:
    """Start one with whole ``server`` blocks of which one listens to a port of 127.0.0.1; yield its address."""
    home.mkdir(exist_ok=True)
    file = home / "nginx.conf"
    file.write_text(CONFIGURATION.format(owner=getuser(), home=home, servers=servers))
    process = subprocess.Popen([require("nginx"), "-c", str(file), "-p", str(home), "-e", str(home / "error.log")])
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: process.poll() is None and _answers(url))
        yield url
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait(10)


def got(url: str, path: str, cookie: str = "", method: str = "GET", **asked: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers by their names in small letters (several of one name as one), and body."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {name.replace("_", "-"): value for name, value in asked.items()}
    connection.request(method, path, headers={**headers, **({"Cookie": cookie} if cookie else {})})
    reply = connection.getresponse()
    told: dict[str, str] = {}
    for name, value in reply.getheaders():
        told[name.lower()] = f"{told[name.lower()]}, {value}" if name.lower() in told else value
    answer = reply.status, told, reply.read()
    connection.close()
    return answer


def _answers(url: str) -> bool:
    try:
        return got(url, "/robots.txt")[0] < 500
    except OSError:
        return False
