"""The owner of a site in its admin, and a provider that answers what a test wants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import requests
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from tests.apps import staff as people
from tests.apps.staff import browser_of

TABLE = "/admin/smo_login/health/"
DEMO = {
    "provider_id": "demo",
    "name": "Demo",
    "client_id": "smo-demo",
    "secret": "hush",
    "settings": {"server_url": "https://id.example.org"},
}
GITHUB = {"client_id": "one", "secret": "hush"}
PROVIDERS = {"openid_connect": {"APPS": [DEMO]}, "github": {"APPS": [GITHUB]}}
DISCOVERY = {
    name: f"https://id.example.org/{name}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint")
}
PERSON = {
    "sub": "42",
    "name": "Ann Reader",
    "email": "ann@example.org",
    "email_verified": True,
    "picture": "https://id.example.org/ann.png",
}


def way(app: str) -> str:
    return f"{TABLE}{app}/"


def staff(*codenames: str, name: str = "") -> Client:
    return browser_of(people.staff(*codenames, app="smo_login", name=name))


def text(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").find(id="content-main").text.split())


def state_of(answer: HttpResponse) -> str:
    """Return the state in the address of a provider that an answer leads to."""
    return parse_qs(urlsplit(answer.headers["Location"]).query)["state"][0]


def provide(monkeypatch, **answers: object) -> None:
    """Answer instead of the provider: by the end of the address; an exception is raised, (status, body) is served."""
    whole: Mapping[str, object] = {
        "openid-configuration": DISCOVERY,
        "token_endpoint": {"access_token": "t"},
        "userinfo_endpoint": PERSON,
        **answers,
    }

    def request(self, method, url, **kwargs):
        found = whole[url.rsplit("/", 1)[1]]
        if isinstance(found, Exception):
            raise found
        status, body = found if isinstance(found, tuple) else (200, found)
        response = requests.Response()
        response.status_code, response._content = status, json.dumps(body).encode()
        response.headers["content-type"] = "application/json"
        return response

    monkeypatch.setattr(requests.Session, "request", request)
