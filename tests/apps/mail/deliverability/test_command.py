"""``manage.py smo_deliverability``."""

from __future__ import annotations

import json
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from smo_kit.mail.deliverability.lookups import Lookups
from smo_kit.mail.management.commands import smo_deliverability
from tests.apps.mail.deliverability.conftest import DOMAIN, KEY_2048, NameServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Magazine <news@{DOMAIN}>"
    settings.SMO_KIT = {"CORE": {"base_url": f"https://www.{DOMAIN}"}}


@pytest.fixture
def sound(server: NameServer) -> NameServer:
    server.zone = {
        (DOMAIN, "MX"): [f"10 mx.{DOMAIN}."],
        (DOMAIN, "TXT"): ["v=spf1 mx -all"],
        (f"one._domainkey.{DOMAIN}", "TXT"): [f"v=DKIM1; p={KEY_2048}"],
        (f"_dmarc.{DOMAIN}", "TXT"): [f"v=DMARC1; p=reject; rua=mailto:dmarc@{DOMAIN}"],
    }
    return server


def run(server: NameServer, **options: Any) -> str:
    out = StringIO()
    nameserver = f"127.0.0.1:{server.port}"
    try:
        call_command("smo_deliverability", nameserver=nameserver, stdout=out, **{"selector": ["one"], **options})
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_what_is_well_is_said_line_by_line(sound):
    assert run(sound).splitlines() == [
        f"MX     good     {DOMAIN}: 10 mx.{DOMAIN}.",
        f"SPF    good     {DOMAIN}: v=spf1 mx -all (1 of 10 lookups)",
        f"DKIM   good     one._domainkey.{DOMAIN}: RSA, 2048 bits",
        f"DMARC  good     _dmarc.{DOMAIN}: v=DMARC1; p=reject; rua=mailto:dmarc@{DOMAIN}",
        f"site   good     mails are of {DOMAIN}, their links lead to www.{DOMAIN}",
    ]


def test_what_is_missing_is_an_error_with_the_record_to_publish(sound):
    del sound.zone[f"_dmarc.{DOMAIN}", "TXT"]

    said = run(sound)
    assert f'_dmarc.{DOMAIN}. IN TXT "v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}"' in said
    assert said.endswith(f"{DOMAIN}: 1 required things are missing or wrong.")


def test_it_speaks_json(sound):
    told = json.loads(run(sound, json=True))

    assert told["domain"] == DOMAIN
    assert {one["subject"]: one["level"] for one in told["findings"]} == dict.fromkeys(
        ("MX", "SPF", "DKIM", "DMARC", "site"), "good"
    )


@pytest.mark.parametrize(
    ("address", "said"), [("webmaster@localhost", "no other machine knows"), ("nobody", "is no address")]
)
def test_a_sender_that_is_nobody_s_is_told(server, settings, address, said):
    settings.DEFAULT_FROM_EMAIL = address

    assert said in run(server)


def test_a_silent_server_is_told(server, monkeypatch):
    server.is_silent = True
    monkeypatch.setattr(smo_deliverability, "Lookups", partial(Lookups, seconds=0.1))

    assert "does not answer" in run(server)


def test_without_dnspython_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(smo_deliverability, "IS_INSTALLED", False)

    with pytest.raises(CommandError, match=r"smo-kit\[deliverability\]"):
        call_command("smo_deliverability")
