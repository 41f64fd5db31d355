"""A locked page is the same for everybody and never holds what it hides; a private request finds that anew."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.translation import override

from smo_kit.core.subjects import Key, key_of
from smo_kit.lock.models import Lock, Spot
from smo_kit.lock.refs import Ref
from tests.apps.lock import paged
from tests.apps.lock.paged import CANARY, SIMPLE
from tests.blog.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.apps.lock.paged")]

WORDS = "what a field says"
SCRIPT = {"X-Smo-Part": "1"}
CACHED = [
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
]


@pytest.fixture(autouse=True)
def as_new():
    paged.RAN.clear()
    paged.SEEN.clear()
    paged.Gate.answer = None
    paged.SOURCE["page"] = SIMPLE


@pytest.fixture
def post(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone", body=f"<b>{WORDS}</b>\n\nand more")


@pytest.fixture
def opened(monkeypatch):
    """Readers with the cookie ``opened`` have opened every lock, or those that it names."""

    def is_open(request, ref, terms):
        names = request.COOKIES.get("opened", "")
        return not terms.is_closed() or names == "all" or ref.name in names.split(",")

    monkeypatch.setattr("smo_kit.lock.views.is_open", is_open)
    monkeypatch.setattr("smo_kit.lock.nodes.is_open", is_open)


@pytest.fixture
def friend(opened):
    """A reader to whom all is open."""
    client = Client()
    client.cookies["opened"] = "all"
    return client


def says(source):
    paged.SOURCE["page"] = source


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def shows(client, path="/locked/bridges/", number=0):
    """Return the private addresses of the locks on a page."""
    response = client.get(path)
    assert response.status_code == 200
    assert CANARY not in response.content.decode()
    return [one["data-smo-lock"] for one in soup_of(response).select(".smo-lock")]


def part(client, address, **headers):
    return client.get(address, headers={**SCRIPT, **headers})


def renew(obj):
    obj.save()
    cache.clear()


class TestPage:
    def test_in_print_it_says_where_it_opens(self, client, post):
        line = soup_of(client.get("/locked/bridges/")).select_one(".smo-lock-print")
        assert line.has_attr("hidden")
        assert line.text.startswith("This part is not printed: it opens at http")
        assert line.text.endswith("/locked/bridges/")

    def test_networks_stand_together_then_their_helper_then_the_other_ways(self, client, post):
        block = soup_of(client.get("/locked/bridges/")).select_one(".smo-lock-offers")
        rows = [row["class"][-1] for row in block.select(".smo-lock-row")]
        assert rows == ["smo-lock-links", "smo-lock-helper", "smo-lock-others"]
        assert [one.text for one in block.select(".smo-lock-or")] == ["or"]
        assert block.select(".smo-lock-first") == []

    def test_a_closed_lock_shows_a_card_and_no_word_of_what_it_hides(self, client, post):
        response = client.get("/locked/bridges/")
        block = soup_of(response).select_one(".smo-lock")
        assert CANARY not in response.content.decode()
        assert block.h2.text == "The rest opens for a small thank-you"
        assert block.select_one(".smo-lock-card > p").text == "To read on: share this page or wait a little."
        assert block["aria-labelledby"] == block.h2["id"]
        assert block.select_one(".smo-lock-part").attrs == {
            "class": ["smo-lock-part"],
            "tabindex": "-1",
        }
        assert block.select_one(".smo-lock-part").contents == []
        assert block.select_one(".smo-lock-how a")["href"] == block["data-smo-lock"]

    def test_the_teaser_is_read_by_everybody(self, client, post):
        says("{% smo_lock object %}<p>How it begins</p>{% smo_locked %}canary-4711{% endsmo_lock %}")
        block = soup_of(client.get("/locked/bridges/")).select_one(".smo-lock")
        assert block.select_one(".smo-lock-teaser p").text == "How it begins"
        assert CANARY not in str(block)

    def test_it_is_the_same_bytes_for_all_who_have_and_have_not_opened_it(self, client, friend, post):
        client.get("/locked/bridges/")
        pages = [one.get("/locked/bridges/") for one in (client, friend, Client())]
        assert len({one.content for one in pages}) == 1
        assert not any(one.cookies for one in pages)
        assert not any("Cookie" in one.headers.get("Vary", "") for one in pages)

    def test_a_warm_page_asks_the_database_nothing_more(self, post, django_assert_num_queries):
        def render():
            request = RequestFactory().get("/locked/bridges/")
            return Template("{% load smo %}" + SIMPLE).render(Context({"request": request, "object": post}))

        cold = render()
        with django_assert_num_queries(0):
            assert render() == cold

    def test_no_cache_of_the_server_holds_what_is_hidden(self, client, friend, post):
        part(friend, shows(client)[0])
        assert CANARY not in str(cache._cache)
        assert any("smo:lock" in key for key in cache._cache)

    def test_a_lock_comes_into_being_with_its_page(self, client, post):
        says('{% smo_lock object "extra" ways="share,sign_in" days=3 %}canary-4711{% endsmo_lock %}')
        client.get("/locked/bridges/")
        spot = Spot.objects.get()
        assert (spot.lock.name, spot.lock.key, spot.source, spot.where) == (
            "extra",
            key_of(post),
            "view",
            "/locked/bridges/",
        )
        assert spot.options == {"ways": ["share", "sign_in"], "days": 3}

    def test_the_name_can_stand_alone(self, client, post):
        says('{% smo_lock "extra" %}canary-4711{% endsmo_lock %}')
        client.get("/locked/bridges/")
        assert (Lock.objects.get().name, Lock.objects.get().key) == ("extra", key_of(post))

    def test_words_of_the_owner_come_first_and_are_no_html(self, client, post):
        Post.objects.update(lead="One\n\nTwo")
        says('{% smo_lock object title="<b>Mine" text=object.lead %}canary-4711{% endsmo_lock %}')
        block = soup_of(client.get("/locked/bridges/")).select_one(".smo-lock")
        assert block.h2.text == "<b>Mine"
        assert [one.text for one in block.select(".smo-lock-card > p")][:2] == ["One", "Two"]

    def test_words_may_be_translated(self, client, post):
        says('{% load i18n %}{% smo_lock object title=_("Back to the page") %}canary-4711{% endsmo_lock %}')
        assert [soup_of(client.get("/locked/bridges/")).h2.text for _ in range(2)] == ["Back to the page"] * 2
        assert Spot.objects.get().options == {"title": "Back to the page"}

    def test_the_second_teaser_stands_there_in_its_turn(self, client, post, monkeypatch):
        says('{% smo_lock object title="First" title_b="Second" %}canary-4711{% endsmo_lock %}')
        for variant, title in (("a", "First"), ("b", "Second")):
            monkeypatch.setattr("smo_kit.lock.trials.variant_of", lambda terms, variant=variant: variant)
            assert soup_of(client.get("/locked/bridges/")).h2.text == title

    def test_a_wrong_option_is_a_fault_and_the_page_stays_locked(self, client, post, caplog):
        says('{% smo_lock object way="share" %}canary-4711{% endsmo_lock %}')
        assert shows(client)
        assert "Did you mean 'ways'?" in caplog.text

    @pytest.mark.parametrize(
        "values",
        [{"is_on": False}, {"starts": timezone.now() + timezone.timedelta(days=1)}, {"ends": timezone.now()}],
        ids=["off", "early", "late"],
    )
    def test_what_is_not_closed_stands_in_the_page(self, client, post, values):
        address = shows(client)[0]
        lock = Lock.objects.get()
        for name, value in values.items():
            setattr(lock, name, value)
        lock.save()
        response = client.get("/locked/bridges/")
        assert CANARY in response.content.decode()
        assert not soup_of(response).select(".smo-lock")
        assert CANARY in part(client, address).content.decode()

    def test_what_is_closed_again_leaves_the_page_at_once(self, client, post):
        client.get("/locked/bridges/")
        Lock.objects.get().delete()
        lock = Lock.objects.create(content_type_id=key_of(post).content_type_id, object_pk=str(post.pk), name="main")
        lock.is_on = False
        lock.save()
        assert CANARY in client.get("/locked/bridges/").content.decode()
        lock.is_on = True
        lock.save()
        assert CANARY not in client.get("/locked/bridges/").content.decode()

    def test_a_database_that_takes_nothing_leaves_it_closed(self, client, post, monkeypatch):
        monkeypatch.setattr("smo_kit.lock.nodes.terms_of", lambda ref, options: None)
        assert shows(client)

    def test_nothing_to_hang_on_is_a_fault_and_shows_nothing(self, client, post, caplog, settings):
        says("{% smo_lock %}Teaser{% smo_locked %}canary-4711{% endsmo_lock %}")
        source = Template("{% load smo %}" + paged.SOURCE["page"])
        request = RequestFactory().get("/nowhere/")
        html = source.render(Context({"request": request}))
        assert html == "Teaser"
        assert "registered object" in caplog.text
        settings.DEBUG = True
        with pytest.raises(ImproperlyConfigured, match="never opens"):
            source.render(Context({"request": request}))

    def test_a_template_without_the_request_hides_all(self, post, caplog):
        html = Template("{% load smo %}" + SIMPLE).render(Context({"object": post}))
        assert html == ""
        assert "with the request" in caplog.text

    def test_a_page_of_a_fixed_route_has_locks_too(self, client, friend):
        says("{% smo_lock %}canary-4711{% endsmo_lock %}")
        assert CANARY in part(friend, shows(client, "/fixed/")[0]).content.decode()

    def test_a_site_without_our_addresses_shows_the_teaser(self, client, post, monkeypatch):
        monkeypatch.setattr("smo_kit.lock.rendering.own_address", lambda *name: "")
        says("{% smo_lock object %}Teaser{% smo_locked %}canary-4711{% endsmo_lock %}")
        assert client.get("/locked/bridges/").content == b"<main>Teaser</main>"

    def test_a_visitor_makes_no_rows_without_end(self, client, friend, post, monkeypatch):
        monkeypatch.setattr("smo_kit.lock.places.MOST_SPOTS", 2)
        for number in range(4):
            address = shows(client, f"/any/bridges/{number}")[0]
        assert set(Spot.objects.values_list("where", flat=True)) == {"/any/bridges/2", "/any/bridges/3"}
        assert CANARY in part(friend, address).content.decode()

    @pytest.mark.parametrize("rest", ["x" * 300, "%00"], ids=["long", "nul"])
    def test_an_address_that_no_table_holds_is_no_error(self, client, post, rest):
        assert shows(client, f"/any/bridges/{rest}")
        assert not Spot.objects.exists()


class TestTwice:
    TWO = "{% smo_lock object %}First{% endsmo_lock %}{% smo_lock object %}canary-4711{% endsmo_lock %}"

    def test_one_name_for_two_is_a_fault_and_the_second_stays_closed(self, client, friend, post, caplog):
        says(self.TWO)
        addresses = shows(client)
        assert "have one name, 'main'" in caplog.text
        assert part(friend, addresses[1]).content == b"First"

    def test_while_developing_it_is_an_error(self, post, settings):
        settings.DEBUG = True
        request = RequestFactory().get("/locked/bridges/")
        with pytest.raises(ImproperlyConfigured, match="Give each its own"):
            Template("{% load smo %}" + self.TWO).render(Context({"request": request, "object": post}))

    def test_the_second_has_no_body_even_when_nothing_is_closed(self, client, post):
        says(self.TWO)
        client.get("/locked/bridges/")
        lock = Lock.objects.get()
        lock.is_on = False
        lock.save()
        html = client.get("/locked/bridges/").content.decode()
        assert "First" in html
        assert CANARY not in html

    def test_two_names_are_two_locks(self, client, friend, post):
        says('{% smo_lock object "a" %}First{% endsmo_lock %}{% smo_lock object "b" %}canary-4711{% endsmo_lock %}')
        addresses = shows(client)
        assert [part(friend, one).content.decode() for one in addresses] == ["First", CANARY]
        assert len({one["id"] for one in soup_of(client.get("/locked/bridges/")).select(".smo-lock")}) == 2


class TestNested:
    SOURCE = (
        '{% smo_lock object "outer" %}Outer{% smo_lock object "inner" %}canary-4711{% endsmo_lock %}{% endsmo_lock %}'
    )

    def opener(self, names):
        client = Client()
        client.cookies["opened"] = names
        return client

    def inner(self):
        ref = next(Ref.unsign(one.split("/")[-2]) for one in self.addresses)
        return f"/smo/lock/{Ref(ref.key, 'inner', ref.source, ref.where, ref.path).sign()}/"

    @pytest.fixture(autouse=True)
    def page(self, client, opened, post):
        says(self.SOURCE)
        self.addresses = shows(client)

    def test_only_the_outer_one_is_seen(self):
        assert len(self.addresses) == 1

    def test_the_opened_outer_one_has_the_inner_one_closed(self):
        html = part(self.opener("outer"), self.addresses[0]).content.decode()
        assert html.startswith("Outer")
        assert CANARY not in html
        assert BeautifulSoup(html, "html.parser").select_one(".smo-lock")["data-smo-lock"] == self.inner()

    def test_the_inner_one_is_found_when_both_are_open(self):
        client = self.opener("outer,inner")
        part(client, self.addresses[0])
        assert part(client, self.inner()).content.decode() == CANARY

    def test_the_inner_one_stays_hidden_in_a_closed_outer_one(self):
        part(self.opener("outer"), self.addresses[0])
        response = part(self.opener("inner"), self.inner())
        assert response.status_code == 404
        assert CANARY not in response.content.decode()


class TestShow:
    def test_who_has_not_opened_it_gets_nothing(self, client, post, opened):
        response = part(client, shows(client)[0])
        assert (response.status_code, response.content) == (204, b"")

    def test_without_script_he_gets_the_page_that_says_how(self, client, post, opened):
        response = client.get(shows(client)[0])
        soup = soup_of(response)
        assert response.status_code == 403
        assert soup.h1.text == "The rest opens for a small thank-you"
        assert "30 days" in soup.select_one(".smo-lock-how").text
        assert soup.select_one(".smo-lock-back")["href"] == f"/locked/bridges/#{soup.select_one('.smo-lock')['id']}"
        assert CANARY not in response.content.decode()

    def test_who_has_opened_it_reads_on(self, client, friend, post):
        response = part(friend, shows(client)[0])
        assert (response.status_code, response.content.decode()) == (200, f"<p>Read on: {CANARY}</p>")
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"

    def test_without_script_he_reads_on_in_the_site_s_frame(self, client, friend, post):
        soup = soup_of(friend.get(shows(client)[0]))
        assert soup.h1.text == "Bridges of stone"
        assert CANARY in soup.select_one(".smo-lock-part").text
        assert soup.select_one(".smo-lock-back")["href"].startswith("/locked/bridges/#smo-lock-")

    @pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
    @pytest.mark.parametrize("who", ["client", "friend"])
    def test_nobody_keeps_or_lists_it(self, request, client, post, opened, headers, who):
        response = request.getfixturevalue(who).get(shows(client)[0], headers=headers)
        assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert "ETag" not in response.headers

    @pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["page", "script"])
    def test_a_forged_lock_is_unknown(self, friend, post, headers):
        key = key_of(post, "en")
        for token in ("nonsense", Ref(key, "main", "view", "/locked/bridges/", "/x/").sign()[:-1] + "!"):
            response = friend.get(f"/smo/lock/{token}/", headers=headers)
            assert response.status_code == 400
            assert "This lock is not known here." in response.content.decode()

    def test_nothing_but_what_is_signed_is_asked_for(self, client, friend, post):
        other = Post.objects.create(slug="other", title="Other")
        response = part(friend, shows(client)[0] + f"?path=/locked/{other.slug}/&lock=x&smo-part=y")
        assert CANARY in response.content.decode()

    def test_a_lock_that_was_never_on_a_page_is_gone(self, friend, post):
        token = Ref(key_of(post, "en"), "main", "view", "/locked/bridges/", "/locked/bridges/").sign()
        assert part(friend, f"/smo/lock/{token}/").status_code == 404

    def test_a_part_that_has_left_its_page_is_gone(self, client, friend, post):
        address = shows(client)[0]
        says("Nothing is here")
        response = friend.get(address)
        assert response.status_code == 404
        assert "Please load the page again." in soup_of(response).h1.text
        assert part(friend, address).json()["state"] == "refused"

    def test_a_page_that_is_not_public_any_more_is_gone(self, client, friend, post):
        address = shows(client)[0]
        post.is_public = False
        renew(post)
        response = friend.get(address)
        assert response.status_code == 404
        assert post.title not in response.content.decode()

    def test_only_reading_is_allowed(self, client, post):
        assert client.post(shows(client)[0]).status_code == 405

    def test_another_host_changes_no_link(self, client, post, opened):
        address = shows(client)[0]
        html = client.get(address, headers={"Host": "evil.example"}).content.decode()
        assert "evil.example" not in html

    @pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "javascript:alert(1)"])
    def test_the_way_back_leads_to_this_site(self, client, post, opened, path):
        shows(client)
        token = Ref(key_of(post, "en"), "main", "view", "/locked/bridges/", path).sign()
        back = soup_of(client.get(f"/smo/lock/{token}/")).select_one(".smo-lock-back")["href"]
        assert not re.match(r"//|/\\|javascript:", back)

    def test_a_database_that_is_away_is_said(self, client, post, monkeypatch):
        def away(*args):
            raise OperationalError

        address = shows(client)[0]
        monkeypatch.setattr("smo_kit.lock.views.terms_of", away)
        for response in (client.get(address), part(client, address)):
            assert response.status_code == 503
            assert "Please try it again in a minute" in response.content.decode()

    def test_it_speaks_the_language_of_the_page(self, friend, post):
        with override("ru"):
            ref = Ref(key_of(post, "ru"), "main", "view", "/locked/bridges/", "/locked/bridges/")
        lock = Lock.objects.create(content_type_id=ref.key.content_type_id, object_pk=ref.key.object_pk, name="main")
        Spot.objects.create(lock=lock, language="ru", source="view", where=ref.where)
        says("{% load i18n %}{% get_current_language as code %}{% smo_lock object %}{{ code }}{% endsmo_lock %}")
        assert part(friend, f"/smo/lock/{ref.sign()}/", **{"Accept-Language": "en"}).content == b"ru"


class TestRunAgain:
    @pytest.mark.parametrize("view", ["lazy", "later", "kept", "any"])
    def test_views_of_all_sorts_are_run(self, client, friend, post, view):
        path = f"/{view}/bridges/" + ("x" if view == "any" else "")
        address = shows(client, path)[0]
        assert [part(friend, address).content.decode() for _ in range(2)] == [f"<p>Read on: {CANARY}</p>"] * 2

    def test_a_kept_page_gets_no_entry_by_it(self, client, friend, post):
        address = shows(client, "/kept/bridges/")[0]
        before = {key for key in cache._cache if "views.decorators" in key}
        assert before
        part(friend, address)
        assert {key for key in cache._cache if "views.decorators" in key} == before
        assert CANARY not in str(cache._cache)

    def test_a_streamed_page_is_said_in_the_log(self, client, friend, post, caplog):
        address = shows(client)[0]
        ref = Ref.unsign(address.split("/")[-2])
        token = Ref(ref.key, ref.name, "view", "/streamed/bridges/", ref.path).sign()

        class Never(paged.StreamingHttpResponse):
            def __init__(self, chunks):
                super().__init__(iter(()))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(paged, "StreamingHttpResponse", Never)
            patch.setattr(paged, "template", lambda: paged.engines["django"].from_string(""))
            response = part(friend, f"/smo/lock/{token}/")
        assert response.status_code == 404
        assert "is streamed" in caplog.text

    def test_the_view_meets_the_reader_and_none_of_his_cookies(self, client, friend, post, admin_user):
        address = shows(client, "/meddling/bridges/")[0]
        friend.force_login(admin_user)
        friend.cookies["opened"] = "all"
        session = friend.session
        session["basket"] = ["bread"]
        session.save()
        part(friend, address, **{"User-Agent": "Reader/1.0", "Host": "news.example", "If-None-Match": "x"})
        seen = paged.SEEN[-1]
        assert seen["cookies"] == {}
        assert seen["user"] == "admin"
        assert seen["session"]["basket"] == ["bread"]
        assert (seen["host"], seen["agent"], seen["language"]) == ("news.example", "Reader/1.0", "en")
        assert not re.search(r"If-None-Match|X-Smo-Part|Cookie", seen["headers"])

    def test_nothing_that_the_view_does_reaches_the_reader(self, client, friend, post, admin_user):
        address = shows(Client(), "/meddling/bridges/")[0]
        friend.force_login(admin_user)
        friend.cookies["opened"] = "all"
        response = part(friend, address)
        assert CANARY in response.content.decode()
        assert "meddled" not in response.cookies
        assert "meddled" not in friend.session
        assert "meddled" not in str(response.cookies)

    def test_a_form_that_was_hidden_can_be_sent(self, client, friend, post):
        says("{% smo_lock object %}<form>{% csrf_token %}</form>{% endsmo_lock %}")
        address = shows(client)[0]
        response = part(friend, address)
        assert "csrftoken" in response.cookies
        first = response.cookies["csrftoken"].value
        response = part(friend, address)
        assert response.cookies.get("csrftoken") is None or response.cookies["csrftoken"].value == first
        assert BeautifulSoup(response.content, "html.parser").input["value"]

    def test_the_site_s_redirect_is_passed_on(self, client, friend, post):
        address = shows(client, "/refusing/bridges/")[0]
        response = friend.get(address, headers={"X-Answer": "redirect"})
        assert (response.status_code, response.headers["Location"]) == (302, "/pay/?next=/refusing/bridges/")
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]

    @pytest.mark.parametrize(("kind", "status"), [("denied", 403), ("teapot", 418)])
    def test_the_site_s_other_answers_too(self, client, friend, post, kind, status):
        address = shows(client, "/refusing/bridges/")[0]
        response = friend.get(address, headers={"X-Answer": kind})
        assert response.status_code == status
        assert CANARY not in response.content.decode()

    @pytest.mark.parametrize("kind", ["redirect", "denied", "teapot"])
    def test_a_script_is_told_to_load_the_page(self, client, friend, post, kind):
        address = shows(client, "/refusing/bridges/")[0]
        response = part(friend, address, **{"X-Answer": kind})
        assert response.status_code == 403
        assert "load it again" in response.json()["sentence"]

    @pytest.mark.parametrize("kind", ["missing", "broken"])
    def test_a_page_that_breaks_is_gone(self, client, friend, post, kind):
        address = shows(client, "/refusing/bridges/")[0]
        assert part(friend, address, **{"X-Answer": kind}).status_code == 404


class TestMiddleware:
    @pytest.fixture(autouse=True)
    def gate(self, settings):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.apps.lock.paged.Gate"]

    def test_it_is_asked_before_the_view(self, client, friend, post):
        address = shows(client)[0]
        paged.Gate.answer = paged.HttpResponseRedirect("/pay/")
        assert friend.get(address).headers["Location"] == "/pay/"
        paged.Gate.answer = paged.HttpResponse("no", status=403)
        assert friend.get(address).content == b"no"
        assert part(friend, address).status_code == 403
        paged.Gate.answer = paged.HttpResponse("How old are you?")
        assert friend.get(address).content == b"How old are you?"
        assert part(friend, address).status_code == 403

    def test_what_it_says_of_the_reader_is_known_to_the_view(self, client, friend, post):
        says("{% smo_lock object %}{{ request.gate }}{% endsmo_lock %}")
        assert part(friend, shows(client)[0]).content == b"passed"

    def test_a_gate_before_any_view_is_asked_where_it_is_named(self, client, friend, post, settings, monkeypatch):
        address = shows(client)[0]
        settings.SMO_KIT = {**settings.SMO_KIT, "LOCK": {"gates": ("tests.apps.lock.paged.Early",)}}
        assert CANARY in friend.get(address).content.decode()
        monkeypatch.setattr(paged.Early, "answer", paged.HttpResponse("How old are you?"))
        assert friend.get(address).content == b"How old are you?"
        assert part(friend, address).status_code == 403
        monkeypatch.setattr(paged.Early, "answer", paged.HttpResponseRedirect("/pay/"))
        assert friend.get(address).headers["Location"] == "/pay/"

    def test_gates_are_asked_in_their_order(self, client, friend, post, settings, monkeypatch):
        address = shows(client)[0]
        gates = ("tests.apps.lock.paged.Earlier", "tests.apps.lock.paged.Early")
        settings.SMO_KIT = {**settings.SMO_KIT, "LOCK": {"gates": gates}}
        monkeypatch.setattr(paged.Early, "answer", paged.HttpResponse("second"))
        monkeypatch.setattr(paged.Earlier, "answer", paged.HttpResponse("first"))
        assert friend.get(address).content == b"first"

    def test_a_gate_that_is_not_there_is_found_by_check(self, settings):
        settings.SMO_KIT = {"LOCK": {"gates": ("tests.apps.lock.paged.Nowhere",)}}
        found = [one for one in run_checks(tags=["smo_kit"]) if "gates" in one.msg]
        assert len(found) == 1
        assert "Nowhere" in found[0].msg

    def test_django_s_own_for_members_leads_to_sign_in(self, client, friend, post, settings):
        address = shows(client)[0]
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("smo_kit.lock.views.show.login_required", False, raising=False)
            response = friend.get(address)
        assert response.headers["Location"] == "/accounts/login/?next=/locked/bridges/"


class TestCaches:
    def test_a_kept_fragment_is_looked_through(self, client, friend, post):
        says("{% cache 600 part object.pk %}" + SIMPLE + "{% endcache %}")
        for _ in ("cold", "warm"):
            address = shows(client)[0]
            assert CANARY in part(friend, address).content.decode()
        assert CANARY not in str(cache._cache)

    def test_a_fragment_that_is_kept_inside_of_the_part_is_not_filled_by_it(self, client, friend, post):
        says("{% smo_lock object %}{% cache 600 inside object.pk %}canary-4711{% endcache %}{% endsmo_lock %}")
        assert part(friend, shows(client)[0]).content.decode() == CANARY
        assert CANARY not in str(cache._cache)

    def test_the_cached_page_is_right_for_both_readers(self, settings, client, friend, post):
        settings.MIDDLEWARE = CACHED
        address = shows(client)[0]
        pages = [one.get("/locked/bridges/") for one in (client, friend, client)]
        assert len(paged.RAN) == 1
        assert len({(one.content, one.headers["ETag"], one.headers["Content-Length"]) for one in pages}) == 1
        assert not any("Set-Cookie" in one.headers or one.cookies or one.has_header("Vary") for one in pages)
        etag = pages[0].headers["ETag"]
        for one in (client, friend):
            same = one.get("/locked/bridges/", headers={"If-None-Match": etag})
            assert (same.status_code, same.content) == (304, b"")
        assert part(client, address).status_code == 204
        assert CANARY in part(friend, address).content.decode()
        assert part(client, address).status_code == 204
        assert CANARY not in str(cache._cache)
        assert client.get("/locked/bridges/").content == pages[0].content


class TestField:
    def test_it_is_found_without_a_run_of_the_view(self, client, friend, post):
        says('{% smo_lock object field="body" %}<p>Teaser</p>{% endsmo_lock %}')
        address = shows(client)[0]
        assert soup_of(client.get("/locked/bridges/")).select_one(".smo-lock-teaser p").text == "Teaser"
        paged.RAN.clear()
        response = part(friend, address)
        assert response.content.decode() == f"<p>&lt;b&gt;{WORDS}&lt;/b&gt;</p>\n\n<p>and more</p>"
        assert paged.RAN == []

    def test_the_page_does_not_read_the_field(self, client, post, monkeypatch):
        def read(self):
            raise AssertionError

        monkeypatch.setattr(Post, "secret", property(read), raising=False)
        says('{% smo_lock object field="secret" %}{% endsmo_lock %}')
        assert shows(client)

    @pytest.mark.parametrize(
        ("value", "html"),
        [
            (property(lambda self: paged.engines["django"].from_string("<i>x</i>").render()), "<i>x</i>"),
            (lambda self: "a < b", "<p>a &lt; b</p>"),
            (property(lambda self: None), ""),
            (property(lambda self: 7), "<p>7</p>"),
        ],
        ids=["safe", "method", "nothing", "number"],
    )
    def test_what_it_says_is_html_only_if_it_is_safe(self, client, friend, post, monkeypatch, value, html):
        monkeypatch.setattr(Post, "secret", value, raising=False)
        says('{% smo_lock object field="secret" %}{% endsmo_lock %}')
        assert part(friend, shows(client)[0]).content.decode() == html

    @pytest.mark.parametrize("field", ["bodi", "_meta", "delete", ""])
    def test_what_is_no_field_is_a_fault(self, client, post, caplog, field):
        says(f'{{% smo_lock object field="{field}" %}}Teaser{{% endsmo_lock %}}')
        assert client.get("/locked/bridges/").content == b"<main>Teaser</main>"
        assert f"{field!r}" in caplog.text or f".{field}" in caplog.text

    def test_what_is_not_public_is_shown_to_its_editors_alone(self, client, friend, post, admin_user):
        says('{% smo_lock object field="body" %}{% endsmo_lock %}')
        address = shows(client)[0]
        Post.objects.update(is_public=False)
        assert part(friend, address).status_code == 404
        friend.force_login(admin_user)
        friend.cookies["opened"] = "all"
        assert WORDS in part(friend, address).content.decode()

    def test_a_deleted_object_is_gone(self, client, friend, post):
        says('{% smo_lock object field="body" %}{% endsmo_lock %}')
        address = shows(client)[0]
        Post.objects.all().delete()
        assert part(friend, address).status_code == 404

    def test_what_is_not_closed_stands_in_the_page(self, client, post):
        says('{% smo_lock object field="body" %}Teaser{% endsmo_lock %}')
        client.get("/locked/bridges/")
        lock = Lock.objects.get()
        lock.is_on = False
        lock.save()
        html = client.get("/locked/bridges/").content.decode()
        assert html.startswith(f"<main>Teaser<p>&lt;b&gt;{WORDS}")

    @pytest.mark.parametrize("teaser", ["", "a"])
    def test_nothing_may_stand_after_the_teaser(self, teaser):
        with pytest.raises(TemplateSyntaxError, match="nothing may stand after"):
            Template(f'{{% load smo %}}{{% smo_lock x field="body" %}}{teaser}{{% smo_locked %}}b{{% endsmo_lock %}}')

    def test_a_lock_that_inheritance_would_step_over_is_refused(self):
        start = "{% extends 'blog/page.html' %}{% load smo %}"
        with pytest.raises(TemplateSyntaxError, match="hide nothing"):
            Template(start + "{% smo_lock x %}{% block a %}secret{% endblock %}{% endsmo_lock %}")
        assert Template(start + "{% block a %}{% smo_lock x %}secret{% endsmo_lock %}{% endblock %}")

    def test_a_lock_takes_two_things_at_most(self):
        with pytest.raises(TemplateSyntaxError, match="not 3 things"):
            Template("{% load smo %}{% smo_lock a b c %}{% endsmo_lock %}")

    def test_without_a_request_the_page_is_that_of_the_card(self, post):
        html = Template('{% load smo %}{% smo_lock object field="body" %}{% endsmo_lock %}').render(
            Context({"object": post})
        )
        token = BeautifulSoup(html, "html.parser").section["data-smo-lock"].split("/")[-2]
        assert Ref.unsign(token).path == "/locked/bridges/"
        assert Ref.unsign(token).key == Key(key_of(post).content_type_id, str(post.pk), "en")
