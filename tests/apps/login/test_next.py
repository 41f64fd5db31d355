"""A sign-in ends on this site, wherever somebody would like to have it end."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from smo_kit.core.way_back import LENGTH
from smo_kit.login.starting import safe_next
from smo_kit.mail.models import Mail
from tests.apps.login.test_flow import CODE, FORM, code_in
from tests.apps.login.wire import Reader, Web, fault_in, state_of

pytestmark = pytest.mark.django_db

CALLBACK = "/accounts/oidc/issuer/login/callback/"
ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "https://evil.example",
    "https:evil.example",
    "http:///evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,x",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://testserver:80@evil.example/",
    "//testserver@evil.example",
    "https://evil.example#testserver",
    "http://evil.example\\@testserver/",
    "evil.example",
    "www.evil.example/path",
    "http://[evil",
    "/ok\r\nSet-Cookie: a=b",
    "/\x00",
    "ftp://testserver/",
    "/" + "a" * LENGTH,
]
HERE = ["/", "/about/", "/about/?a=1&b=//evil.example#c", "///about", "http://testserver/about/", "/ünï/"]


@pytest.mark.parametrize("then", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_an_address_elsewhere_is_none(then: str) -> None:
    assert safe_next(RequestFactory().get("/"), then) == "/"


@pytest.mark.parametrize("then", [one for one in HERE if not one.startswith("//")])
def test_an_address_here_stays(then: str) -> None:
    assert safe_next(RequestFactory().get("/"), then) == ("/" if then == "///about" else then)


def test_what_is_no_text_is_none() -> None:
    assert safe_next(RequestFactory().get("/"), None) == "/"
    assert safe_next(RequestFactory().get("/"), 7) == "/"


def test_a_secure_site_stays_secure() -> None:
    request = RequestFactory().get("/", secure=True)

    assert safe_next(request, "http://testserver/about/") == "/"
    assert safe_next(request, "https://testserver/about/") == "https://testserver/about/"


@pytest.mark.parametrize("then", ELSEWHERE, ids=range(len(ELSEWHERE)))
def test_no_step_leads_elsewhere(web: Web, reader: Reader, ann: Any, then: str) -> None:
    """The start, the way back, and each page in between."""
    web.issues({"sub": "1", "email": "new@example.org", "email_verified": True})
    assert reader.back(CALLBACK, state_of(reader.start("issuer", then)))["Location"] == "/"
    assert is_here(reader.start("issuer", then)["Location"])  # signed in already
    reader.client.logout()

    page = reader.client.get("/smo/login/", {"next": then})
    assert _nexts(page) <= {"/"}
    assert is_here(fault_in(reader.start("nowhere", then))[1])
    assert is_here(reader.dummy(then=then, id=1, email="a@example.org", email_verified=True)["Location"])
    reader.client.logout()

    reader.dummy(then=then, id=2)
    reader.client.post(
        f"{FORM}", {"email": "b@example.org", "username": "b", "next": then}, query_params={"next": then}
    )
    code = code_in(Mail.objects.filter(to="b@example.org").get())
    assert is_here(reader.client.post(CODE, {"code": code, "next": then})["Location"])


@pytest.mark.parametrize("then", ["/about/", "/about/?a=1&b=%2F%2Fx#c"])
def test_every_step_leads_on(web: Web, reader: Reader, then: str) -> None:
    web.issues({"sub": "1", "email": "new@example.org"})
    assert reader.start("issuer", then).status_code == 302
    assert fault_in(reader.start("nowhere", then))[1] == then
    assert then in _nexts(reader.client.get("/smo/login/", {"next": then}))


def is_here(location: str) -> bool:
    return urlsplit(location).netloc in {"", "testserver"} and location.startswith(("/", "http://testserver/"))


def _nexts(page: Any) -> set[str]:
    """Return where the forms and links of a page lead on to."""
    tree = BeautifulSoup(page.content, "html.parser")
    fields = {str(field.get("value")) for field in tree.select("input[name=next]")}
    for link in tree.select("a[href]"):
        fields |= set(parse_qs(urlsplit(str(link["href"])).query).get("next", []))
    return fields
