"""A member's own notifications on the site: what stands there, and what makes it read."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Entry
from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.core.rows import sync
from smo_kit.notify import inbox
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery, Subscriber
from smo_kit.notify.page_cards import titles_of
from tests.blog.models import Post, Story, Telling

pytestmark = pytest.mark.django_db
INBOX = "/smo/notify/inbox/"
READ = f"{INBOX}read/"
ANSWERS = [
    "The second arch was built first.",
    "Nobody knows it for certain.",
    "Ask the museum at the harbour!",
    "My grandfather said otherwise.",
    "There is a plate on the pillar.",
]
UNREAD = "/smo/notify/unread/"


@pytest.fixture
def answered(say, ada, bob):
    """Ada has asked, and was answered so often."""

    def answered(times: int = 1) -> list:
        question = say(ada)
        entries = [say(bob, ANSWERS[n], reply_to=question) for n in range(times)]
        spread(1000)
        return entries

    return answered


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def soup_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


class TestList:
    def test_the_way_to_the_settings_keeps_the_language(self, as_ada):
        link = soup_of(as_ada.get(INBOX, {"l": "ru"})).select_one("[href*=mine]")
        assert soup_of(as_ada.get(link["href"])).html["lang"] == "ru"

    def test_an_answer_stands_there(self, as_ada, answered):
        (entry,) = answered()
        (item,) = soup_of(as_ada.get(INBOX)).select(".smo-inbox li")
        assert item.a.get_text() == "Bob on “Bridges of stone”"
        assert item.a["href"] == f"/smo/comments/{entry.pk}/"
        text = item.get_text(" ", strip=True)
        assert ANSWERS[0] in text
        assert "It answers a comment of yours." in text
        assert item.select_one(".smo-new").get_text() == "New"
        assert item.time["datetime"]

    def test_an_empty_one_says_so_and_makes_nothing(self, as_ada):
        assert "Nothing yet" in as_ada.get(INBOX).content.decode()
        assert not Subscriber.objects.exists()

    def test_it_is_in_no_cache_and_in_no_search_engine(self, as_ada):
        response = as_ada.get(INBOX)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"

    def test_who_is_not_signed_in_comes_to_that_and_back(self, client):
        response = client.get(f"{INBOX}?l=ru")
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={INBOX}%3Fl%3Dru"

    def test_looking_changes_nothing(self, as_ada, answered):
        (entry,) = answered()
        as_ada.get(INBOX)
        as_ada.get(f"/smo/comments/{entry.pk}/")
        assert Delivery.objects.filter(read_at=None).count() == 1

    def test_what_is_withdrawn_is_gone(self, as_ada, answered):
        (entry,) = answered()
        Delivery.objects.update(told_at=entry.published_at)
        move(entry, State.REMOVED)
        assert "Bridges" not in as_ada.get(INBOX).content.decode()
        assert as_ada.get(UNREAD).json() == {"unread": 0}

    def test_others_see_nothing_of_it(self, client, bob, answered):
        answered()
        client.force_login(bob)
        assert "Nothing yet" in client.get(INBOX).content.decode()

    def test_of_a_page_that_is_not_public_any_more_no_word_is_shown(self, as_ada, answered):
        answered()
        post = Post.objects.get()
        post.is_public = False
        post.save()
        page = as_ada.get(INBOX).content.decode()
        assert "not public any more" in page
        assert ANSWERS[0] not in page
        assert "Bridges" not in page

    def test_older_ones_are_a_link_further(self, monkeypatch, as_ada, answered):
        monkeypatch.setattr(inbox, "SIZE", 2)
        answered(5)
        address, seen = INBOX, []
        while address:
            soup = soup_of(as_ada.get(address))
            seen += [one.get_text() for one in soup.select(".smo-words")]
            older = soup.select_one("a[rel=next]")
            address = older["href"] if older else ""
        assert seen == ANSWERS[::-1]

    def test_a_page_beyond_the_oldest_leads_to_the_newest(self, as_ada, answered):
        answered()
        soup = soup_of(as_ada.get(INBOX, {"before": "1"}))
        assert "Nothing yet" not in soup.get_text()
        assert soup.find("a", string="Newest notifications")["href"] == f"{INBOX}?l=en"

    @pytest.mark.parametrize("before", ["", "0", "x", "-1", "9" * 30, "１"])
    def test_an_odd_address_is_the_first_page(self, as_ada, answered, before):
        answered()
        assert len(soup_of(as_ada.get(INBOX, {"before": before})).select("li .smo-words")) == 1

    def test_it_speaks_the_language_that_the_link_says(self, as_ada):
        response = as_ada.get(f"{INBOX}?l=ru")
        assert response["Content-Language"] == "ru"

    def test_the_number_of_queries_is_the_same_for_many(
        self, as_ada, article, say, ada, bob, django_capture_on_commit_callbacks, django_assert_num_queries
    ):
        def answer(post) -> None:
            with django_capture_on_commit_callbacks(execute=True):
                post.save()  # its snapshot is made
            say(
                bob, f"Of {post.title} nothing is known.", reply_to=say(ada, f"What of {post.title}?", on=post), on=post
            )
            spread(1000)

        answer(article)
        as_ada.get(INBOX)
        with django_assert_num_queries(6):  # session, member, notifications, pages, titles, whether any is unread
            as_ada.get(INBOX)
        for n in range(5):
            answer(Post(slug=f"p{n}", title=f"Page {n}"))
        with django_assert_num_queries(6):
            assert len(soup_of(as_ada.get(INBOX)).select(".smo-inbox li")) == 6

    def test_pages_without_a_snapshot_have_titles_too(self, discussion):
        other = discussion_of(Post.objects.create(slug="towers", title="Towers of wood"))
        assert sorted(titles_of([discussion, other]).values()) == ["Bridges of stone", "Towers of wood"]


def test_a_page_has_its_name_in_the_language_of_the_discussion(settings):
    settings.SMO_KIT = settings.SMO_KIT | {"COMMENTS": {"per_language": True}}
    story = Story.objects.create()
    for language, title in (("en", "Tale"), ("ru", "Сказка")):
        Telling.objects.create(story=story, language=language, slug=f"tale-{language}", title=title)
    list(sync())
    here = [discussion_of(story, language) for language in ("en", "ru")]
    for active in ("en", "ru"):
        with override(active):
            titles = titles_of(here)
            assert [titles[one.pk] for one in here] == ["Tale", "Сказка"]


class TestReading:
    def test_one_is_marked_by_its_button(self, as_ada, answered):
        answered(2)
        button = soup_of(as_ada.get(INBOX)).select_one("li button")
        response = as_ada.post(READ, {button["name"]: button["value"]})
        assert (response.status_code, response["Location"]) == (303, f"{INBOX}?l=en")
        assert as_ada.get(UNREAD).json() == {"unread": 1}

    def test_all_are_marked_but_what_came_since(self, as_ada, bob, say, answered):
        answered(2)
        button = soup_of(as_ada.get(INBOX)).select_one("[name=until]")
        say(bob, "And there is yet another.", reply_to=Entry.objects.first())
        spread(100)
        as_ada.post(READ, {"until": button["value"]})
        assert as_ada.get(UNREAD).json() == {"unread": 1}

    def test_the_button_leads_back_to_the_same_page(self, monkeypatch, as_ada, answered):
        monkeypatch.setattr(inbox, "SIZE", 1)
        answered(2)
        older = soup_of(as_ada.get(f"{INBOX}?l=ru")).select_one("a[rel=next]")["href"]
        form = soup_of(as_ada.get(older)).select_one(".smo-inbox")
        assert as_ada.post(form["action"], {"pk": "1"})["Location"] == older

    def test_the_script_gets_no_page(self, as_ada, answered):
        answered()
        pk = Delivery.objects.get().pk
        assert as_ada.post(READ, {"pk": pk}, headers={"X-Smo-Part": "1"}).status_code == 204
        assert as_ada.get(UNREAD).json() == {"unread": 0}

    def test_nobody_marks_those_of_another(self, client, bob, answered):
        answered()
        client.force_login(bob)
        client.post(READ, {"pk": Delivery.objects.get().pk})
        client.post(READ, {"until": "999999999"})
        assert Delivery.objects.get().read_at is None

    @pytest.mark.parametrize("data", [{}, {"pk": "x"}, {"pk": ""}, {"until": "-5"}, {"pk": "9" * 40}])
    def test_what_is_no_number_marks_nothing(self, as_ada, answered, data):
        answered()
        assert as_ada.post(READ, data).status_code == 303
        assert Delivery.objects.get().read_at is None

    def test_it_takes_a_token_and_no_get(self, ada, answered):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(ada)
        answered()
        assert careful.post(READ, {"until": "999"}).status_code == 403
        assert careful.get(READ, {"until": "999"}).status_code == 405
        assert Delivery.objects.get().read_at is None

    def test_what_is_read_on_the_site_is_not_mailed(self, as_ada, ada, by_mail, answered, deliver):
        by_mail(ada)
        answered()
        as_ada.post(READ, {"until": Delivery.objects.get().pk})
        assert not deliver()
