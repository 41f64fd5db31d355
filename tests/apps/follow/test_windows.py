"""Windows: what networks show of themselves in our pages, once their reader has agreed."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template import Context, Template

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.follow.conf import follow_settings
from smo_kit.follow.models import Account
from smo_kit.follow.options import widget_options
from smo_kit.follow.windows import NoWindow, csp_sources, window_for
from smo_kit.networks.registry import networks_that_can

SHOWN = [(one, widget) for one in networks_that_can("widgets") for widget in one.widgets]
POST = "https://t.me/shareworthy/12"
HOSTILE = [
    "",
    " ",
    "javascript:alert(1)",
    "data:text/html,x",
    "//t.me/shareworthy/12",
    "http://t.me/shareworthy/12",
    "https://t.me\\@evil.example/a/12",
    "https://evil.example/t.me/shareworthy/12",
    "https://t.me.evil.example/shareworthy/12",
    "https://t.me/shareworthy/12/../../x",
    "https://t.me/share worthy/12",
    'https://t.me/shareworthy/12" onload="alert(1)',
    "https://t.me/shareworthy/12\n<script>",
    "https://127.0.0.1/@a/112345678901234567",
    "https://localhost/@a/112345678901234567",
    "https://mas.to:8443/@a/112345678901234567",
    "https://user:word@mas.to/@a/112345678901234567",
    "https://youtube.com/watch?v=short",
    "https://www.youtube-nocookie.com@evil.example/embed/aqz-KE-bpKQ",
    "https://[",
    "https://vk.com/shareworthy",
    "{host}",
    "\ud83d",
]


def show(options, **context):
    html = Template(f"{{% load smo %}}{{% smo_widget {options} %}}").render(Context(context))
    return BeautifulSoup(html, "html.parser")


def named(value):
    return getattr(value, "id", None) or getattr(value, "what", None)


@pytest.fixture
def with_servers(settings):
    """Servers of the Fediverse whose windows this site loads."""
    settings.SMO_KIT = {"FOLLOW": {"window_hosts": ("mastodon.social", "any.server.example")}}


@pytest.mark.usefixtures("with_servers")
@pytest.mark.parametrize(("network", "widget"), SHOWN, ids=named)
class TestEveryWidget:
    def test_shows_its_own_example(self, network, widget):
        window = window_for(widget.example)
        assert (window.what, window.name) == (widget.what, str(network.name))
        assert urlsplit(window.src).scheme == "https"
        assert "{" not in window.src

    def test_loads_from_a_host_of_the_network_or_of_the_account(self, network, widget):
        host = urlsplit(window_for(widget.example).src).netloc
        assert network.owns(f"https://{host}/") or not widget.source

    def test_is_known_with_www_and_blanks_around_it(self, network, widget):
        assert widget.address_of(
            f" {widget.example.replace('https://www.', 'https://').replace('https://', 'https://www.')} "
        )

    def test_says_what_its_host_learns(self, network, widget):
        assert len(str(widget.learns)) > 20
        assert widget.height >= 200

    def test_runs_in_a_sandbox_that_lets_it_not_leave_its_frame(self, network, widget):
        assert "allow-scripts" in widget.sandbox
        assert "allow-top-navigation" not in widget.sandbox
        assert widget.referrer in {"no-referrer", "strict-origin"}


@pytest.mark.usefixtures("with_servers")
@pytest.mark.parametrize(
    ("address", "src"),
    [
        (POST, "https://t.me/shareworthy/12?embed=1"),
        ("https://t.me/s/shareworthy/12?single", "https://t.me/shareworthy/12?embed=1"),
        ("https://youtu.be/aqz-KE-bpKQ?t=10", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://m.youtube.com/watch?a=b&v=aqz-KE-bpKQ&t=3s", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://vk.ru/public7", "https://vk.com/widget_community.php?app=0&_ver=1&gid=7&mode=3&width=auto"),
        ("https://vkvideo.ru/video-1_2", "https://vk.com/video_ext.php?oid=-1&id=2"),
        ("https://any.server.example/@a@b.example/112345", "https://any.server.example/@a@b.example/112345/embed"),
        (
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2x",
            "https://embed.bsky.app/embed/did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2x",
        ),
    ],
)
def test_addresses_as_browsers_show_them_are_understood(address, src):
    assert window_for(address).src == src


@pytest.mark.parametrize("address", ["https://mastodon.social/@a/112345678901234567", "https://mas.to/@a/112345"])
def test_of_servers_that_the_site_does_not_name_there_is_a_link(settings, address):
    window = window_for(address)
    assert (window.url, window.name, window.src) == (address, "Mastodon", "")
    settings.SMO_KIT = {"FOLLOW": {"window_hosts": ("mas.to",)}}
    assert bool(window_for(address).src) is ("mas.to" in address)
    assert bool(window_for("https://MAS.to/@a/112345").src)


@pytest.mark.parametrize("host", ["https://mas.to", "mas.to/", "mas.to:8443", "*.mas.to", "mas.to; script-src *", ""])
def test_a_server_is_named_by_its_host_alone(settings, host):
    settings.SMO_KIT = {"FOLLOW": {"window_hosts": (host,)}}
    assert "must name hosts" in follow_settings.from_code()[1][0].message
    assert set(csp_sources()["frame-src"]) == {widget.source for _, widget in SHOWN} - {""}


@pytest.mark.parametrize("address", HOSTILE, ids=ascii)
def test_nothing_else_is_shown(address):
    with pytest.raises(NoWindow):
        window_for(address)


def test_what_a_network_cannot_show_is_told_with_what_it_can():
    with pytest.raises(NoWindow, match="club1"):
        window_for("https://vk.com/shareworthy")
    with pytest.raises(NoWindow, match="YouTube"):
        window_for("https://example.org/")


def test_an_editor_is_told_in_the_form():
    assert widget_options.accept("address", POST) == POST
    with pytest.raises(ValueError, match="club1"):
        widget_options.accept("address", "https://vk.com/shareworthy")


@pytest.mark.django_db
class TestTag:
    def test_has_a_link_and_a_box_that_waits_for_its_script(self):
        soup = show(f'"{POST}" title="News"')
        assert soup.select_one("a.smo-source")["href"] == POST
        assert soup.select_one("a.smo-source").text == "News"
        box = soup.select_one(".smo-agree")
        assert box.has_attr("hidden")
        assert "Load from t.me" in box.summary.text
        assert "your IP address" in box.p.text
        assert box.input["name"] == "smo-load-t.me"

    def test_nothing_foreign_is_in_the_page(self):
        soup = show(f'"{POST}"')
        assert not soup.select("iframe, img, object, embed")
        assert all(not one.get("src", "").startswith("http") for one in soup.find_all(True))

    def test_its_frame_is_described_for_the_script(self):
        frame = json.loads(show(f'"{POST}" title="News"').select_one(".smo-agree")["data-smo-frame"])
        assert frame["src"] == "https://t.me/shareworthy/12?embed=1"
        assert frame["title"] == "Telegram: News"
        assert frame["sandbox"] == "allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts"
        assert frame["referrerPolicy"] == "no-referrer"

    def test_an_account_of_the_site_may_be_meant(self):
        Account.objects.create(network="vk", handle="club77")
        assert "gid=77" in show('network="vk"').select_one(".smo-agree")["data-smo-frame"]

    def test_of_what_cannot_be_shown_a_link_stays_and_the_log_says_why(self, caplog):
        soup = show('"https://vk.com/shareworthy"')
        assert soup.select_one("a")["href"] == "https://vk.com/shareworthy"
        assert not soup.select(".smo-agree, script")
        assert "vk.com/club1" in caplog.text

    def test_of_a_server_that_the_site_does_not_name_a_link_stays_and_nothing_is_wrong(self, settings):
        settings.DEBUG = True
        soup = show('"https://mas.to/@a/112345" title="A post"')
        assert soup.select_one("a.smo-source").text == "A post"
        assert soup.select_one("a svg")
        assert not soup.select(".smo-agree, script")

    def test_that_is_an_error_while_developing(self, settings):
        settings.DEBUG = True
        with pytest.raises(ValueError, match="club1"):
            show('"https://vk.com/shareworthy"')

    @pytest.mark.parametrize("address", HOSTILE, ids=ascii)
    def test_hostile_addresses_are_no_links(self, address):
        hrefs = [one["href"] for one in show("address", address=address).select("a")]
        assert [href for href in hrefs if not re.fullmatch(r"https://[^\s\"'\\<>]+", href)] == []
        assert not show("address", address=address).select(".smo-agree")

    def test_a_hostile_title_is_text(self):
        title = "\"><script>alert(1)</script>' {{ 7 }} \x00"
        wild, calm = show(f'"{POST}" title=title', title=title), show(f'"{POST}" title="Tea"')
        shape = [(tag.name, sorted(tag.attrs)) for tag in wild.find_all(True)]
        assert shape == [(tag.name, sorted(tag.attrs)) for tag in calm.find_all(True)]
        assert json.loads(wild.select_one(".smo-agree")["data-smo-frame"])["title"].startswith('Telegram: "><script>')

    def test_is_warm_without_a_query(self, django_assert_num_queries):
        show(f'"{POST}"')
        with django_assert_num_queries(0):
            show(f'"{POST}"')

    def test_an_editor_places_it_as_a_block(self):
        block = all_blocks()["widget"]
        assert list(block.options) == ["address", "title"]
        assert POST in render_block(block, {"address": POST, "title": "News"}, {})


class TestPolicy:
    def test_names_every_host_that_frames_come_from(self, settings):
        settings.SMO_KIT = {"FOLLOW": {"window_hosts": ("mas.to",)}}
        sources = csp_sources()["frame-src"]
        assert sources == sorted(sources)
        assert "https://mas.to" in sources
        assert {widget.source for _, widget in SHOWN} - {""} <= set(sources)
        assert all(re.fullmatch(r"https://[\w.-]+", source) for source in sources)

    def test_names_no_server_that_the_site_does_not_name(self):
        assert set(csp_sources()["frame-src"]) == {widget.source for _, widget in SHOWN} - {""}

    def test_follows_a_network_that_moved(self, settings):
        settings.SMO_KIT = {"NETWORKS": {"hosts": {"vk": "vk.example"}}}
        assert "https://vk.example" in csp_sources()["frame-src"]


def test_its_script_is_small():
    script = Path(finders.find("smo_kit/follow/window.js")).read_bytes()
    assert len(gzip.compress(script, 9, mtime=0)) <= 320
