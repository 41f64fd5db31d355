"""What a post says."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from smo_kit.core.cards import Card
from smo_kit.core.text import graphemes
from smo_kit.networks.network import ShareLink
from smo_kit.networks.registry import networks_that_can
from smo_kit.share.conf import share_settings
from smo_kit.share.services import buttons_for
from smo_kit.share.words import hashtags_of, template_for, words_for

pytestmark = pytest.mark.django_db
LONG = "A long story about tea leaves, water and patience " * 10
FAMILY = "👩‍👩‍👧‍👦"


def query(card, network_id, **settings):
    (button,) = buttons_for(card, share_settings.conf(networks=(network_id,), **settings))
    return {name: value for name, (value,) in parse_qs(urlsplit(button.href).query).items()}


class TestTexts:
    def test_a_network_s_own_line_wins_over_that_of_all(self, card):
        texts = ("x: {title} by {author}", "*: {title} – {site}")
        assert query(card, "x", texts=texts)["text"] == "Tea by Ada"
        assert query(card, "telegram", texts=texts)["text"] == "Tea – Test site"

    def test_the_title_is_said_when_nothing_else_is(self):
        assert template_for("x", ["vk: {summary}"]) == "{title}"

    def test_what_is_empty_leaves_no_hole(self):
        assert query(Card(url="/", title="Tea"), "x", texts=("x: {title} {summary} !",))["text"] == "Tea !"

    def test_a_title_that_looks_like_a_field_is_only_a_title(self):
        assert query(Card(url="/", title="{site} {title}"), "x")["text"] == "{site} {title}"

    def test_account_is_named_where_the_network_can(self, card):
        assert query(card, "x", via="teahouse")["via"] == "teahouse"
        assert "via" not in query(card, "telegram", via="teahouse")

    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("just words", "must have lines like 'network: {title}', not 'just words'"),
            ("telegrom: {title}", "names no network 'telegrom'. Did you mean 'telegram'?"),
            ("x: {titel}", "has no field 'titel'. Did you mean 'title'?"),
            ("x: {title.__class__}", "has no field 'title.__class__'"),
        ],
    )
    def test_a_wrong_line_is_refused_with_the_cure(self, line, sentence):
        with pytest.raises(ValueError, match=sentence.replace("{", r"\{").replace("?", r"\?")):
            share_settings.accept("texts", [line])

    def test_a_line_for_a_network_that_has_died_is_no_error(self):
        assert share_settings.accept("texts", ["skype: {title}"]) == ("skype: {title}",)

    @pytest.mark.parametrize("via", ["@teahouse", "tea house", "чай"])
    def test_an_account_is_a_bare_name(self, via):
        with pytest.raises(ValueError, match="without @"):
            share_settings.accept("via", via)


class TestHashtags:
    @pytest.mark.parametrize(
        ("tags", "expected"),
        [
            (["rum", "link previews"], ("rum", "LinkPreviews")),
            (["превью ссылок", "c++", "iPhone"], ("ПревьюСсылок", "c", "iPhone")),
            (["2026", "🫖", "#tea", "TEA", "tea"], ("tea", "TEA")),
            (["हिन्दी भाषा"], ("हिन्दीभाषा",)),
            ([f"tag{n}" for n in "abcdefg"], ("taga", "tagb", "tagc", "tagd", "tage")),
        ],
    )
    def test_are_words_in_one(self, tags, expected):
        assert hashtags_of(Card(url="/", title="", tags=tuple(tags))) == expected

    def test_go_to_the_chosen_networks_alone(self, card):
        assert query(card, "x", hashtags=("x",))["hashtags"] == "GreenTea,rum"
        assert "hashtags" not in query(card, "x", hashtags=("vk",))

    def test_stand_in_the_text_where_a_network_has_no_field_for_them(self, card):
        assert query(card, "telegram", hashtags=("telegram",))["text"] == "Tea #GreenTea #rum"


class TestLimits:
    LINK = ShareLink("https://a.example/", {"text": "{text}", "url": "{url}", "tags": "{tags}", "via": "{via}"}, 60, 20)

    def words(self, title, *, link=LINK, template="{title}", tags=(), via="", summary=""):
        fields = {"title": title, "summary": summary}
        return words_for(link, template, fields, url="https://example.com/tea/", tags=tags, via=via)

    def test_a_short_text_stays(self):
        assert self.words("Tea")["text"] == "Tea"

    def test_a_long_one_is_cut_at_a_word_and_leaves_room_for_the_link(self):
        text = self.words(LONG)["text"]
        assert text == "A long story about tea leaves, water…"
        assert len(text) + 1 + 20 <= 60

    def test_letters_are_those_that_a_reader_sees(self):
        assert graphemes(self.words(FAMILY * 100)["text"]) == [FAMILY] * 38 + ["…"]

    def test_tags_and_account_count(self):
        link = replace(self.LINK, limit=120)
        words = self.words(LONG, link=link, tags=("tea",), via="teahouse")
        assert words["tags"] == "tea"
        assert 60 < len(f"{words['text']} #tea via @teahouse ") + 20 <= 120

    def test_tags_give_way_before_the_text(self):
        words = self.words("Tea", tags=("tea", "a_very_long_tag_for_a_short_post"))
        assert words == {"text": "Tea", "tags": "tea", "via": ""}

    def test_what_follows_the_title_stays(self):
        assert self.words(LONG, template="{title} via tea.example")["text"].endswith("… via tea.example")

    def test_the_summary_is_cut_before_the_title(self):
        assert self.words("Tea", template="{title}: {summary}", summary=LONG)["text"].startswith("Tea: A long story")

    def test_a_template_longer_than_the_room_is_cut_itself(self):
        assert len(self.words("Tea", template="word " * 30 + "{title}")["text"]) <= 39

    def test_a_link_inside_the_text_counts_its_length(self):
        link = ShareLink("https://a.example/", {"text": "{text} {url}"}, 60)
        assert len(self.words(LONG, link=link)["text"] + " https://example.com/tea/") <= 60

    def test_a_link_apart_does_not_count(self):
        link = ShareLink("https://a.example/", {"text": "{text}", "url": "{url}"}, 60)
        assert 40 < len(self.words(LONG, link=link)["text"]) <= 60

    def test_a_link_longer_than_the_post_leaves_no_text(self):
        link = ShareLink("https://a.example/", {"text": "{text} {url}"}, 10)
        assert self.words(LONG, link=link)["text"] in {"", "…"}

    @pytest.mark.parametrize("one", [one for one in networks_that_can("share") if one.share.limit], ids=lambda n: n.id)
    def test_every_network_that_has_a_limit_keeps_it(self, one):
        card = Card(url="/" + "long/" * 12, title=LONG, summary=LONG, tags=("tea", "rum"))
        conf = share_settings.conf(
            networks=(one.id,), hashtags=(one.id,), texts=("*: {title} {summary}",), via="teahouse"
        )
        (button,) = buttons_for(card, conf)
        sent = parse_qs(urlsplit(button.direct or button.href).query)
        post = " ".join(sent["text"])
        if one.share.link_weight and "url" in one.share.params:
            post += " " + "u" * one.share.link_weight + " ".join(f" #{tag}" for tag in sent["hashtags"][0].split(","))
            post += f" via @{sent['via'][0]}"
        elif one.share.link_weight:
            post = post.replace("https://example.com/" + "long/" * 12, "u" * one.share.link_weight)
        assert len(graphemes(post)) <= one.share.limit
