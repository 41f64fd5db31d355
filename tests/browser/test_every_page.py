"""Every kind of page, in both languages, is calm in a browser and the same for everybody."""

from __future__ import annotations

import re

import pytest

from smo_kit.follow.windows import csp_sources
from tests.browser.kinds import ALL, LANGUAGES, PUBLIC, page_of

BROWSERS = (
    {"User_Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Accept_Language": "en"},
    {
        "User_Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
        "Accept_Language": "ru,en;q=0.5",
    },
    {
        "User_Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Accept_Language": "de",
    },
    {"User_Agent": "Googlebot/2.1"},
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ALL)
def test_a_page_has_no_foreign_request_no_error_and_no_cookie(open_page, demo, kind, language, scheme):
    """Whatever the Content-Security-Policy refuses is an error in the console."""
    page = open_page(page_of(demo, kind, language), dark=scheme == "dark")
    page.mouse.wheel(0, 100_000)  # what loads lazily
    page.wait_for_load_state("networkidle")
    assert page.title()
    assert page.locator("html").get_attribute("lang") == language
    if kind != "sign in":  # its form has a token
        assert page.context.cookies() == []


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("kind", ALL)
def test_a_page_never_scrolls_sideways(open_page, demo, kind, width):
    page = open_page(page_of(demo, kind, "ru"), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_page_is_the_same_bytes_for_everybody_and_sets_no_cookie(demo, kind):
    for language in LANGUAGES:
        demo.get(page_of(demo, kind, language))  # its head knows what stands below it from the second showing on
        for encoding in ("identity", "gzip"):
            answers = [demo.get(page_of(demo, kind, language), Accept_Encoding=encoding, **one) for one in BROWSERS]
            assert {answer.status for answer in answers} == {200}
            assert len({answer.body for answer in answers}) == 1
            assert not [answer for answer in answers if "set-cookie" in answer.headers]
            assert not [answer for answer in answers if "cookie" in answer.headers.get("vary", "").lower()]


@pytest.mark.parametrize("kind", ALL)
def test_the_policy_of_a_page_allows_nothing_but_its_own_site(demo, kind, settings):
    settings.SMO_KIT = {"FOLLOW": {"window_hosts": ("mastodon.social",)}}  # as the demo has it
    policy = demo.get(page_of(demo, kind, "en")).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    frames = re.search(r"frame-src ([^;]*)", policy)
    assert frames[1].split() == ["'self'", *csp_sources()["frame-src"]]
    assert not re.search(r"unsafe|\*|https?:|data:|blob:|nonce|sha\d", policy.replace(frames[0], ""))


def test_every_page_of_the_sitemap_answers_and_is_found_in_both_languages(demo):
    pages = [demo.page(url) for url in demo.sitemap]
    assert {page.status for page in pages} == {200}
    assert len(demo.articles("en")) >= 12
    assert len(demo.articles("ru")) >= 12
    assert all(url.startswith(f"{demo.url}/") for url in demo.sitemap)
    assert len(set(demo.sitemap)) == len(demo.sitemap)


def test_addresses_in_pages_follow_the_host_and_port_that_serve_them(demo):
    page = demo.page(demo.articles("ru")[0])
    addresses = [page.meta("og:url"), page.meta("og:image"), page.soup.find("link", rel="canonical")["href"]]
    addresses += [link["href"] for link in page.soup.find_all("link", hreflang=True)]
    assert [one for one in addresses if not one.startswith(f"{demo.url}/")] == []


def test_every_link_inside_the_site_leads_to_a_page(demo):
    kinds = [page_of(demo, kind, language) for kind in PUBLIC for language in LANGUAGES]
    links = {
        link["href"].partition("#")[0]
        for path in kinds
        for link in demo.page(path).soup.find_all("a", href=re.compile("^/"))
    }
    assert len(links) > 20
    closed = {href for href in links if href.startswith("/smo/lock/")}
    assert {demo.page(href).status for href in closed} == {403}  # pages that say how a lock opens
    links -= closed
    assert [(href, status) for href in links if (status := demo.page(href).status) not in {200, 302}] == []


def test_every_language_of_a_page_leads_back_to_it(demo):
    for url in demo.sitemap:
        others = {
            one["hreflang"]: one["href"] for one in demo.page(url).soup.find_all("link", rel="alternate", hreflang=True)
        }
        for code, other in others.items():
            if code != "x-default":
                back = demo.page(other).soup.find_all("link", rel="alternate", hreflang=True)
                assert url in [one["href"] for one in back], f"{other} does not know {url}"
                assert demo.page(other).soup.html["lang"] == code


def test_a_missing_page_says_so_in_the_language_of_its_address(demo):
    for language in LANGUAGES:
        answer = demo.get(f"/{language}/articles/there-is-no-such-article/")
        assert answer.status == 404
        assert answer.soup.html["lang"] == language
        assert answer.soup.find("a", href=f"/{language}/")
