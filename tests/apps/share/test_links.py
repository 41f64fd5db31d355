"""Personal links: one for each visitor, page and network, whoever asks how often."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from smo_kit.core.identities import identities
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key, key_of
from smo_kit.core.visitors import Visitor
from smo_kit.share import links
from smo_kit.share.links import address_of, mint, new_token, out_address, shown
from smo_kit.share.models import TOKEN_LENGTH, PersonalLink
from smo_kit.share.proofs import BROWSER, links_of
from smo_kit.share.rungs import Rung
from smo_kit.share.tokens import link_of
from tests.apps.engagement.threads import side_by_side
from tests.blog.models import Story, Telling

pytestmark = pytest.mark.django_db
GUEST = Visitor("a" * 32)
OTHER = Visitor("b" * 32)


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna")


@pytest.fixture
def key(post) -> Key:
    return key_of(post, "en")


class TestToken:
    def test_is_short_and_has_84_random_bits(self):
        assert len(new_token()) <= TOKEN_LENGTH
        assert len(set(links.LETTERS)) ** links.NEW_LENGTH > 2**84

    def test_has_no_letters_that_look_alike(self):
        assert not set("01ilo-_").intersection(links.LETTERS)
        assert links.LETTERS.lower() == links.LETTERS

    def test_is_another_each_time(self):
        assert len({new_token() for _ in range(100)}) == 100

    @pytest.mark.parametrize("token", ["", "x", "a" * 17, "a" * 500, "a/b", "\x00", "чай", "' OR 1=1 --"])
    def test_of_nobody_leads_to_nothing(self, key, token):
        mint(GUEST, key, "vk")
        assert link_of(token) is None

    def test_in_large_letters_is_another(self, key):
        assert link_of(mint(GUEST, key, "vk").token.upper()) is None

    def test_of_another_site_is_unknown_here(self, key, settings):
        token = mint(GUEST, key, "vk").token
        settings.SITE_ID = 2
        assert link_of(token) is None

    def test_finds_its_link(self, key):
        link = mint(GUEST, key, "vk")
        assert link_of(link.token) == link


class TestMint:
    def test_says_who_goes_out_and_when(self, key):
        link = mint(GUEST, key, "vk", home="h" * 16)
        assert (link.key, link.network, link.home, link.times) == (key, "vk", "h" * 16, 1)
        assert link.sharer == identities(GUEST, BROWSER)[0]
        assert GUEST.key not in link.sharer
        assert link.reached() == Rung.OPENED

    def test_again_is_the_same_link_from_where_he_is_now(self, key):
        first = mint(GUEST, key, "vk", home="1")
        again = mint(GUEST, key, "vk", home="2")
        assert (again.pk, again.token, again.times, again.home) == (first.pk, first.token, 2, "2")
        assert again.opened > first.opened

    def test_each_page_language_network_and_visitor_has_its_own(self, key):
        tokens = {
            mint(GUEST, key, "vk").token,
            mint(GUEST, key, "telegram").token,
            mint(GUEST, key.speaking("ru"), "vk").token,
            mint(OTHER, key, "vk").token,
            mint(GUEST, Key(key.content_type_id, "77", "en"), "vk").token,
        }
        assert len(tokens) == 5

    def test_what_a_guest_shared_becomes_his_account_s(self, key, anna):
        first = mint(GUEST, key, "vk")
        member = Visitor(GUEST.key, anna.pk)
        link = mint(member, key, "vk", user=anna)
        assert (link.pk, link.user, link.sharer) == (first.pk, anna, identities(member, BROWSER)[0])

    def test_a_member_has_one_link_on_all_his_devices(self, key, anna):
        one = mint(Visitor(GUEST.key, anna.pk), key, "vk", user=anna)
        assert mint(Visitor(OTHER.key, anna.pk), key, "vk", user=anna) == one

    def test_beside_his_account_s_own_the_guest_s_stays_as_it_is(self, key, anna):
        own = mint(Visitor(OTHER.key, anna.pk), key, "vk", user=anna)
        guests = mint(GUEST, key, "vk")
        assert mint(Visitor(GUEST.key, anna.pk), key, "vk", user=anna) == own
        guests.refresh_from_db()
        assert (guests.times, guests.user) == (1, None)

    def test_a_changed_key_of_the_site_changes_nothing(self, key, settings):
        first = mint(GUEST, key, "vk")
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new"
        assert mint(GUEST, key, "vk").token == first.token

    def test_nobody_has_none(self, key):
        with pytest.raises(ValueError, match="no link"):
            mint(Visitor(""), key, "vk")

    def test_two_at_once_are_one(self, key, monkeypatch):
        """The other process writes after this one has looked and found nothing."""
        look = links._link_of_any

        def late(sharers, where):
            found = look(sharers, where)
            if found is None:
                PersonalLink.objects.create(token="other", sharer=sharers[0], **where)
            return found

        monkeypatch.setattr(links, "_link_of_any", late)
        link = mint(GUEST, key, "vk")
        assert (link.token, link.times, PersonalLink.objects.count()) == ("other", 1, 1)

    def test_within_the_caller_s_transaction_too(self, key):
        with transaction.atomic():
            mint(GUEST, key, "vk")
            assert mint(GUEST, key, "vk").times == 2

    def test_it_is_what_a_lock_asks_for(self, key):
        link = mint(GUEST, key.speaking("ru"), "vk")
        assert links_of(GUEST, key, ["vk"]) == [link]
        assert links_of(GUEST, key) == [link]
        assert link.reached() == Rung.OPENED
        assert links_of(OTHER, key) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_link_and_lose_no_press(post):
    key = key_of(post, "en")
    side_by_side(lambda _: mint(GUEST, key, "vk"), 8)
    (link,) = PersonalLink.objects.all()
    assert link.times == 8


@pytest.mark.django_db(transaction=True)
def test_many_at_once_sign_in_and_share(post):
    anna = get_user_model().objects.create_user("anna")
    key = key_of(post, "en")
    mint(GUEST, key, "vk")
    side_by_side(lambda which: mint(Visitor((GUEST, OTHER)[which % 2].key, anna.pk), key, "vk", user=anna), 6)
    assert PersonalLink.objects.get(user=anna).times >= 6


class TestAddress:
    def test_is_short(self, key, rf):
        link = mint(GUEST, key, "vk")
        assert address_of(link, rf.get("/")) == f"http://testserver/s/{link.token}/"

    def test_is_longer_on_a_site_that_has_no_short_ones(self, key, rf, settings):
        settings.ROOT_URLCONF = "tests.apps.core.some_urls"
        link = mint(GUEST, key, "vk")
        assert address_of(link, rf.get("/")).endswith(f"/s/{link.token}/")
        assert not re.match(r"http://testserver/s/", address_of(link, rf.get("/")))

    def test_is_the_site_s_own_whatever_host_is_asked(self, key, rf, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "CORE": {"base_url": "https://example.org"}}
        link = mint(GUEST, key, "vk")
        assert address_of(link, rf.get("/", headers={"host": "evil.example"})).startswith("https://example.org/s/")

    def test_the_way_out_carries_what_a_lock_adds(self, key):
        assert out_address(key, "vk") == f"/smo/out/vk/?o={key.sign().replace(':', '%3A')}"
        assert out_address(key, "vk", {"l": "a b"}).endswith("&l=a+b")

    def test_there_is_no_way_out_without_our_urls(self, key, settings, caplog):
        settings.ROOT_URLCONF = "tests.apps.core.no_urls"
        assert out_address(key, "vk") == ""
        assert "smo_kit.urls" in caplog.text


class TestShown:
    def test_an_object(self, post, key):
        page, card = shown(key)
        assert (page, card.title) == (post, post.title)

    @pytest.mark.parametrize("language", ["en", "ru", "fi", ""])
    def test_a_translation_in_the_link_s_language_else_another(self, story, language):
        page, card = shown(key_of(story, language))
        assert card.title == ("Чай" if language == "ru" else "Tea")
        assert page.language == card.language

    def test_a_translation_that_has_no_snapshot_yet(self):
        story = Story.objects.create()
        for code, title in (("en", "Tea"), ("ru", "Чай")):
            Telling.objects.create(story=story, language=code, slug="tea", title=title)
        assert not CardRow.objects.exists()
        assert [shown(key_of(story, code))[1].title for code in ("en", "ru", "fi")] == ["Tea", "Чай", "Tea"]

    def test_nothing_of_what_is_not_public_or_gone_or_never_was(self, post, key):
        post.is_public = False
        post.save()
        assert shown(key) is None
        post.delete()
        assert shown(key) is None
        assert shown(Key(987654, "1")) is None
        assert shown(Key(key.content_type_id, "no number")) is None


def test_the_database_is_asked_little(key, django_assert_max_num_queries):
    mint(GUEST, key, "vk")
    with django_assert_max_num_queries(5):
        mint(GUEST, key, "vk")
