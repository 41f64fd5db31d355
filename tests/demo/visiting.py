"""The demo's own network in a process of its own, and a visitor who signs in with it: a browser without script."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from demo_site import environment
from tests.browser.demo import ROOT, eventually, free_port

START = "/smo/login/start/"
PATIENCE = 60
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@dataclass(frozen=True)
class Network:
    """The running network, and the magazine's address as it believes it to be."""

    address: str
    magazine: str
    home: Path

    @property
    def providers(self) -> dict[str, Any]:
        """``SOCIALACCOUNT_PROVIDERS`` of a site that uses it."""
        return providers(self.address, (self.home / "client_secret").read_text())

    def run(self, code: str) -> None:
        """Run Python in the network's Django, beside the process that serves it."""
        code = f"import django; django.setup()\n{code}"
        environ = _environment(self.home, self.magazine) | {"DJANGO_SETTINGS_MODULE": "demo_site.provider.settings"}
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, check=True)


def providers(address: str, secret: str = "secret") -> dict[str, Any]:
    """Return ``SOCIALACCOUNT_PROVIDERS`` of a site whose provider is at an address."""
    app = {
        "provider_id": environment.PROVIDER,
        "name": "Demo network",
        "client_id": environment.CLIENT,
        "secret": secret,
        "settings": {"server_url": address},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


@contextmanager
def running_network(home: Path) -> Iterator[Network]:
    """Start it as the demo does, wait until it answers, and end it."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    network = Network(f"http://127.0.0.1:{port + 1}", f"http://127.0.0.1:{port}", home)
    command = [sys.executable, "-m", "gunicorn", "demo_site.provider.wsgi", "--bind", f"127.0.0.1:{port + 1}"]
    process = subprocess.Popen(
        [*command, "--threads", "4", "--no-control-socket", "--log-level", "warning"],
        cwd=ROOT,
        env=_environment(home, network.magazine),
    )
    try:
        eventually(lambda: process.poll() is not None or _answers(network), seconds=PATIENCE)
        assert process.poll() is None
        yield network
    finally:
        process.terminate()
        process.wait(PATIENCE)


@dataclass
class Visitor:
    """One browser: what it keeps of the magazine, and of the network."""

    network: Network
    client: Client = field(init=False)
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", SERVER_PORT=str(urlsplit(self.network.magazine).port))

    def start(self, then: str = "/en/") -> HttpResponse:
        """Press the button of the network on the magazine's pages."""
        return self.client.post(START, {"with": environment.PROVIDER, "next": then}, **OWN)

    def asked_by_network(self, address: str, person: str) -> requests.Response:
        """Open where the magazine has led to, be one of the people, and return the network's question."""
        choice = self.session.get(address)
        return self.press(choice, person=person)

    def callback(self, person: str = "nina", then: str = "/en/", answer: str = "grant") -> str:
        """Go to the network and answer its question; return where it leads back to."""
        question = self.asked_by_network(self.start(then)["Location"], person)
        return self.press(question, action=answer, stay=True).headers["Location"]

    def come_back(self, address: str) -> HttpResponse:
        """Open an address of the magazine, and follow it on."""
        return self.client.get(address.removeprefix(self.network.magazine), follow=True)

    def sign_in(self, person: str = "nina", then: str = "/en/", answer: str = "grant") -> HttpResponse:
        """Do all of it."""
        return self.come_back(self.callback(person, then, answer))

    def press(self, page: requests.Response, *, stay: bool = False, **button: str) -> requests.Response:
        """Send the form that has a button, as it stands."""
        ((name, value),) = button.items()
        form = BeautifulSoup(page.text, "html.parser").select_one(f"form:has(button[name={name}][value={value}])")
        fields = [(one["name"], one.get("value", "on")) for one in form.select("input") if _is_sent(one)]
        return self.session.post(
            urljoin(page.url, form["action"]), data=[*fields, (name, value)], allow_redirects=not stay
        )

    @property
    def user_id(self) -> str:
        """Who is signed in at the magazine: a primary key, "" for nobody."""
        return str(self.client.session.get("_auth_user_id", ""))


def _is_sent(field: Any) -> bool:
    return field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked")


def _answers(network: Network) -> bool:
    try:
        return requests.get(network.address, timeout=5).ok
    except requests.RequestException:
        return False


def _environment(home: Path, magazine: str) -> dict[str, str]:
    told = {"SMO_DEMO_HOME": str(home), "SMO_DEMO_ADDRESS": magazine, "PYTHONPATH": str(ROOT)}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | told
