"""``{% smo_share %}``: what stands in the page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.template import Context, Template
from django.utils.translation import override
from meta.views import Meta

from smo_kit.core.cards import Card
from smo_kit.core.models import Settings
from smo_kit.core.subjects import Key, key_of
from smo_kit.share import rendering
from tests.blog.models import Post, Unknown

pytestmark = pytest.mark.django_db
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ 7|add:7 }}{% load x %}",
    "</title></div></ul>&lt;b&gt;",
    "a\x00b\u202eevil\ud800",
    "line\nbreak\r\n\r\ninjected: yes",
    "%s %(title)s {0} {title}",
    "ﷺ" * 200,
    "👩‍👩‍👧‍👦" * 100,
    "Z" + "\u0300" * 500,
]


class TestLinks:
    def test_each_is_real_and_leaks_nothing(self, post, render):
        links = render("limit=0", object=post).select("a[data-smo-n]")
        assert links
        for link in links:
            assert set(link["rel"]) == {"nofollow", "noopener", "noreferrer"}
            assert link["aria-label"]
            assert link["href"]

    def test_what_needs_a_script_is_a_hidden_button(self, post, render):
        soup = render('networks="print,device,copy" save=False', object=post)
        assert [one.parent.has_attr("hidden") for one in soup.select("button")] == [True, True]
        assert not soup.select_one("a[data-smo-n=copy]").parent.has_attr("hidden")

    def test_the_mark_has_its_colour_without_a_style(self, post, render):
        svg = render('networks="vk,x"', object=post).select_one("[data-smo-n=vk] svg")
        assert svg["color"] == "#0070f1"
        assert svg["aria-hidden"] == "true"

    def test_the_title_is_shared_as_it_is(self, post, render):
        soup = render('networks="telegram,vk"', object=post)
        assert "text=Tea%20%26%20%3Crum%3E" in soup.select_one("[data-smo-n=telegram]")["href"]
        assert soup.select_one(".smo-pass")["data-smo-title"] == "Tea & <rum>"


class TestPart:
    def test_a_place_that_the_tag_says_wins_over_the_setting(self, post, render, share):
        share(placement="bar")
        assert render(object=post).select_one(".smo-pass.smo-bar")
        assert render('placement="inline"', object=post).select_one(".smo-pass.smo-inline")

    def test_brings_its_own_style_and_script(self, post, render):
        soup = render(object=post)
        assert [one["href"] for one in soup.select("link[rel=stylesheet]")] == ["/static/smo_kit/core/buttons.css"]
        assert [(one["type"], one["src"]) for one in soup.select("script")] == [
            ("module", "/static/smo_kit/share/pass.js")
        ]

    def test_looks_are_classes(self, post, render):
        part = render('look="names" size="l" colour="accent" shape="square"', object=post).select_one(".smo-pass")
        assert {"smo-names", "smo-size-l", "smo-accent", "smo-square", "smo-inline"} <= set(part["class"])

    @pytest.mark.parametrize("placement", ["rail", "bar"])
    def test_rail_and_bar_show_icons_unless_the_tag_says_otherwise(self, post, render, share, placement):
        share(look="both")
        assert "smo-icons" in render(f'placement="{placement}"', object=post).select_one(".smo-pass")["class"]
        other = render(f'placement="{placement}" look="names"', object=post)
        assert "smo-names" in other.select_one(".smo-pass")["class"]

    def test_the_key_of_the_subject_goes_with_it(self, post, render):
        part = render(object=post).select_one(".smo-pass")
        assert Key.unsign(part["data-smo-key"]) == key_of(post)
        assert part["data-smo-tell"] == "/smo/seen/"

    def test_a_card_of_nobody_is_shared_but_not_counted(self, render):
        part = render("card", path="/any/a/", card=Card(url="/x/", title="X")).select_one(".smo-pass")
        assert part["data-smo-url"] == "http://testserver/x/"
        assert not part.has_attr("data-smo-key")
        assert not part.has_attr("data-smo-tell")

    def test_counts_are_asked_for_only_when_they_are_on(self, post, render, share):
        assert not render(object=post).select_one("[data-smo-numbers]")
        share(counts=True)
        soup = render(object=post)
        assert soup.select_one("[data-smo-numbers]")["data-smo-numbers"].startswith("/smo/numbers/?o=")
        assert soup.select("script")[1]["src"].endswith("numbers.js")

    def test_small_windows_can_be_turned_off(self, post, render, share):
        assert "noreferrer" in render(object=post).select_one(".smo-pass")["data-smo-popup"]
        share(popup=False)
        assert not render(object=post).select_one("[data-smo-popup]")

    def test_saving_can_be_turned_off(self, post, render, share):
        assert render(object=post).select_one("[data-smo-do=save]")["href"] == "/smo/saved/?l=en"
        share(save=False)
        assert not render(object=post).select_one("[data-smo-do=save]")

    def test_a_draft_is_not_offered(self, post, render):
        Post.objects.update(is_public=False)
        post.refresh_from_db()
        assert render(object=post).text == ""

    def test_an_object_that_is_empty_is_still_the_argument(self, post, render, monkeypatch):
        monkeypatch.setattr(Post, "__len__", lambda post: 0, raising=False)
        assert Key.unsign(render("thing", thing=post).select_one(".smo-pass")["data-smo-key"]) == key_of(post)

    def test_a_meta_is_shared(self, render):
        part = render("thing", thing=Meta(title="Said")).select_one(".smo-pass")
        assert part["data-smo-title"] == "Said"

    def test_a_model_without_a_card_is_logged_and_the_page_itself_shared(self, render, caplog):
        part = render("thing", thing=Unknown.objects.create(title="?")).select_one(".smo-pass")
        assert part["data-smo-url"] == "http://testserver/about/"
        assert "@register(Unknown)" in caplog.text


class TestWrongOptions:
    @pytest.mark.parametrize(
        ("option", "cure"),
        [
            ('loook="both"', "Did you mean 'look'?"),
            ('look="big"', "must be one of 'icons', 'both', 'names'"),
            ('limit="many"', "must be int"),
            ("limit=-1", "must be 0 or more"),
            ("networks=5", "must be a list"),
        ],
    )
    def test_are_logged_with_the_cure_and_skipped(self, post, render, caplog, option, cure):
        assert str(render(option, object=post)) == str(render(object=post))
        assert cure in caplog.text

    def test_are_errors_while_developing(self, post, render, settings):
        settings.DEBUG = True
        with pytest.raises(ValueError, match="Did you mean 'look'"):
            render('loook="both"', object=post)


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_never_becomes_markup(self, rf, text):
        card = Card(url="/tea/", title=text, summary=text, author=text, tags=(text,), image=text)
        html = self.rendered(rf, card, "limit=0")
        quiet = self.rendered(rf, Card(url="/tea/", title="Tea", summary="Tea", author="Tea", tags=("Tea",)), "limit=0")
        shape = [(tag.name, sorted(tag.attrs)) for tag in BeautifulSoup(html, "html.parser").find_all(True)]
        assert shape == [(tag.name, sorted(tag.attrs)) for tag in BeautifulSoup(quiet, "html.parser").find_all(True)]

    def test_no_link_is_run(self, rf):
        card = Card(url="javascript:alert(1)", title="Tea", image="data:text/html,x")
        hrefs = re.findall(r'href="([^"]*)"', self.rendered(rf, card, "limit=0"))
        assert hrefs
        assert not [href for href in hrefs if href.startswith(("javascript", "data", "vbscript"))]

    def rendered(self, rf, card, options):
        networks = "vk,telegram,x,facebook,livejournal,mastodon,email,sms,copy,qr"
        template = Template(
            f'{{% load smo %}}{{% smo_share card {options} networks="{networks}" hashtags="{networks}" %}}'
        )
        return template.render(Context({"card": card, "request": rf.get("/here/")}))


class TestSpeed:
    def test_a_warm_part_asks_no_query(self, post, render, django_assert_num_queries):
        render(object=post)
        with django_assert_num_queries(0):
            render(object=post)

    def test_a_warm_part_with_options_asks_no_query(self, post, render, django_assert_num_queries):
        render('placement="rail" networks="vk,x"', object=post)
        with django_assert_num_queries(0):
            render('placement="rail" networks="vk,x"', object=post)

    def test_it_is_the_same_for_every_reader(self, post, render):
        first = str(render(object=post))
        cache.clear()
        assert str(render(object=post)) == first

    def test_a_new_title_is_shared_at_once(self, post, render, django_capture_on_commit_callbacks):
        render(object=post)
        with django_capture_on_commit_callbacks(execute=True):
            post.title = "Coffee"
            post.save()
        assert render(object=post).select_one(".smo-pass")["data-smo-title"] == "Coffee"

    def test_saved_settings_hold_at_once(self, post, render):
        render(object=post)
        Settings.objects.create(app="SHARE", data={"look": "names"})
        assert "smo-names" in render(object=post).select_one(".smo-pass")["class"]

    def test_saved_settings_of_another_part_hold_at_once(self, post, render, share):
        share(texts=["*: {site}"], networks=["telegram"])
        render(object=post)
        Settings.objects.create(app="CORE", data={"site_name": "Renamed"})
        assert "text=Renamed" in render(object=post).select_one("[data-smo-n=telegram]")["href"]

    def test_one_host_never_gets_the_addresses_of_another(self, post, rf):
        template = Template("{% load smo %}{% smo_share post %}")
        evil, good = (
            template.render(Context({"post": post, "request": rf.get("/about/", headers={"host": host})}))
            for host in ("evil.example", "good.example")
        )
        assert "evil.example" in evil
        assert "good.example" in good
        assert "evil.example" not in good

    def test_languages_do_not_mix(self, post, render):
        render(object=post)
        with override("ru"):
            assert render(object=post).select_one("[data-smo-do=save]")["href"].endswith("l=ru")

    def test_while_developing_a_changed_template_shows(self, post, render, settings, monkeypatch):
        settings.DEBUG = True
        render(object=post)
        monkeypatch.setattr(rendering, "render_to_string", lambda *args: "changed")
        assert render(object=post).text == "changed"

    def test_else_it_is_rendered_once(self, post, render, monkeypatch):
        first = render(object=post)
        monkeypatch.setattr(rendering, "render_to_string", lambda *args: "changed")
        assert str(render(object=post)) == str(first)
