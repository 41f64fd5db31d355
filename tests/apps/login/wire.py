"""Providers that answer what a test wants, and a reader who goes to them and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from django.http import HttpResponse
from django.test import Client

Answer = Any
"""A dict or list (JSON), a text, an exception, or a callable that gets the request."""

SERVER = "https://issuer.example"
DISCOVERY = f"{SERVER}/.well-known/openid-configuration"
TOKEN = f"{SERVER}/token"
USERINFO = f"{SERVER}/userinfo"
CONFIG = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/authorize",
    "token_endpoint": TOKEN,
    "userinfo_endpoint": USERINFO,
    "jwks_uri": f"{SERVER}/keys",
}
OWN_FORM = {"sec-fetch-site": "same-origin"}


class Web:
    """What is out there: ``web["https://host/path"] = answer``. What nobody has put there can't be reached."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Answer]] = {}
        self.asked: list[requests.PreparedRequest] = []

    def __setitem__(self, url: str, answer: Answer) -> None:
        self.say(url, answer)

    def say(self, url: str, answer: Answer, status: int = 200) -> None:
        self.answers[url] = (status, answer)

    def send(self, session: requests.Session, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        self.asked.append(request)
        url = str(request.url).partition("?")[0]
        status, answer = self.answers.get(url, (0, requests.ConnectionError(f"Nobody is at {url}")))
        if isinstance(answer, Callable):  # type: ignore[arg-type]
            answer = answer(request)
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code, response.url, response.request = status, str(request.url), request
        is_text = isinstance(answer, str)
        response.headers["content-type"] = "text/html" if is_text else "application/json"
        response._content = answer.encode() if is_text else json.dumps(answer).encode()
        response.encoding = "utf-8"
        return response

    def issues(self, userinfo: Answer, **token: Any) -> None:
        """Be the OpenID Connect provider ``issuer``, where this person signs in."""
        self[DISCOVERY] = CONFIG
        self[TOKEN] = {"access_token": "at-secret", "token_type": "Bearer", **token}
        self[USERINFO] = userinfo


class Reader:
    """A browser that goes to providers."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def user_id(self) -> str:
        return str(self.client.session.get("_auth_user_id", ""))

    def start(self, way: str, then: str = "/about/", **fields: str) -> HttpResponse:
        data = {"with": way, "next": then, **fields}
        return self.client.post("/smo/login/start/", data, headers=OWN_FORM)  # type: ignore[return-value]

    def sign_in(self, way: str, callback: str, then: str = "/about/", **answer: str) -> HttpResponse:
        """Go there, and come back with a code."""
        return self.back(callback, state_of(self.start(way, then)), **answer)

    def back(self, callback: str, state: str, **answer: str) -> HttpResponse:
        words = {"code": "c-0de", "state": state, **answer}
        return self.client.get(callback, {name: word for name, word in words.items() if word})  # type: ignore[return-value]

    def dummy(self, then: str = "/about/", process: str = "login", **person: Any) -> HttpResponse:
        """Sign in by the provider for trying out, with what it is told to say."""
        return self.say(self.dummy_state(then, process), **person)

    def dummy_state(self, then: str = "/about/", process: str = "login") -> str:
        return state_of(self.client.post("/accounts/dummy/login/", {"next": then, "process": process}))

    def say(self, state: str, **person: Any) -> HttpResponse:
        url = f"/accounts/dummy/authenticate/?state={state}"
        return self.client.post(url, {"id": 7, **person})  # type: ignore[return-value]


def state_of(response: Any) -> str:
    """Return the state with which a reader was sent away."""
    return query_of(response).get("state", "")


def query_of(response: Any) -> dict[str, str]:
    """Return the query of where an answer leads."""
    return {name: words[0] for name, words in parse_qs(urlsplit(response["Location"]).query).items()}


def path_of(response: Any) -> str:
    return urlsplit(response.get("Location", "")).path


def fault_in(response: Any) -> tuple[str, str]:
    """Return what the page with all ways is told: the fault, and where the reader goes on to."""
    assert path_of(response) == "/smo/login/", (response.status_code, response.get("Location"))
    words = query_of(response)
    return words.get("fault", ""), words.get("next", "")


def id_token(**claims: Any) -> str:
    """Return a token as providers sign them; nobody looks at the signature of what came over their own connection."""
    return jwt.encode(claims, "a-key-that-is-long-enough-for-hs256", algorithm="HS256")
