"""What holds for every network, whichever it is: a new one is covered by adding its file."""

from __future__ import annotations

import re
from importlib import import_module
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest

from smo_kit.networks.network import MARKS, Network
from smo_kit.networks.registry import all_networks, mark, network_of, networks_that_can

NETWORKS = all_networks()
SHARING = networks_that_can("share")
FOLLOWED = networks_that_can("follow")
HOSTS = [(network, host) for network in NETWORKS for host in network.hosts]

EVERYTHING = {
    "url": "https://example.org/tea/",
    "title": "Tea",
    "text": "Green tea",
    "summary": "Leaves and water",
    "image": "https://example.org/tea.jpg",
    "tags": "tea,water",
    "via": "shareworthy",
}
HOSTILE = (
    "\"'><script>alert(1)</script>",
    "javascript:alert(1)",
    "a&url=https://evil.example/#x",
    "one\r\nBcc: you@evil.example",
    "{url} {__class__} %s %00 \x00",
    "\u202egnp.exe \u2066مرحبا\u2069",
    "👩‍👩‍👧‍👦 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
    "half a pair \ud83d",
    "  ",
)
HOSTILE_HANDLES = (
    *(
        "",
        " ",
        ".",
        "..",
        "../evil",
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "a\\b",
        "a?b=c",
        "a#b",
        "a b",
    ),
    *(
        "a/../b",
        "a/b/c/d",
        "user:word@evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "%2e%2e",
        "@@shareworthy",
    ),
    *("share\nworthy", "share\x00worthy", "<script>", '"><img src=x>', "share\u202eworthy", "\ud83d", "{host}"),
)
SCHEMES = ("https://", "mailto:", "sms:", "viber://", "fb-messenger://")


def named(network: object) -> str:
    return network.id if isinstance(network, Network) else str(network)


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("network", NETWORKS, ids=named)
class TestEveryNetwork:
    def test_its_file_bears_its_id(self, network):
        module = import_module(f"smo_kit.networks.{network.id}")
        assert network in vars(module).values()
        assert module.__doc__

    def test_its_mark_is_small_plain_and_of_one_colour(self, network):
        source = (MARKS / f"{network.id}.svg").read_text(encoding="utf-8")
        drawing = ElementTree.fromstring(source)
        shapes = [one for one in drawing.iter() if one is not drawing]
        used = {one.get(paint) for one in shapes for paint in ("fill", "stroke")} - {None}
        allowed = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "fill-rule", "transform"}
        geometry = {"d", "cx", "cy", "r", "x", "y", "width", "height", "rx"}

        assert len(source.encode()) < 700
        assert drawing.attrib == {"viewBox": "0 0 24 24", "fill": "none"}
        assert {one.tag.rpartition("}")[2] for one in shapes} <= {"g", "path", "circle", "rect"}
        assert {name for one in shapes for name in one.attrib} <= allowed | geometry
        assert used == {"currentColor"}

    def test_its_mark_is_given_without_the_svg_around_it(self, network):
        assert re.fullmatch(r"(?s)<(g|path|circle) .*/(>|g>)", mark(network))
        assert "<svg" not in mark(network)

    def test_white_text_can_be_read_on_its_colour(self, network):
        assert re.fullmatch(r"#[0-9a-f]{6}", network.colour)
        assert contrast_with_white(network.colour) >= 4.5

    def test_it_is_good_for_something(self, network):
        assert network.share or network.action or network.follow or network.login
        assert not (network.share and network.action)

    def test_it_asks_for_a_phone_when_only_an_application_can_open_it(self, network):
        start = network.share.address if network.share else "https://"
        assert network.phone_only == (not start.startswith(("https://", "mailto:")))


@pytest.mark.parametrize(("network", "host"), HOSTS, ids=named)
class TestEveryHost:
    def test_its_addresses_belong_to_the_network(self, network, host):
        for address in (
            f"https://{host}/a",
            f"http://www.{host}",
            f"https://any.{host.upper()}:443/?b",
            f"//{host}./a",
        ):
            assert network_of(address) is network

    def test_its_namesakes_do_not(self, network, host):
        for address in (f"https://not{host}/", f"https://{host}.evil.example/", f"https://evil.example/{host}", host):
            assert network_of(address) is None


@pytest.mark.parametrize("network", SHARING, ids=named)
class TestEveryShareLink:
    def href(self, network, **values):
        return network.share.href(values, instance="mastodon.social")

    def test_it_carries_the_address_of_the_page(self, network):
        assert "url" in network.share.fields
        assert "https%3A%2F%2Fexample.org%2Ftea%2F" in self.href(network, **EVERYTHING)
        assert self.href(network, **EVERYTHING).startswith(SCHEMES)

    def test_it_asks_for_fields_that_there_are(self, network):
        assert network.share.fields <= {*EVERYTHING, "instance"}

    def test_it_is_right_when_only_the_address_is_known(self, network):
        query = dict(parse_qsl(urlsplit(self.href(network, url="https://example.org/")).query, strict_parsing=True))
        assert all(value.strip() for value in query.values())

    @pytest.mark.parametrize("value", HOSTILE, ids=ascii)
    def test_whatever_stands_in_a_field_stays_in_its_parameter(self, network, value):
        calm = self.href(network, **dict.fromkeys(EVERYTHING, "x"))
        wild = self.href(network, **{**dict.fromkeys(EVERYTHING, value), "url": f"https://example.org/{value}"})
        address, _, query = wild.partition("?")

        assert address == calm.partition("?")[0]
        assert re.fullmatch(r"[A-Za-z0-9&=%._~-]+", query)
        assert not re.search(r"%(?![0-9A-F]{2})", query)
        if value.strip():
            assert [name for name, _ in parse_qsl(query)] == [name for name, _ in parse_qsl(calm.partition("?")[2])]

    def test_no_line_break_comes_into_a_title(self, network):
        params = network.share.params
        href = self.href(network, **{**EVERYTHING, "title": "one\r\ntwo\u2028three"})
        for name, value in parse_qsl(urlsplit(href).query):
            if params[name] == "{title}":
                assert value == "one two three"

    def test_its_limit_leaves_room_for_words(self, network):
        assert network.share.limit is None or network.share.limit > 100


def is_taken(network: Network, handle: str) -> bool:
    try:
        network.follow.url(handle)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("network", FOLLOWED, ids=named)
class TestEveryAccount:
    def test_it_lives_on_a_host_of_the_network(self, network):
        url = network.follow.url(network.follow.example)
        if network.id != "rss":
            assert url.startswith("https://")
            assert network_of(url) is network

    def test_a_handle_may_be_typed_with_an_at_sign_and_spaces(self, network):
        assert is_taken(network, network.follow.example)
        plain = network.follow.url(network.follow.example)
        assert network.follow.url(f" {network.follow.example}\n") == plain
        assert network.follow.url(f"@{network.follow.example}") == plain

    def test_a_handle_that_leads_elsewhere_is_refused(self, network):
        assert [handle for handle in HOSTILE_HANDLES if is_taken(network, handle)] == []

    def test_its_meta_tags_are_filled_from_the_handle(self, network):
        for content in network.account_meta.values():
            assert network.follow.example in content.format(handle=network.follow.example)


def test_no_two_networks_have_the_same_id_or_host():
    hosts = [host for _, host in HOSTS]
    assert len({network.id for network in NETWORKS}) == len(NETWORKS)
    assert not [(a, b) for a in hosts for b in hosts if a != b and a.endswith(f".{b}")]
    assert len(set(hosts)) == len(hosts)


def test_every_mark_belongs_to_a_network():
    assert {file.stem for file in MARKS.iterdir()} == {network.id for network in NETWORKS}
