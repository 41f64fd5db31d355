"""How a reader presses a button, and what comes of it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from django.http import HttpResponse
from django.test import Client, TestCase

from smo_kit.core.subjects import key_of
from smo_kit.share.links import out_address

BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PRESSED: Final = {"user-agent": BROWSER, "sec-fetch-site": "same-origin", "sec-fetch-dest": "document"}
TOKEN: Final = r"/s/([2-9a-z]{17})/"


def go_out(client: Client, obj: Any, network: str = "vk", language: str = "en", **headers: str) -> HttpResponse:
    """Press the button of a network: ``go_out(client, post, "vk", sec_fetch_site="cross-site")``."""
    said = PRESSED | {name.replace("_", "-"): value for name, value in headers.items()}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.get(out_address(key_of(obj, language), network), headers={k: v for k, v in said.items() if v})


def shared_address(answer: HttpResponse, parameter: str = "url") -> str:
    """Return the address that the network is given."""
    return parse_qs(urlsplit(answer.headers["Location"]).query)[parameter][0]


def plainly(answer: HttpResponse) -> str:
    """Return where it leads, in letters that a person reads."""
    return unquote(answer.headers["Location"])
