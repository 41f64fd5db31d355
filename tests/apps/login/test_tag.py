"""``{% smo_login %}``: what stands in any page."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve
from django.utils.translation import override

from smo_kit.core import own_urls
from smo_kit.core.subjects import Key, key_of
from smo_kit.login import tags
from tests.apps.login.networks import THREE
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_ways(settings):
    settings.SOCIALACCOUNT_PROVIDERS = THREE


@pytest.fixture
def post():
    return Post.objects.create(slug="tea", title="Tea")


def html(options: str = "", path: str = "/about/", **context) -> str:
    request = RequestFactory().get(path)
    request.resolver_match = resolve(request.path)
    template = Template(f"{{% load smo %}}{{% smo_login {options} %}}")
    return template.render(Context({"request": request, **context}))


def rendered(options: str = "", path: str = "/about/", **context) -> BeautifulSoup:
    return BeautifulSoup(html(options, path, **context), "html.parser")


class TestButtons:
    def test_each_way_has_one_with_a_name(self):
        buttons = rendered().select("form[method=post][action='/smo/login/start/'] button[name=with]")
        assert [(one["value"], one.get_text().strip()) for one in buttons] == [
            ("github", "Continue with GitHub"),
            ("uni", "Continue with University <of> Tea"),
            ("vk", "Continue with VK"),
        ]

    def test_each_has_a_mark_that_is_not_read_out(self):
        marks = rendered().select("button svg")
        assert [one["aria-hidden"] for one in marks] == ["true"] * 3
        assert [one["color"] for one in marks][2] == "#0070f1"
        assert all(one.find(True) for one in marks)

    def test_the_page_is_where_the_reader_comes_back_without_what_only_he_has_in_its_address(self):
        form = rendered(path="/about/?utm_source=mail").form
        assert form.select_one("[name=next]")["value"] == "/about/"
        assert form.has_attr("data-smo-here")  # the script adds the rest

    def test_what_he_reads_goes_along(self, post):
        field = rendered("post", post=post).select_one("[name=o]")
        assert Key.unsign(field["value"]) == key_of(post)

    def test_no_token_stands_in_a_page_that_is_kept(self):
        assert "csrf" not in html(csrf_token="secret")

    def test_another_address_to_go_on_to_can_be_given(self):
        page = rendered('next="/posts/tea/?a=1&b=2"', csrf_token="token")
        assert page.select_one("[name=next]")["value"] == "/posts/tea/?a=1&b=2"
        assert page.select_one("[name=csrfmiddlewaretoken]")["value"] == "token"
        assert not page.form.has_attr("data-smo-here")

    @pytest.mark.parametrize("hostile", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil"])
    def test_no_address_leads_to_another_site(self, hostile):
        assert rendered("next=hostile", hostile=hostile).select_one("[name=next]")["value"] == "/"

    def test_who_has_a_password_finds_the_page_of_all_ways(self):
        assert rendered().select_one("p a")["href"] == "/smo/login/?next=%2Fabout%2F"

    def test_a_heading_stands_above(self):
        assert rendered("title=words", words="Join <us>").h2.text == "Join <us>"
        assert rendered().h2 is None

    def test_style_and_script_come_along(self):
        page = rendered()
        assert page.link["href"] == "/static/smo_kit/login/login.css"
        assert (page.script["type"], page.script["src"]) == ("module", "/static/smo_kit/login/login.js")

    def test_the_order_is_the_sites(self, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "LOGIN": {"order": ("vk",), "hidden": ("github",)}}
        assert [one["value"] for one in rendered().select("button")] == ["vk", "uni"]


class TestLink:
    def test_leads_to_the_page_of_all_ways_and_back(self):
        link = rendered('look="link"').select_one("a.smo-sign-in")
        assert (link["href"], link.text, link["rel"]) == ("/smo/login/?next=%2Fabout%2F", "Sign in", ["nofollow"])

    def test_knows_where_the_script_asks_and_what_it_loads(self):
        with override("ru"):
            link = rendered('look="link"').a
        assert link["data-smo-me"] == "/smo/login/me/?l=ru"
        assert link["data-smo-own"] == "/static/smo_kit/login/own.js"

    def test_on_a_page_that_nobody_keeps_it_names_who_is_signed_in(self, rf, django_user_model):
        ada = django_user_model(username="ada", first_name="Ada", last_name="<King>")
        request = rf.get("/smo/notify/")
        request.resolver_match, request.user = resolve("/about/"), ada
        link = Template('{% load smo %}{% smo_login look="link" %}')
        own = BeautifulSoup(link.render(Context({"request": request, "is_unstored": True})), "html.parser").a
        assert (own.text, own["href"]) == ("Ada <King>", "/smo/login/account/")
        public = link.render(Context({"request": request}))
        request.user = AnonymousUser()
        assert public == link.render(Context({"request": request}))
        assert link.render(Context({"request": request, "is_unstored": True})) == public

    def test_its_words_can_be_chosen(self):
        assert rendered('look="link" label=words', words="Come <in>").a.text == "Come <in>"

    @pytest.mark.parametrize("path", ["/smo/login/", "/smo/login/start/", "/smo/login/password/", "/accounts/login/"])
    def test_does_not_stand_on_the_page_that_it_leads_to(self, path):
        assert html('look="link"', path) == ""

    def test_stands_for_buttons_where_the_site_has_only_passwords(self, settings):
        settings.SOCIALACCOUNT_PROVIDERS = {}
        assert rendered().a["class"] == ["smo-sign-in"]


class TestNothing:
    def test_of_a_site_without_any_way(self, settings, monkeypatch):
        settings.SOCIALACCOUNT_PROVIDERS = {}
        monkeypatch.setattr(tags, "has_password", lambda: False)
        assert html() == html('look="link"') == ""

    @pytest.mark.parametrize("look", ["buttons", "link"])
    def test_without_our_urls(self, monkeypatch, caplog, look):
        def no_urls(name, args=()):
            raise NoReverseMatch(name)

        monkeypatch.setattr(own_urls, "reverse", no_urls)
        assert html(f'look="{look}"') == ""
        assert "has no address" in caplog.text

    def test_of_a_wrong_option(self, caplog):
        assert html('look="big"') == html()
        assert "must be one of 'buttons', 'link'" in caplog.text


class TestSameForEverybody:
    @pytest.mark.parametrize("look", ["buttons", "link"])
    def test_whoever_reads(self, look):
        ada = get_user_model().objects.create_user("ada")
        first = html(f'look="{look}"')
        cache.clear()
        assert html(f'look="{look}"', user=ada) == first

    @pytest.mark.parametrize("look", ["buttons", "link"])
    def test_a_warm_one_asks_no_query(self, post, look, django_assert_num_queries):
        html(f'look="{look}"', object=post)
        with django_assert_num_queries(0):
            html(f'look="{look}"', object=post)

    def test_languages_do_not_mix(self):
        assert "VK" in html()
        with override("ru"):
            assert "ВКонтакте" in html()

    def test_an_application_that_is_gone_has_no_button(self, settings):
        html()
        settings.SOCIALACCOUNT_PROVIDERS = {"vk": THREE["vk"]}
        cache.delete("smo:login:apps:1:en")
        assert [one["value"] for one in rendered().select("button")] == ["vk"]

    def test_a_site_without_a_request_has_buttons_too(self):
        page = Template("{% load smo %}{% smo_login %}").render(Context())
        assert BeautifulSoup(page, "html.parser").select_one("[name=next]")["value"] == "/"
