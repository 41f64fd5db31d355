"""Absolute addresses."""

from __future__ import annotations

import pytest
from django.contrib.sites.models import Site
from django.test import RequestFactory

from smo_kit.core.addresses import absolute, base_url, is_web_address, site_name

pytestmark = pytest.mark.django_db


def test_the_setting_comes_first(settings):
    settings.SMO_KIT = {"CORE": {"base_url": "https://set.example"}}
    assert absolute("/a/", RequestFactory().get("/")) == "https://set.example/a/"


def test_then_the_request(rf):
    assert absolute("/a/", rf.get("/", HTTP_HOST="asked.example:8080")) == "http://asked.example:8080/a/"


def test_https_behind_a_proxy(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert absolute("/a/", rf.get("/", HTTP_HOST="a.example", HTTP_X_FORWARDED_PROTO="https")) == "https://a.example/a/"


def test_then_the_site():
    assert absolute("/a/") == "https://example.com/a/"


def test_without_a_site_row_there_is_still_an_address(settings):
    Site.objects.all().delete()
    settings.ALLOWED_HOSTS = [".example.net"]
    assert base_url() == "https://example.net"
    settings.SMO_KIT = {}
    assert site_name() == "example.net"


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("/о нас/", "https://example.com/%D0%BE%20%D0%BD%D0%B0%D1%81/"),
        ("/a?b=1&c=%20", "https://example.com/a?b=1&c=%20"),
        ('/"><script>', "https://example.com/%22%3E%3Cscript%3E"),
        ("https://cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
    ],
)
def test_addresses_come_out_full_and_encoded(given, full):
    assert absolute(given) == full


@pytest.mark.parametrize("url", ["/a/", "https://a.example", "http://a.example/x?y=1", "/"])
def test_web_addresses_are_known(url):
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "java\nscript:x",
        "https://",
        "http://[",
        "mailto:a@b.example",
        "relative",
        "",
        " ",
    ],
)
def test_everything_else_is_no_web_address(url):
    assert not is_web_address(url)


def test_mails_and_commands_can_have_an_address_where_pages_follow_the_host(settings, rf):
    settings.SMO_KIT = {"CORE": {"base_url_without_request": "http://127.0.0.1:8001"}}
    assert base_url() == "http://127.0.0.1:8001"
    assert base_url(rf.get("/")) == "http://testserver"
    settings.SMO_KIT = {"CORE": {**settings.SMO_KIT["CORE"], "base_url": "https://magazine.test"}}
    assert base_url() == "https://magazine.test"
