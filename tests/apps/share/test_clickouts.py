"""The way out: who presses a button gets a link of his own; whoever does not, the page's own address, and no trace."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client, TestCase
from django.utils.translation import override

from smo_kit.core.identities import identities
from smo_kit.core.models import Place
from smo_kit.core.signals import engaged
from smo_kit.core.subjects import Key, key_of
from smo_kit.core.visitors import COOKIE, visitor_of
from smo_kit.engagement.services import counts
from smo_kit.networks.registry import networks_that_can
from smo_kit.share import clickouts
from smo_kit.share.conf import share_settings
from smo_kit.share.errands import Errand
from smo_kit.share.links import out_address
from smo_kit.share.models import PersonalLink
from smo_kit.share.parcels import Parcel
from smo_kit.share.proofs import BROWSER
from smo_kit.share.quotes import Part
from smo_kit.share.services import buttons_for
from smo_kit.share.signals import went_out
from smo_kit.share.tokens import link_of
from tests.apps.share.going import PRESSED, TOKEN, go_out, plainly, shared_address

pytestmark = pytest.mark.django_db
PAGE = "http://testserver/posts/tea/"
SHARING = networks_that_can("share")
(SERVED,) = (one.id for one in SHARING if one.share.needs_instance)
NOBODY = {
    "a prefetch": {"sec_purpose": "prefetch"},
    "a prerender": {"sec_purpose": "prefetch;prerender"},
    "a search robot": {"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    "a preview": {"user_agent": "TelegramBot (like TwitterBot)"},
    "a library": {"user_agent": "python-requests/2.32"},
    "no agent": {"user_agent": ""},
    "a picture": {"sec_fetch_dest": "image"},
    "a frame": {"sec_fetch_dest": "iframe"},
    "a script": {"sec_fetch_dest": "empty"},
    "another site": {"sec_fetch_site": "cross-site"},
    "a sibling site": {"sec_fetch_site": "same-site"},
    "another site, old browser": {"sec_fetch_site": "", "referer": "https://evil.example/"},
    "a namesake, old browser": {"sec_fetch_site": "", "referer": "http://testserver.evil.example/"},
    "another port, old browser": {"sec_fetch_site": "", "referer": "http://testserver:8001/"},
}
PEOPLE = {
    "an old browser": {"sec_fetch_site": "", "sec_fetch_dest": ""},
    "an old browser from our page": {"sec_fetch_site": "", "referer": "http://testserver/posts/tea/"},
    "one that says its origin only": {"sec_fetch_site": "", "referer": "http://testserver/"},
    "who typed it": {"sec_fetch_site": "none"},
    "who opens a new tab": {"sec_fetch_site": "same-origin", "sec_fetch_user": "?1"},
}


class TestPress:
    def test_leads_to_the_network_with_a_link_of_his_own(self, client, post):
        answer = go_out(client, post, "vk")
        link = PersonalLink.objects.get()
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("https://vk.com/share.php?")
        assert shared_address(answer) == f"http://testserver/s/{link.token}/"
        assert (link.key, link.network, link.times) == (key_of(post, "en"), "vk", 1)
        assert link.home

    def test_gives_the_cookie_by_which_he_is_known(self, client, post):
        answer = go_out(client, post)
        cookie = answer.cookies[COOKIE]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        visitor = visitor_of(client.get("/about/").wsgi_request)
        assert PersonalLink.objects.get().sharer == identities(visitor, BROWSER)[0]

    def test_again_is_the_same_link(self, client, post):
        assert shared_address(go_out(client, post)) == shared_address(go_out(client, post))
        assert PersonalLink.objects.get().times == 2

    def test_of_another_browser_is_another(self, client, post):
        assert shared_address(go_out(client, post)) != shared_address(go_out(Client(), post))

    def test_after_signing_in_the_link_is_the_member_s(self, client, post):
        go_out(client, post)
        anna = get_user_model().objects.create_user("anna")
        client.force_login(anna)
        go_out(client, post)
        assert PersonalLink.objects.get().user == anna

    def test_is_in_no_cache_and_no_search_engine(self, client, post):
        answer = go_out(client, post)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"

    @pytest.mark.parametrize("said", PEOPLE.values(), ids=PEOPLE)
    def test_is_that_of_a_person(self, client, post, said):
        assert re.search(TOKEN, plainly(go_out(client, post, **said)))

    def test_is_told_before_the_answer(self, client, post):
        heard = []

        def hear(sender, link, visitor, request, **kwargs):
            heard.append((sender, link.pk, visitor, request.GET["l"]))

        went_out.connect(hear)
        try:
            client.get(out_address(key_of(post, "en"), "vk", {"l": "word"}), headers=PRESSED)
        finally:
            went_out.disconnect(hear)
        visitor = visitor_of(client.get("/about/").wsgi_request)
        assert heard == [(PersonalLink, PersonalLink.objects.get().pk, visitor, "word")]

    def test_goes_on_though_a_listener_fails(self, client, post):
        def fail(**kwargs):
            raise RuntimeError

        went_out.connect(fail)
        try:
            assert go_out(client, post).status_code == 302
        finally:
            went_out.disconnect(fail)

    def test_speaks_the_page_s_language(self, client, story):
        assert "Чай" in plainly(go_out(client, story, "vk", "ru"))
        assert "Tea" in plainly(go_out(client, story, "vk", "en", accept_language="ru"))

    def test_of_a_place(self, client):
        place = Place.objects.create(path="/about/", words={"en": {"title": "About us"}})
        assert "About us" in plainly(go_out(client, place))

    def test_of_another_host_is_refused_or_follows_base_url(self, client, post, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"base_url": "https://example.org"}}
        said = {"host": "evil.example", "sec-fetch-site": "same-origin"}
        assert shared_address(go_out(client, post, **said)).startswith("https://example.org/s/")
        settings.ALLOWED_HOSTS = ["testserver"]
        assert go_out(client, post, **said).status_code == 400


class TestNobody:
    @pytest.mark.parametrize("said", NOBODY.values(), ids=NOBODY)
    def test_gets_the_page_s_own_address_and_leaves_no_trace(self, client, post, said):
        answer = go_out(client, post, **said)
        assert shared_address(answer) == PAGE
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies
        assert not PersonalLink.objects.exists()
        assert counts(post) == {}

    def test_asks_for_the_head_only(self, client, post):
        answer = client.head(out_address(key_of(post, "en"), "vk"), headers=PRESSED)
        assert (shared_address(answer), answer.cookies, PersonalLink.objects.count()) == (PAGE, {}, 0)

    def test_sends_a_form(self, client, post):
        assert client.post(out_address(key_of(post, "en"), "vk"), headers=PRESSED).status_code == 405

    def test_who_presses_too_often(self, client, post, share):
        share(links_an_hour=2)
        answers = [go_out(Client(), post) for _ in range(3)]
        assert [bool(re.search(TOKEN, plainly(one))) for one in answers] == [True, True, False]
        assert not answers[2].cookies

    def test_a_site_that_can_t_write_now(self, client, post, monkeypatch):
        def fail(*args, **kwargs):
            raise DatabaseError

        monkeypatch.setattr(clickouts, "mint", fail)
        answer = go_out(client, post)
        assert (answer.status_code, shared_address(answer), answer.cookies) == (302, PAGE, {})

    def test_the_page_s_own_address_has_utm_marks_where_the_site_wants_them(self, client, post, share):
        share(utm=True)
        marks = "utm_source=vk&utm_medium=social&utm_campaign=share"
        assert shared_address(go_out(client, post, user_agent="")) == f"{PAGE}?{marks}"
        assert "utm" not in plainly(go_out(client, post))


class TestRefusals:
    def refused(self, client, path, status):
        answer = client.get(path, headers=PRESSED)
        assert answer.status_code == status
        assert not answer.cookies
        assert not PersonalLink.objects.exists()
        assert "no-store" in answer.headers["Cache-Control"]
        return unescape(answer.text)

    @pytest.mark.parametrize("network_id", ["nowhere", "copy", "github", "skype", "%00", "чай"])
    def test_a_network_that_nothing_can_be_shared_to(self, client, post, network_id):
        path = f"/smo/out/{quote(network_id, safe='%')}/?o={key_of(post, 'en').sign()}"
        assert "choose another" in self.refused(client, path, 404)

    @pytest.mark.parametrize("key", ["", "x", "1.en.1:forged"])
    def test_a_forged_key(self, client, key):
        assert "not whole" in self.refused(client, f"/smo/out/vk/?o={key}", 400)

    def test_a_key_that_was_changed(self, client, post):
        signed = key_of(post, "en").sign().replace(f".{post.pk}:", f".{post.pk + 1}:")
        assert "not whole" in self.refused(client, f"/smo/out/vk/?o={signed}", 400)

    def test_a_page_that_is_not_public(self, client, post):
        post.is_public = False
        post.save()
        assert "not everybody may see it" in self.refused(client, out_address(key_of(post, "en"), "vk"), 404)

    def test_an_editor_s_draft_is_not_shared_either(self, admin_client, post):
        post.is_public = False
        post.save()
        self.refused(admin_client, out_address(key_of(post, "en"), "vk"), 404)

    def test_a_page_that_is_gone_or_never_was(self, client, post):
        key = key_of(post, "en")
        post.delete()
        for one in (key, Key(987654, "1", "en"), Key(key.content_type_id, "no number", "en")):
            self.refused(client, out_address(one, "vk"), 404)

    def test_a_page_that_is_kept_from_networks(self, client, post, monkeypatch):
        shown = clickouts.shown

        def kept(key):
            page, card = shown(key)
            object.__setattr__(card, "shareable", False)
            return page, card

        monkeypatch.setattr(clickouts, "shown", kept)
        assert "not meant to be shared" in self.refused(client, out_address(key_of(post, "en"), "vk"), 403)
        cache.clear()

    def test_somebody_else_s_words(self, client, post):
        parcel = Parcel(Part(quote="We lie")).sign(Key(1, "1", "en"))
        assert "not whole" in self.refused(client, out_address(key_of(post, "en"), "vk", {"p": parcel}), 400)


class TestCount:
    """Where personal links are on the server counts, and the button says nothing."""

    def test_a_press_counts_once(self, client, post):
        go_out(client, post)
        go_out(client, post)
        assert counts(post) == {"vk": 1}

    def test_a_press_that_the_page_reports_too_counts_once(self, client, post):
        go_out(client, post)
        told = {"o": key_of(post).sign(), "k": "shared", "n": "vk"}
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert client.post("/smo/seen/", told, headers=PRESSED).status_code == 204
        assert counts(post) == {"vk": 1}

    def test_each_network_counts_for_itself(self, client, post):
        go_out(client, post, "vk")
        go_out(client, post, "telegram")
        assert counts(post) == {"vk": 1, "telegram": 1}

    def test_an_editor_s_own_press_is_none_but_he_has_his_link(self, admin_client, post):
        assert re.search(TOKEN, plainly(go_out(admin_client, post)))
        assert counts(post) == {}

    def test_listeners_hear_who_it_was(self, client, post):
        heard = []

        def hear(kind, facet, visitor, **kwargs):
            heard.append((kind, facet, visitor))

        engaged.connect(hear)
        try:
            go_out(client, post)
        finally:
            engaged.disconnect(hear)
        assert heard == [("shared", "opened", visitor_of(client.get("/about/").wsgi_request))]

    @pytest.mark.parametrize("personal", [True, False])
    def test_the_button_tells_only_where_it_goes_straight(self, post, render, share, personal):
        share(personal=personal, networks=["vk", "copy"])
        soup = render(object=post)
        assert bool(soup.select("[data-smo-n=vk][data-smo-told]")) is personal
        assert soup.select_one("[data-smo-n=copy]").get("data-smo-told") is None


class TestServer:
    """A network where every reader has a server of his own."""

    def test_is_asked_for_with_the_personal_link(self, client, post):
        answer = go_out(client, post, SERVED)
        assert answer.headers["Location"].startswith("/smo/ask/?p=")
        page = client.get(answer.headers["Location"])
        assert f"/s/{PersonalLink.objects.get().token}/" in page.text

    def test_that_the_browser_remembers_is_gone_to_straight(self, client, post):
        way = f"{out_address(key_of(post, 'en'), SERVED)}&to=social.example.org"
        answer = client.get(way, headers=PRESSED)
        assert answer.headers["Location"].startswith("https://social.example.org/")
        assert f"/s/{PersonalLink.objects.get().token}/" in plainly(answer)

    @pytest.mark.parametrize("server", ["", "localhost", "127.0.0.1", "evil.example:80@x", "a b", "http://"])
    def test_that_is_none_is_asked_for(self, client, post, server):
        answer = client.get(f"{out_address(key_of(post, 'en'), SERVED)}&to={quote(server)}", headers=PRESSED)
        assert answer.headers["Location"].startswith("/smo/ask/")

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
    def test_that_no_page_of_ours_names_is_not_gone_to(self, client, post, site):
        way = f"{out_address(key_of(post, 'en'), SERVED)}&to=evil.example.org"
        answer = client.get(way, headers=PRESSED | {"sec-fetch-site": site})
        assert answer.headers["Location"].startswith("/smo/ask/")

    def test_is_put_into_the_button_s_own_address(self, post, render, share):
        share(personal=True, networks=[SERVED])
        button = render(object=post).select_one(f"[data-smo-n={SERVED}]")
        assert button["data-smo-to"] == f"{button['href']}&to=instance.invalid"


@pytest.mark.parametrize("one", SHARING, ids=lambda one: one.id)
class TestEveryNetwork:
    def test_gets_what_its_plain_button_has_with_another_address(self, client, post, share, one):
        share(personal=False, networks=[one.id], hashtags=[one.id], texts=["*: {title} – {summary} {site}"], via="tea")
        with override("en"):
            (plain,) = buttons_for(clickouts.shown(key_of(post, "en"))[1], request=client.get("/about/").wsgi_request)
        personal, nobody = go_out(client, post, one.id), go_out(Client(), post, one.id, user_agent="")
        assert nobody.headers["Location"] == plain.href
        link = f"http://testserver/s/{PersonalLink.objects.get().token}/"
        if one.share.needs_instance:
            sent, own = (Errand.unsign(parsed(href)) for href in (personal.headers["Location"], plain.href))
            assert (sent.url, sent.text, own.text) == (link, own.text, sent.text)
        else:
            spread = plain.href.replace(quote(PAGE, safe=""), quote(link, safe=""))
            assert personal.headers["Location"] == spread

    def test_its_button_leads_out(self, post, render, share, one):
        share(personal=True, networks=[one.id])
        button = render(object=post).select_one(f"[data-smo-n={one.id}]")
        assert button["href"] == out_address(key_of(post, "en"), one.id)

    def test_its_button_opens_a_tab_only_for_a_page(self, post, render, share, one):
        share(personal=True, networks=[one.id])
        has_page = one.share.address.startswith("https://")
        assert ("target" in render(object=post).select_one(f"[data-smo-n={one.id}]").attrs) is has_page


def parsed(href):
    return href.partition("?p=")[2].replace("%3A", ":")


class TestButtons:
    def test_go_straight_unless_the_site_wants_it(self, post, render, share):
        share(networks=["vk"])
        assert render(object=post).select_one("[data-smo-n=vk]")["href"].startswith("https://vk.com/")

    def test_lead_out_where_one_tag_wants_it(self, post, render, share):
        share(networks=["vk"])
        assert render("personal=True", object=post).select_one("[data-smo-n=vk]")["href"].startswith("/smo/out/vk/")

    def test_what_needs_no_network_stays_as_it_is(self, post, render, share):
        share(personal=True, networks=["copy", "qr", "print", "device"])
        soup = render(object=post)
        assert soup.select_one("[data-smo-n=copy]")["href"] == PAGE
        assert soup.select_one("[data-smo-n=qr]")["href"].startswith("/smo/qr/")
        assert "/smo/out/" not in str(soup)

    def test_of_a_page_without_a_key_go_straight(self, render, share):
        share(personal=True, networks=["vk"])
        assert "/smo/out/" not in str(render(path="/any/where/"))

    def test_are_the_same_for_everybody(self, client, post, share):
        share(personal=True)
        before = Client().get("/posts/tea/").content
        go_out(client, post)
        assert client.get("/posts/tea/").content == before

    def test_carry_the_language_of_the_page(self, story, render, share):
        share(personal=True, networks=["vk"])
        telling = story.tellings.get(language="ru")
        with override("ru"):
            button = render(object=telling).select_one("[data-smo-n=vk]")
        assert button["href"] == out_address(key_of(story, "ru"), "vk")

    def test_say_what_the_tag_says(self, client, post, render, share):
        share(networks=["vk"])
        soup = render('personal=True texts="nothing"', object=post)
        assert "&p=" not in soup.select_one("[data-smo-n=vk]")["href"]
        with_words = share_settings.conf(networks=("telegram",), texts=("telegram: Look: {title}",), personal=True)
        parcel = Parcel.packed(Part(), with_words)
        key = key_of(post, "en")
        answer = client.get(out_address(key, "telegram", {"p": parcel.sign(key)}), headers=PRESSED)
        assert "Look: Tea & <rum>" in plainly(answer)


class TestParts:
    def test_a_quote_is_shared_with_a_personal_link_that_leads_to_it(self, client, post, show, share):
        share(personal=True, quote_networks=["telegram"])
        soup = show('{% smo_quote author="Ada" %}Tea is good.{% endsmo_quote %}', object=post)
        answer = client.get(soup.select_one("[data-smo-n=telegram]")["href"], headers=PRESSED)
        assert "“Tea is good.” — Ada" in plainly(answer)
        token = PersonalLink.objects.get().token
        assert shared_address(answer) == f"http://testserver/s/{token}/#:~:text=Tea%20is%20good."

    def test_a_picture_is_the_one_that_is_shared(self, client, post, show, share):
        share(personal=True, networks=["pinterest"])
        soup = show('{% smo_pictures %}<img src="/a.jpg" alt="A cup">{% endsmo_pictures %}', object=post)
        answer = client.get(soup.select_one("[data-smo-n=pinterest]")["href"], headers=PRESSED)
        assert shared_address(answer, "media") == "http://testserver/a.jpg"
        assert "A cup" in plainly(answer)
        assert re.search(TOKEN, plainly(answer))

    def test_selected_text_goes_straight_for_nobody_has_signed_it(self, post, render, share):
        share(personal=True)
        assert "/smo/out/" not in str(render('placement="selection"', object=post))

    def test_a_view_s_own_words_go_along(self, client, render, share):
        share(personal=True, networks=["telegram"])
        Place.objects.create(path="/about/")
        card = type("Meta", (), {"title": "Of the view", "description": "", "image": "/b.jpg"})()
        button = render(path="/about/", meta=card).select_one("[data-smo-n=telegram]")
        assert "Of the view" in plainly(client.get(button["href"], headers=PRESSED))

    def test_the_second_page_of_a_list_goes_straight(self, render, share):
        share(personal=True, networks=["vk"])
        Place.objects.create(path="/about/")
        card = clickouts.Card(url="/about/?page=2", title="Two")
        assert "/smo/out/" not in str(render("card", path="/about/?page=2", card=card))


def test_a_token_in_the_post_is_found(client, post):
    token = re.search(TOKEN, plainly(go_out(client, post)))[1]
    assert link_of(token) == PersonalLink.objects.get()
