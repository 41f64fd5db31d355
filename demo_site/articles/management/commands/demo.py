"""The whole demo by one command: set up, server, worker, and a network to sign in with."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from threading import Event
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError

from demo_site.articles.children import Children, end_with_parent
from demo_site.articles.conversations import follow_some, make_accounts, seed_comments
from demo_site.articles.offers import seed_offers
from demo_site.articles.pages import seed_pages
from demo_site.articles.posters import seed_posters
from demo_site.articles.readers import read_texts, seed_readers
from demo_site.articles.seed import is_admin_shut, make_admin, prove_addresses, seed
from demo_site.articles.stars import seed_ratings
from demo_site.articles.static_files import collect_if_needed
from demo_site.environment import ADMIN, address
from demo_site.hardening import is_reached

HOST: Final = "127.0.0.1"
THREADS: Final = 8
ANSWERS_WITHIN: Final = 60
"""Seconds."""
LARGEST_PORT: Final = 65534
"""The next one is its own network's."""


class Command(BaseCommand):
    help = "Set the demo up if that is not done yet, serve it with its worker and its own network, and end all with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="default: $PORT, else 8000")
        parser.add_argument("--set-up", action="store_true", help="only set up: somebody else serves it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["set_up"]:
            self._set_up()
            return
        if "MAKELEVEL" in os.environ:
            end_with_parent()
        if is_reached(address(), []):
            raise CommandError(
                f"This serves the demo at {HOST}, but SMO_DEMO_ADDRESS is {address()}. Unset it, or set the demo up "
                "with --set-up and serve it as docs/deploy.md says."
            )
        port = _port(options["port"])
        _refuse_taken(port, port)
        _refuse_taken(port + 1, port)
        os.environ["SMO_DEMO_ADDRESS"] = f"http://{HOST}:{port}"  # for the children
        stop = Event()
        try:
            self._set_up()
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, lambda *_: stop.set())
            self._serve(port, stop)
        except KeyboardInterrupt:
            pass
        self._say("Stopped.")

    def _set_up(self) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(f"The database can't be reached: {error}. Correct DATABASE_URL.") from error
        count = seed()
        is_new = make_admin()
        if is_admin_shut():
            self._say(
                f"Nobody can sign in as {ADMIN}: ADMIN_PASSWORD was not given. Try: manage.py changepassword {ADMIN}"
            )
        seed_posters()
        seed_pages()
        if count:
            make_accounts()
            seed_comments()
            seed_ratings()
            if is_new:
                follow_some(ADMIN)
            seed_readers()
            call_command("smo_sync", stdout=open(os.devnull, "w"))  # noqa: PTH123, SIM115
            read_texts(quiet=True)
            seed_offers()
            self._say(f"{count} articles were put into an empty database.")
        prove_addresses()
        collect_if_needed()

    def _serve(self, port: int, stop: Event) -> None:
        commands = {"server": _server(port), "worker": _worker(), "network": _network(port + 1)}
        with Children(commands, revived={"worker", "network"}) as children:
            self._wait(f"http://{HOST}:{port}/{settings.LANGUAGE_CODE}/", stop, children)
            self._wait(f"http://{HOST}:{port + 1}/", stop, children)
            if not stop.is_set():
                self._say(_addresses(port))
            while not stop.wait(0.5):
                _raise_if(children.dead())

    def _wait(self, page: str, stop: Event, children: Children) -> None:
        """Come back when a first page has answered."""
        ends = time.monotonic() + ANSWERS_WITHIN
        while not stop.is_set():
            _raise_if(children.dead())
            _raise_if(f"No answer within {ANSWERS_WITHIN} seconds." if time.monotonic() > ends else "")
            try:
                urlopen(page, timeout=ANSWERS_WITHIN).close()  # noqa: S310  # one of ours
                return
            except HTTPError as error:
                _raise_if(f"{page} is broken: {error}.")
            except OSError:  # it does not listen yet
                stop.wait(0.05)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= LARGEST_PORT:
        raise CommandError(f"PORT={text!r} is no port: give a number from 1 to {LARGEST_PORT}.")
    return int(text)


def _refuse_taken(port: int, first: int) -> None:
    """Raise CommandError if a port can't be had. ``first``: the one that was asked for, of the two that are needed."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except PermissionError as error:
            raise CommandError(f"Port {port} needs more rights than you have. Try: PORT=8001 make demo") from error
        except OSError as error:
            other = first + 2 if first + 2 <= LARGEST_PORT else first - 2
            why = "" if port == first else f" PORT={first} takes {port} too, for a network to sign in with."
            raise CommandError(f"Port {port} is taken by another program.{why} Try: PORT={other} make demo") from error


def _server(port: int) -> list[str]:
    """Return gunicorn's command: several processes only where they share a cache, so that all believe the same."""
    shares_cache = "locmem" not in settings.CACHES["default"]["BACKEND"]
    return _gunicorn("demo_site.wsgi", port, workers=2 if shares_cache else 1)


def _network(port: int) -> list[str]:
    return _gunicorn("demo_site.provider.wsgi", port, workers=1)


def _gunicorn(application: str, port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", application, "--chdir", str(settings.BASE_DIR)),
        *("--bind", f"{HOST}:{port}", "--workers", str(workers), "--threads", str(THREADS)),
        *("--no-control-socket", "--log-level", "warning"),
    ]


def _worker() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo_worker"]


def _addresses(port: int) -> str:
    home, password = f"http://{HOST}:{port}", settings.SMO_DEMO_ADMIN_PASSWORD or "none"
    return f"""
Shareworthy, the demo of smo-kit, is served at {home}/

  English     {home}/en/
  По-русски   {home}/ru/
  Sign in     {home}/accounts/login/
              as the admin, or by "Demo network", which is at http://{HOST}:{port + 1}/ and asks for no password
  Admin       {home}/admin/    name: {ADMIN}   password: {password}   (for this demo only)
  Mail        {home}/mail/    what the site would have sent; it sends none without EMAIL_URL
  Edit        {home}/accounts/login/?next=/{settings.LANGUAGE_CODE}/about/
              Sign in as the admin: the front page and "About" have a toolbar then. Press "New Draft" (or "Edit"),
              click into a text, or press the button of three lines for the blocks; then "Publish".

Stop it with Ctrl+C."""


def _raise_if(trouble: str) -> None:
    if trouble:
        raise CommandError(f"{trouble} What is written above says why.")
