"""Quotes: what is said of them, and the links that lead to the very words."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils.translation import override

from smo_kit.core.blocks import all_blocks, render_block
from smo_kit.core.cards import Card, Picture
from smo_kit.core.subjects import Key, key_of
from smo_kit.networks.registry import network, networks_that_can
from smo_kit.share.conf import share_settings
from smo_kit.share.errands import Errand
from smo_kit.share.quotes import MOST, Part, fragment_of, with_fragment
from smo_kit.share.selection_bar import FOUND, QUOTE
from smo_kit.share.services import buttons_for
from tests.apps.share.test_tag import HOSTILE
from tests.blog.models import Post

ADDRESS = "https://example.org/tea/"


class TestFragment:
    @pytest.mark.parametrize(
        ("text", "fragment"),
        [
            ("Green tea", "Green%20tea"),
            ("well-known, salt & pepper", "well%2Dknown%2C%20salt%20%26%20pepper"),
            ("one two three four five", "one%20two%20three%20four,five"),
            ("one two three four five six seven eight nine", "one%20two%20three%20four,six%20seven%20eight%20nine"),
            ("Where\n\nAt the end of the text", "Where,end%20of%20the%20text"),
            ("  many \t spaces \n", "many%20spaces"),
            ("a\xa0b", "a%20b"),
            ("茶を飲む。", "%E8%8C%B6%E3%82%92%E9%A3%B2%E3%82%80%E3%80%82"),
            ("", ""),
            (" \n ", ""),
        ],
    )
    def test_names_the_text_as_the_specification_wants(self, text, fragment):
        assert fragment_of(text) == fragment

    def test_has_no_sign_of_the_syntax_but_the_comma_between_its_ends(self):
        found = fragment_of("a-b, c&d #e:f ~g -, -,h i - j & k")
        assert found.count(",") == 1
        assert not re.search(r"[-&#]", found)

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_is_letters_of_an_address_whatever_it_is_made_of(self, text):
        assert re.fullmatch(r"[A-Za-z0-9%._~,]*", fragment_of(text))

    def test_right_to_left_comes_through(self):
        assert unquote(fragment_of("שלום עולם")) == "שלום עולם"

    def test_that_is_too_long_for_a_messenger_is_left_out(self):
        assert fragment_of("字" * 100) == ""
        assert len(fragment_of("字" * 60)) <= MOST

    def test_joins_an_anchor(self):
        assert with_fragment("/a/#b", "c") == "/a/#b:~:text=c"
        assert with_fragment("/a/", "c") == "/a/#:~:text=c"
        assert with_fragment("/a/", "") == "/a/"


@pytest.mark.django_db
class TestButtons:
    def button(self, id_, part, **card):
        card = Card(**{"url": ADDRESS, "title": "Tea", **card})
        conf = share_settings.conf(networks=(id_,), utm=True)
        return buttons_for(card, conf, part=part)[0]

    @pytest.mark.parametrize("one", networks_that_can("share"), ids=lambda one: one.id)
    def test_every_network_gets_the_address_of_the_words(self, one):
        button = self.button(one.id, Part(quote="Green tea", author="Ada"))
        address = button.direct or button.href
        assert "%23%3A~%3Atext%3DGreen%2520tea" in address
        assert f"utm_source%3D{one.id}" in address

    def test_the_words_stand_in_the_marks_of_the_language_with_their_author(self):
        part = Part(quote="Green tea", author="Ada")
        assert parse_qs(urlsplit(self.button("telegram", part).href).query)["text"] == ["“Green tea” — Ada"]

    def test_a_long_quote_gives_way_before_its_author(self):
        part = Part(quote="tea " * 200, author="Ada")
        text = parse_qs(urlsplit(self.button("x", part).href).query)["text"][0]
        assert text.startswith("“tea tea")
        assert text.endswith("…” — Ada")
        assert len(text) <= 280 - 24

    def test_where_the_address_counts_a_long_fragment_is_left_out(self):
        quote = "Длинные русские слова занимают по девять знаков каждое и ещё немного"
        text = parse_qs(urlsplit(self.button("bluesky", Part(quote=quote)).href).query)["text"][0]
        assert "text=" not in text
        assert len(text) <= 300
        assert "%23%3A~%3Atext%3D" in self.button("telegram", Part(quote=quote)).href

    def test_fields_in_a_quote_are_words(self):
        part = Part(quote="{title} {author} {0} %s", author="{title}")
        text = parse_qs(urlsplit(self.button("telegram", part).href).query)["text"]
        assert text == ["“{title} {author} {0} %s” — {title}"]

    def test_a_copy_is_the_clean_address_of_the_words(self):
        assert self.button("copy", Part(quote="Green tea")).href == f"{ADDRESS}#:~:text=Green%20tea"

    def test_a_qr_code_leads_to_the_words(self, client):
        href = self.button("qr", Part(quote="Green tea")).href
        token = parse_qs(urlsplit(href).query)["p"][0]
        assert Errand.unsign(token).url.endswith("#:~:text=Green%20tea")
        answer = client.get(href)
        assert b"<svg" in answer.content
        assert b"#:~:text=Green%20tea" in answer.content

    def test_a_picture_goes_to_the_networks_that_take_one(self):
        part = Part(picture="https://example.org/cup.jpg", words="A cup")
        conf = share_settings.conf(networks=("x", "vk", "copy"))
        (button,) = buttons_for(Card(url=ADDRESS, title="Tea"), conf, part=part)
        query = parse_qs(urlsplit(button.href).query)
        assert (query["image"], query["title"], query["url"]) == ([part.picture], ["A cup"], [ADDRESS])

    def test_where_a_site_has_none_of_them_all_are_offered(self):
        part = Part(picture="https://example.org/cup.jpg")
        made = buttons_for(Card(url=ADDRESS, title="Tea"), share_settings.conf(networks=("x",)), part=part)
        assert {one.network for one in made} >= {"pinterest", "vk"}
        assert all("cup.jpg" in one.href for one in made)

    def test_a_network_gets_the_cut_that_it_shows_best(self):
        tall = Picture("/tall.jpg", 1000, 1500, "image/jpeg")
        assert network("pinterest").share.shape == "tall"
        assert "tall.jpg" in self.button("pinterest", Part(), image="/wide.jpg", cuts={"tall": tall}).href
        assert "wide.jpg" in self.button("pinterest", Part(), image="/wide.jpg").href
        assert "wide.jpg" in self.button("vk", Part(), image="/wide.jpg", cuts={"tall": tall}).href


@pytest.mark.django_db
class TestQuoteTag:
    def test_is_a_figure_with_links_that_work_without_script(self, post, show):
        soup = show(
            '{% smo_quote author="Ada" networks="telegram,copy" %}Tea & <b>cups</b>{% endsmo_quote %}', object=post
        )
        assert soup.select_one("figure > blockquote").decode_contents() == "<p>Tea &amp; <b>cups</b></p>"
        assert soup.figcaption.text == "Ada"
        link, copy = soup.select("a[data-smo-n]")
        assert parse_qs(urlsplit(link["href"]).query)["text"] == ["“Tea & cups” — Ada"]
        assert copy["href"].endswith("/posts/tea/#:~:text=Tea%20%26%20cups")
        assert soup.select_one(".smo-pass")["data-smo-url"] == copy["href"]
        assert not soup.select("[hidden], [popover]")

    def test_counts_for_the_page_that_it_stands_in(self, post, show):
        part = show("{% smo_quote %}Tea{% endsmo_quote %}", object=post).select_one(".smo-pass")
        assert Key.unsign(part["data-smo-key"]) == key_of(post)

    def test_names_to_networks_whose_words_they_are(self, show):
        card = Card(url="/x/", title="X", author="Grace")
        soup = show('{% smo_quote card networks="telegram" %}Tea{% endsmo_quote %}', card=card)
        assert "%E2%80%94%20Grace" in soup.select_one("a[data-smo-n]")["href"]
        assert soup.figcaption is None

    def test_paragraphs_come_from_empty_lines_and_from_html(self, post, show):
        plain = show("{% smo_quote %}\nOne\nline\n\nTwo\n{% endsmo_quote %}", object=post)
        html = show("{% smo_quote %}<p>One</p><p>Two</p>{% endsmo_quote %}", object=post)
        assert [one.text for one in plain.select("blockquote > p")] == ["One\nline", "Two"]
        assert [one.text for one in html.select("blockquote > p")] == ["One", "Two"]
        assert html.select_one(".smo-pass")["data-smo-url"].endswith("#:~:text=One,Two")

    def test_first_networks_of_the_site_and_a_copy_stand_beside_it(self, post, show, share):
        share(networks=["vk", "x", "telegram", "reddit", "bluesky", "email"])
        soup = show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)
        assert [one["data-smo-n"] for one in soup.select("[data-smo-n]")][:5] == [
            "vk",
            "x",
            "telegram",
            "reddit",
            "copy",
        ]

    def test_networks_can_be_chosen_for_it(self, post, show, share):
        share(quote_networks=["x", "qr"])
        soup = show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)
        assert [one["data-smo-n"] for one in soup.select("[data-smo-n]")] == ["x", "qr"]

    def test_on_a_page_that_is_kept_from_networks_it_is_a_quote_alone(self, show):
        card = Card(url="/x/", title="X", shareable=False)
        soup = show("{% smo_quote card %}Tea{% endsmo_quote %}", card=card)
        assert soup.blockquote.text == "Tea"
        assert not soup.select("a, button")

    def test_without_words_it_offers_nothing(self, post, show):
        assert not show("{% smo_quote %} {% endsmo_quote %}", object=post).select("a")

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_hostile_words_never_become_markup(self, post, show, text):
        tag = "{% smo_quote author=text %}{{ text }}{% endsmo_quote %}"
        wild, calm = show(tag, object=post, text=text), show(tag, object=post, text="Tea")
        shape = [(tag.name, sorted(tag.attrs)) for tag in wild.find_all(True) if tag.name != "p"]
        assert shape == [(tag.name, sorted(tag.attrs)) for tag in calm.find_all(True) if tag.name != "p"]

    def test_a_wrong_option_is_logged_with_its_cure(self, post, show, caplog):
        assert show('{% smo_quote autor="Ada" %}Tea{% endsmo_quote %}', object=post).blockquote
        assert "Did you mean 'author'?" in caplog.text

    def test_a_warm_quote_asks_no_query(self, post, show, django_assert_num_queries):
        show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)
        with django_assert_num_queries(0):
            show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)

    def test_is_the_same_for_every_reader(self, post, show):
        first = str(show("{% smo_quote %}Tea{% endsmo_quote %}", object=post))
        cache.clear()
        assert str(show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)) == first

    def test_languages_do_not_mix(self, post, show):
        show("{% smo_quote %}Tea{% endsmo_quote %}", object=post)
        with override("ru"):
            soup = show('{% smo_quote networks="mastodon" %}Tea{% endsmo_quote %}', object=post)
        token = parse_qs(urlsplit(soup.select_one("a")["href"]).query)["p"][0]
        assert Errand.unsign(token).language == "ru"

    def test_an_editor_places_it_as_a_block(self, post, rf):
        block = all_blocks()["quote"]
        assert list(block.options) == ["text", "author", "networks"]
        options = {"text": "One <b>\n\nTwo", "author": "Ada", "networks": ["telegram"]}
        html = render_block(block, options, {"request": rf.get("/about/"), "object": post})
        soup = BeautifulSoup(html, "html.parser")
        assert [one.text for one in soup.select("blockquote p")] == ["One <b>", "Two"]
        assert soup.figcaption.text == "Ada"


@pytest.mark.django_db
class TestSelection:
    def test_the_bar_waits_for_its_script(self, post, render):
        part = render('placement="selection"', object=post).select_one(".smo-pass")
        assert part.has_attr("popover")
        assert part["data-smo-url"] == "http://testserver/posts/tea/#:~:text="
        assert "smo-inline" not in part["class"]

    def test_its_links_have_places_for_the_quote_and_the_fragment(self, post, render, share):
        share(networks=["vk", "telegram", "x", "copy", "qr", "print"])
        soup = render('placement="selection"', object=post)
        assert [one["data-smo-n"] for one in soup.select("a")] == ["vk", "telegram", "x", "copy"]
        for link in soup.select("a")[:3]:
            assert link["href"].count(QUOTE) == 1
            assert link["href"].count(f"%23%3A~%3Atext%3D{FOUND}") == 1

    def test_one_that_asks_for_a_server_takes_the_post_along(self, post, render):
        link = render('placement="selection" quote_networks="mastodon"', object=post).select_one("a")
        address, _, post = link["href"].partition("#")
        assert address.startswith("/smo/ask/?p=")
        assert post.startswith("https://instance.invalid/share?text=")
        assert QUOTE in post

    def test_can_be_turned_off(self, post, render, share):
        share(quotes=False)
        assert not render('placement="selection"', object=post).find(True)
        assert render(object=post).find(True)


@pytest.mark.django_db
class TestPictures:
    def names(self, soup):
        return [one.find_previous("img")["src"] for one in soup.select(".smo-onto")]

    def test_each_picture_gets_its_buttons(self, post, show):
        html = "<p><img src=\"/a.jpg\" alt=\"A &amp; b\"></p><img alt='' src='/c.png'>"
        soup = show(f"{{% smo_pictures %}}{html}{{% endsmo_pictures %}}", object=post)
        assert self.names(soup) == ["/a.jpg", "/c.png"]
        first, second = soup.select(".smo-onto")
        assert first["aria-label"] == "Share this picture: A & b"
        assert second["aria-label"] == "Share this picture"
        links = first.select("a")
        assert links
        assert all("http%3A%2F%2Ftestserver%2Fa.jpg" in one["href"] for one in links)

    def test_a_paragraph_that_is_a_picture_becomes_a_figure(self, post, show):
        soup = show('{% smo_pictures %}<p> <img src="/a.jpg"> </p><p>Tea</p>{% endsmo_pictures %}', object=post)
        assert soup.select_one("figure > img + link ~ .smo-onto")
        assert [one.text for one in soup.select("p")] == ["Tea"]

    @pytest.mark.parametrize(
        "html",
        [
            "<p>In <img src='/a.jpg'> words</p>",
            "<p><a href='/'><img src='/a.jpg'></a></p>",
            "<a href='/'><img src='/a.jpg'></a>",
            "<img src='/a.jpg' width='32'>",
            "<!-- <img src='/a.jpg'> -->",
            "<img alt='none'>",
            "<img src='javascript:alert(1)'>",
            "<img src='data:image/png;base64,AA'>",
        ],
    )
    def test_others_are_left_alone(self, post, show, html):
        assert not show(f"{{% smo_pictures %}}{html}{{% endsmo_pictures %}}", object=post).select(".smo-onto")

    def test_can_be_turned_off(self, post, show, share):
        share(pictures=False)
        html = '{% smo_pictures %}<img src="/a.jpg">{% endsmo_pictures %}'
        assert str(show(html, object=post)) == '<img src="/a.jpg"/>'

    def test_a_draft_is_not_offered(self, post, show):
        Post.objects.update(is_public=False)
        post.refresh_from_db()
        assert not show('{% smo_pictures %}<img src="/a.jpg">{% endsmo_pictures %}', object=post).select("a")
