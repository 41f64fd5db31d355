"""What each network makes of a page: from which field, where it is cut, how large the picture is, what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smo_kit.networks.registry import networks_that_can
from tests.apps.meta.preview_tools import FULL, GOOD, URL, ids, metas, shown

IDS = sorted(one.id for one in networks_that_can("preview"))
each = pytest.mark.parametrize("network", IDS)
CARD = '<meta name="twitter:card" content="summary_large_image">'
SQUARE = replace(GOOD, width=400, height=400)
LONG = "Words that go on and on without an end " * 15


@each
def test_a_full_page_is_shown_large_with_nothing_wrong(network):
    preview = shown(network)
    assert preview.title.shown == "How tea is made"
    assert preview.size == "large"
    assert preview.wrong == ()
    assert not preview.is_bare


@pytest.mark.parametrize(
    ("network", "field"),
    [
        *[(one, "<title>") for one in ("vk", "ok", "telegram", "whatsapp", "facebook", "linkedin", "bluesky")],
        *[("mastodon", "<title>"), ("discord", "<title>")],
    ],
)
def test_the_title_of_the_window_is_the_last_resort(network, field):
    preview = shown(network, "<title>A window</title><meta name=description content='It has a window.'>")
    assert (preview.title.shown, preview.title.field) == ("A window", field)


def test_one_network_shows_nothing_without_tags_of_a_card():
    assert shown("x", "<title>A window</title>").is_bare


@each
def test_a_page_that_says_nothing_is_a_bare_link(network):
    assert shown(network, "").is_bare


@pytest.mark.parametrize(
    ("network", "wins"),
    [("x", "T"), ("telegram", "O"), ("discord", "O"), ("bluesky", "O"), ("facebook", "O"), ("whatsapp", "O")],
)
def test_whose_title_wins(network, wins):
    assert shown(network, metas(og_title="O", twitter_title="T")).title.shown == wins


@pytest.mark.parametrize("network", ["telegram", "discord", "bluesky", "x"])
def test_some_read_the_title_of_another(network):
    assert shown(network, metas(twitter_title="T")).title.shown == "T"


@pytest.mark.parametrize("network", ["facebook", "whatsapp", "linkedin", "vk", "ok", "mastodon"])
def test_some_do_not(network):
    assert shown(network, metas(twitter_title="T") + "<title>W</title>").title.shown == "W"


def test_one_has_a_picture_of_its_own():
    html = metas(vk_image="https://www.site.example/v.jpg") + FULL
    assert shown("vk", html).photo_field == "vk:image"
    assert shown("telegram", html).photo_field == "og:image"


@pytest.mark.parametrize(("network", "field"), [("facebook", "<img>"), ("vk", "<img>"), ("linkedin", "<img>")])
def test_some_take_the_first_picture_of_the_page(network, field):
    assert shown(network, "<title>A</title><img src='/b.jpg'>").photo_field == field


@pytest.mark.parametrize("network", ["telegram", "whatsapp", "mastodon", "bluesky", "discord", "x"])
def test_others_take_none(network):
    preview = shown(network, metas(og_title="A") + "<img src='/b.jpg'>")
    assert preview.photo is None
    assert "no-picture" in ids(preview)


@pytest.mark.parametrize("network", ["telegram", "discord", "x"])
def test_some_show_it_large_only_when_asked_to(network):
    preview = shown(network, FULL.replace("summary_large_image", "summary"))
    assert preview.size == "small"
    assert "small" in ids(preview)


@pytest.mark.parametrize("network", ["facebook", "vk", "ok", "mastodon"])
def test_a_square_of_400_is_a_thumbnail(network):
    preview = shown(network, photo=SQUARE)
    assert preview.size == "small"
    assert "small" in ids(preview)


@pytest.mark.parametrize("network", ["whatsapp", "bluesky", "telegram", "x", "discord"])
def test_elsewhere_it_is_large_and_cut(network):
    preview = shown(network, photo=SQUARE)
    assert preview.size == "large"
    assert "picture-shape" in ids(preview)


@pytest.mark.parametrize(("network", "has"), [("linkedin", False), ("x", False), ("vk", False), ("mastodon", False)])
def test_under_a_large_picture_some_have_no_description(network, has):
    assert bool(shown(network).description.shown) is has


@pytest.mark.parametrize("network", ["x", "vk", "mastodon"])
def test_beside_a_small_one_they_have(network):
    html = FULL.replace("summary_large_image", "summary")
    assert shown(network, html, SQUARE).description.shown == "Leaves and water."


def test_one_shows_a_description_only_under_a_short_title():
    assert shown("facebook").description.shown
    assert not shown("facebook", FULL.replace("How tea is made", "How tea is made " * 5)).description.shown


def test_one_has_five_lines_in_all():
    html = metas(og_title="Tea " * 15, og_description=LONG, og_site_name="Tea house")
    two, one = shown("telegram", html), shown("telegram", html.replace("Tea " * 15, "Tea"))
    assert (two.title.lines, two.description.lines) == (2, 2)
    assert (one.title.lines, one.description.lines) == (1, 3)


@each
def test_each_cuts_a_long_title_and_says_where(network):
    preview = shown(network, FULL.replace("How tea is made", LONG).replace("<title>", f"<title>{LONG}"))
    assert preview.title.shown.endswith("…")
    assert preview.title.rest
    (fault,) = [one for one in preview.faults if one.id == "title-cut"]
    assert preview.title.shown[-10:] in fault.what
    assert fault.cure


def test_titles_are_cut_in_different_places():
    places = {len(shown(one, metas(og_title=LONG) + CARD).title.shown) for one in IDS}
    assert len(places) >= 7


@pytest.mark.parametrize(
    ("network", "change", "fault"),
    [
        ("facebook", {"width": 180, "height": 180}, "picture-small"),
        ("whatsapp", {"weight": 700_000}, "picture-heavy"),
        ("bluesky", {"weight": 1_200_000}, "picture-heavy"),
        ("facebook", {"weight": 9_000_000}, "picture-heavy"),
        ("whatsapp", {"format": "GIF"}, "picture-format"),
        ("linkedin", {"format": "WEBP"}, "picture-format"),
        ("telegram", {"format": "AVIF"}, "picture-format"),
        ("whatsapp", {"width": 2000, "height": 400}, "picture-shape"),
        ("vk", {"state": "not found"}, "picture-not-found"),
        ("vk", {"state": "broken"}, "picture-broken"),
        ("x", {"state": "vector"}, "picture-format"),
        ("x", {"state": "too many pixels"}, "picture-pixels"),
    ],
)
def test_a_picture_that_is_not_shown(network, change, fault):
    preview = shown(network, photo=replace(GOOD, **change))
    assert fault in {one.id for one in preview.wrong}
    assert preview.photo is None
    assert preview.size == "none"


@pytest.mark.parametrize(("network", "change"), [("mastodon", {"format": "AVIF"}), ("facebook", {"weight": 1_200_000})])
def test_what_one_refuses_another_takes(network, change):
    assert shown(network, photo=replace(GOOD, **change)).photo


def test_a_picture_of_another_host_is_believed():
    size = metas(**{"og_image:width": "300", "og_image:height": "200"})
    far = replace(GOOD, state="not looked at", width=0, height=0, format="", weight=0)
    assert shown("facebook", photo=far).size == "large"
    assert shown("facebook", FULL + size, far).size == "small"


def test_what_moves_is_told():
    assert "picture-moves" in ids(shown("facebook", photo=replace(GOOD, moves=True, format="GIF")))


def test_a_relative_or_plain_address_is_told():
    assert "relative" in ids(shown("vk", FULL.replace("https://www.site.example/a.jpg", "/a.jpg")))
    mixed = replace(GOOD, url="http://www.site.example/a.jpg")
    assert "mixed" in ids(shown("vk", photo=mixed))


def test_the_host_is_shown_without_www():
    assert shown("vk").site == "site.example"
    assert shown("telegram").site == "Tea house"
    assert shown("discord", metas(og_title="A")).site == ""


def test_another_og_url_is_what_one_shows():
    html = FULL.replace(f'content="{URL}"', 'content="https://www.site.example/other/"')
    assert "canonical" in ids(shown("facebook", html))
    assert "canonical" not in ids(shown("telegram", html))


@pytest.mark.parametrize(("said", "colour"), [("#F80", "#f80"), ("#ff8800", "#ff8800"), ("red;x:y", ""), ("#12", "")])
def test_the_pages_colour_is_believed_only_if_it_is_one(said, colour):
    assert shown("discord", FULL + f'<meta name="theme-color" content="{said}">').colour == colour


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ({"status": 404}, "status"),
        ({"status": 500}, "status"),
        ({"content_type": "application/pdf"}, "no-html"),
        ({"refused": "It does not answer."}, "refused"),
        ({"status": 302}, "status"),
        ({"status": 302, "leads_to": URL}, "redirect-loop"),
        ({"status": 302, "leads_to": "https://else.example/", "leads_out": True}, "leads-out"),
        ({"status": 302, "leads_to": "https://x.example/7", "way": ("1", "2")}, "redirect-loop"),
    ],
)
def test_an_answer_without_a_page_is_a_bare_link(page, fault):
    preview = shown("vk", **page)
    assert preview.is_bare
    assert fault in {one.id for one in preview.wrong}


def test_who_obeys_robots_has_no_preview_of_what_it_forbids():
    assert "robots" in ids(shown("x", robots=False))
    assert shown("x", robots=False).is_bare
    assert not shown("telegram", robots=False).is_bare


def test_tags_beyond_what_is_read_are_named():
    (fault,) = [one for one in shown("whatsapp", beyond=(("og:title", 400_000),)).faults if one.id == "beyond"]
    assert "400000" in fault.what
    assert "300000" in fault.what
