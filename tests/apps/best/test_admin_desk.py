"""What stands beside a page, in the admin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.utils import timezone

from smo_kit.best.desk import curating
from smo_kit.best.models import Choice, Curation, Neighbour, Offer, Pair, Pick, Rebuild, Text
from smo_kit.best.periods import monday
from tests.apps.best.desk_pages import LIST, desk, messages, page, put_beside, soup, staff, subject
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    """The browser of somebody who may decide and nothing else."""
    client.force_login(staff("change_curation"))
    return client


@pytest.fixture
def row():
    return page("Tea in the garden", tags=["Tea", "Summer"])


def offered(client, row):
    """Return what the desk lists as offered, in its order."""
    return [one.get_text(strip=True) for one in soup(client.get(desk(row))).select(".smo-desk-one strong")]


def value(verb, row):
    return f"{verb}:{row.content_type_id}:{row.object_pk}"


def send(client, row, **data):
    """Press a button of the desk; what is done on commit is done."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(desk(row), data, follow=True)


def press(client, row, verb, other):
    return send(client, row, smo_do=value(verb, other))


def add(client, row, text, button="pin"):
    return send(client, row, page=text, **{button: "1"})


def chosen(row):
    rows = Choice.objects.filter(curation__object_pk=row.object_pk)
    return [(one.object_pk, one.verb) for one in rows]


def error(answer):
    (found,) = soup(answer).select(".errorlist li")
    return found.get_text(strip=True)


class TestSight:
    def test_says_of_each_page_why_it_stands_there_and_what_readers_made_of_it(self, editor, row):
        other = page("Tea at home", tags=["tea"], image_url="/media/tea.jpg")
        put_beside(row, other, similarity=6240)
        Text.objects.filter(card=other).update(words=["garden", "cup"])
        first, second = sorted([row, other], key=lambda one: one.object_pk)
        Pair.objects.create(
            first_type_id=first.content_type_id,
            first_pk=first.object_pk,
            second_type_id=second.content_type_id,
            second_pk=second.object_pk,
            week=monday(),
            n=7,
        )
        for week, shown, clicked in ((monday(), 100, 4), (monday() - dt.timedelta(weeks=1), 50, 2)):
            Offer.objects.create(
                week=week,
                block="related",
                page_type_id=row.content_type_id,
                page_pk=row.object_pk,
                shown_type_id=other.content_type_id,
                shown_pk=other.object_pk,
                position=0,
                shown=shown,
                clicked=clicked,
            )
        (one,) = soup(editor.get(desk(row))).select(".smo-desk-one")
        assert one.img["src"] == "/media/tea.jpg"
        text = one.get_text(" ", strip=True)
        for said in ("Tea at home", other.url, "On a similar subject", "Both have: Tea, garden"):
            assert said in text
        figures = [dd.get_text(strip=True) for dd in one.select("dd")]
        assert figures == ["62 %", "7", "150", "6"]

    def test_keeps_the_order_of_the_index_and_says_where_a_block_ends(self, editor, row, settings):
        settings.SMO_KIT = {**settings.SMO_KIT, "BEST": {"limit": 2}}
        put_beside(row, *(page(f"Tea {n}") for n in range(4)))
        assert offered(editor, row) == [f"Tea {n}" for n in range(4)]
        items = soup(editor.get(desk(row))).select(".smo-desk-list > li")
        assert ["smo-desk-border" in one["class"] for one in items] == [False, False, True, False, False]

    def test_says_of_what_is_locked_that_blocks_leave_it_out(self, editor, row, settings):
        put_beside(row, page(free=False))
        assert "Locked: blocks leave it out" in soup(editor.get(desk(row))).select_one(".smo-desk-one").get_text()
        settings.SMO_KIT = {**settings.SMO_KIT, "BEST": {"locked": True}}
        assert "Locked" not in soup(editor.get(desk(row))).select_one(".smo-desk-one").get_text()

    def test_takes_as_many_queries_for_one_page_as_for_many(self, editor, row, django_assert_num_queries):
        lonely = page()
        for one, many in ((row, 1), (lonely, 20)):
            put_beside(one, *(page() for _ in range(many)))
            for _ in range(many):
                curating.choose(subject(one), Choice.Verb.PIN, subject(page()))
                curating.choose(subject(one), Choice.Verb.HIDE, subject(page()))
        editor.get(desk(row))
        with django_assert_num_queries(16):
            editor.get(desk(row))
        with django_assert_num_queries(16):
            editor.get(desk(lonely))

    def test_shows_hostile_words_as_words(self, editor):
        row = page("<script>alert(1)</script>", tags=["<b>x"])
        other = page("<img src=x onerror=alert(2)>", tags=["<b>x"])
        put_beside(row, other)
        put_beside(other, row)
        for path in (desk(row), desk(other), LIST, f"{LIST}?q=<script>"):
            text = editor.get(path).content.decode()
            assert "<script>alert" not in text
            assert "<img src=x" not in text
            assert "<b>x" not in text

    def test_a_page_that_is_gone_leads_back_to_the_list(self, editor):
        answer = editor.get(f"{LIST}beside/999999/", follow=True)
        assert messages(answer) == ["This page is not public any more, or gone."]


class TestWhyNothing:
    def reasons(self, client, row):
        return [one.get_text(" ", strip=True) for one in soup(client.get(desk(row))).select(".smo-desk-reasons li")]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"due": True}, "The page waits to be read."),
            ({"unranked": True}, "What is alike to it waits to be put in order."),
            ({"words": []}, "The text is too short to find what is alike to it."),
            ({}, "No page is alike to it in its language."),
        ],
        ids=["waits", "no-order", "short", "nothing"],
    )
    def test_each_state_of_the_text_has_its_cure(self, editor, row, fields, said):
        now = timezone.now()
        Text.objects.filter(card=row).update(**{name: now if one is True else one for name, one in fields.items()})
        (reason,) = self.reasons(editor, row)
        assert reason.startswith(said)
        assert len(reason) > len(said) + 10

    def test_a_kind_that_is_left_out(self, editor):
        (reason,) = self.reasons(editor, page(kind="website", is_read=False))
        assert "“website” are left out" in reason

    def test_a_page_that_is_not_read_yet(self, editor):
        (reason,) = self.reasons(editor, page(is_read=False))
        assert "manage.py smo_sync" in reason

    def test_only_pinned_pages_and_none_of_them(self, editor, row):
        curating.offer_only_these(subject(row), only=True)
        (reason,) = self.reasons(editor, row)
        assert "Only pinned pages" in reason

    def test_all_that_is_alike_is_offered_nowhere(self, editor, row):
        other = page()
        put_beside(row, other)
        Text.objects.filter(card=other).update(offered=False)
        (reason,) = self.reasons(editor, row)
        assert "offered nowhere" in reason

    def test_nothing_is_said_where_something_is_offered(self, editor, row):
        put_beside(row, page())
        assert self.reasons(editor, row) == []


class TestDecisions:
    def test_a_pinned_page_comes_first_at_once(self, editor, row):
        first, second = page("First"), page("Second")
        put_beside(row, first, second)
        answer = press(editor, row, "pin", second)
        assert messages(answer) == ["Pinned: Second"]
        assert offered(editor, row)[0] == "Second"

    def test_a_hidden_page_is_gone_at_once_and_stands_under_never(self, editor, row):
        first, second = page("First"), page("Second")
        put_beside(row, first, second)
        press(editor, row, "hide", first)
        found = soup(editor.get(desk(row)))
        assert "First" not in [one.get_text(strip=True) for one in found.select(".smo-desk-one strong")]
        assert [one.get_text(strip=True) for one in found.select(".smo-desk-missing strong")] == ["First"]

    def test_pins_are_moved_up_and_down_and_no_further(self, editor, row):
        pages = [page(name) for name in ("A", "B", "C")]
        for one in pages:
            press(editor, row, "pin", one)
        press(editor, row, "up", pages[2])
        press(editor, row, "down", pages[0])
        assert offered(editor, row)[:3] == ["C", "A", "B"]
        assert messages(press(editor, row, "up", pages[2])) == [
            "It stands so already: somebody else may have decided it."
        ]

    def test_buttons_offer_what_changes_something(self, editor, row):
        pages = [page(name) for name in ("A", "B", "C")]
        put_beside(row, *pages)
        press(editor, row, "pin", pages[0])
        press(editor, row, "pin", pages[1])
        kinds = [
            [button["value"].partition(":")[0] for button in one.select("button")]
            for one in soup(editor.get(desk(row))).select(".smo-desk-one")
        ]
        assert kinds == [["down", "back"], ["up", "back"], ["pin", "hide"]]

    def test_what_is_taken_back_is_the_indexs_own_again(self, editor, row):
        other = page("Other")
        put_beside(row, other)
        press(editor, row, "hide", other)
        press(editor, row, "back", other)
        assert offered(editor, row) == ["Other"]
        assert chosen(row) == []

    def test_only_the_pinned_pages_or_others_too(self, editor, row):
        first, second = page("First"), page("Second")
        put_beside(row, first, second)
        press(editor, row, "pin", second)
        send(editor, row, smo_do="only")
        assert offered(editor, row) == ["Second"]
        send(editor, row, smo_do="others")
        assert offered(editor, row) == ["Second", "First"]

    def test_holds_in_every_language_of_the_page(self, editor, row):
        russian = page("Чай", language="ru", pk=row.object_pk)
        other = page("Other")
        page("Другая", language="ru", pk=other.object_pk)
        press(editor, row, "pin", other)
        assert offered(editor, russian) == ["Другая"]

    def test_each_is_in_the_log_with_who_and_what(self, editor, row):
        other = page("Other")
        press(editor, row, "pin", other)
        entry = LogEntry.objects.get()
        assert (entry.object_repr, entry.get_change_message()) == ("Tea in the garden", "Pinned: Other")
        assert entry.user.username.startswith("staff")
        answer = editor.get(f"/admin/{entry.get_admin_url().partition('/admin/')[2]}")
        assert answer["Location"] == desk(row)
        assert "Pinned: Other" in editor.get(f"{LIST}{entry.object_id}/history/").content.decode()

    def test_what_changes_nothing_is_not_in_the_log(self, editor, row):
        press(editor, row, "back", page())
        assert not LogEntry.objects.exists()

    def test_two_editors_keep_each_others_decisions(self, row):
        first, second = page("First"), page("Second")
        curating.choose(subject(row), Choice.Verb.PIN, subject(first))
        curating.choose(subject(row), Choice.Verb.PIN, subject(second))
        curating.move(subject(row), subject(second), -1)
        curating.choose(subject(row), Choice.Verb.PIN, subject(first))
        assert chosen(row) == [(second.object_pk, "pin"), (first.object_pk, "pin")]

    @pytest.mark.parametrize("forged", ["burn:1:2", "pin:x:2", "pin:999999:2", "pin:1:a\0b", "pin", ""])
    def test_a_forged_button_is_no_decision(self, editor, row, forged):
        assert editor.post(desk(row), {"smo_do": forged}).status_code == 404
        assert not Choice.objects.exists()

    @pytest.mark.parametrize("pk", ["999999", "9" * 40, "a"], ids=["none", "too large", "no number"])
    @pytest.mark.parametrize("verb", ["pin", "hide"])
    def test_a_page_that_is_not_there_is_neither_pinned_nor_hidden(self, editor, row, verb, pk):
        said = messages(send(editor, row, smo_do=f"{verb}:{row.content_type_id}:{pk}"))
        assert said == ["This page is not public any more, or gone."]
        assert not Choice.objects.exists()

    def test_a_page_that_is_not_public_now_can_be_pinned(self, editor, row):
        draft = Post.objects.create(slug="draft", title="Draft", is_public=False)
        send(editor, row, smo_do=f"pin:{row.content_type_id}:{draft.pk}")
        assert chosen(row) == [(str(draft.pk), "pin")]

    def test_a_page_is_never_beside_itself(self, editor, row):
        press(editor, row, "pin", row)
        assert not Choice.objects.exists()

    def test_a_pin_that_is_not_public_waits_and_can_be_taken_back(self, editor, row):
        other = page()
        press(editor, row, "pin", other)
        other.delete()
        (one,) = soup(editor.get(desk(row))).select(".smo-desk-missing li")
        assert "not public now, or gone" in one.get_text(" ", strip=True)
        assert one.button["value"] == value("back", other)

    def test_a_pin_in_another_language_says_so(self, editor, row):
        press(editor, row, "pin", page("Чай", language="ru"))
        (one,) = soup(editor.get(desk(row))).select(".smo-desk-missing li")
        assert "no page in the language of this one (en)" in one.get_text(" ", strip=True)


class TestAdding:
    @pytest.mark.parametrize(
        "text",
        [
            "http://testserver/en/tea/",
            "https://testserver/en/tea/",
            "http://testserver/en/tea/?utm_source=x#comments",
            "/en/tea/",
            "/en/tea",
            " /en/tea/ ",
            "/ru/%D1%87%D0%B0%D0%B9/",
            "/ru/чай/",
            "Green tea",
            "green TEA",
            "een te",
        ],
    )
    def test_finds_a_page_by_any_of_its_addresses_or_its_title(self, editor, row, text):
        other = page("Green tea", url="/en/tea/")
        page("Чай", language="ru", pk=other.object_pk, url="/ru/чай/")
        add(editor, row, text)
        assert chosen(row) == [(other.object_pk, "pin")]

    def test_takes_a_page_of_a_kind_that_the_index_leaves_out(self, editor, row):
        page("About us", kind="website", is_read=False)
        add(editor, row, "About us")
        assert offered(editor, row)[0] == "About us"

    def test_finds_a_page_whose_address_is_kept_whole(self, editor, row):
        other = page(url="http://testserver/en/whole/")
        add(editor, row, "/en/whole/", "hide")
        assert chosen(row) == [(other.object_pk, "hide")]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("https://example.org/en/tea/", "another site. Only pages of http://testserver"),
            ("/en/nothing/", "No public page of this site has the address /en/nothing/. Open the page"),
            ("Nothing like it", "has the title “Nothing like it”. Give its address"),
            ("http://[", "has the title “http://[”. Give its address"),
            ("Twins", "Several pages are called so. Give the address of one of them: /en/a/, /en/b/"),
            ("Tea in the garden", "This is the page itself."),
            ("", "This field is required."),
            ("x" * 2001, "at most 2000 characters"),
            ("a\x00b", "Null characters are not allowed."),
        ],
        ids=["foreign", "unknown", "no-title", "broken", "several", "itself", "empty", "long", "null"],
    )
    def test_says_what_is_wrong_and_what_to_do(self, editor, row, text, said):
        page("Twins", url="/en/a/")
        page("Twins", url="/en/b/")
        answer = add(editor, row, text)
        assert said in error(answer)
        assert not Choice.objects.exists()

    @pytest.mark.parametrize(("verb", "said"), [("pin", "is pinned here already"), ("hide", "is under “Never here”")])
    def test_says_what_is_chosen_already(self, editor, row, verb, said):
        other = page("Other")
        press(editor, row, verb, other)
        assert said in error(add(editor, row, "Other"))

    def test_suggests_the_pages_of_the_language(self, editor, row):
        page("Other")
        page("Другая", language="ru")
        page("About us", kind="website")
        options = [one["label"] for one in soup(editor.get(desk(row))).select("datalist option")]
        assert sorted(options) == ["Other", "Tea in the garden"]


class TestList:
    def titles(self, client, **query):
        found = soup(client.get(LIST, query)).select(".smo-desk-table tbody th")
        return sorted(one.a.get_text(strip=True) for one in found)

    @pytest.fixture
    def pages(self):
        old = timezone.now() - dt.timedelta(hours=1)
        tea, waits, alone = page("Tea", url="/en/tea/"), page("Waits"), page("Alone")
        page("Чай", language="ru")
        page("About us", kind="website", is_read=False)
        put_beside(tea, alone)
        put_beside(waits, alone)
        Text.objects.filter(card=waits).update(due=old)
        curating.choose(subject(tea), Choice.Verb.HIDE, subject(waits))
        Text.objects.update(unranked=old)

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ({"q": "TEA"}, ["Tea"]),
            ({"q": "/en/tea"}, ["Tea"]),
            ({"q": "http://testserver/en/tea/?x=1"}, ["Tea"]),
            ({"language": "ru"}, ["Чай"]),
            ({"language": "xx", "state": "nonsense", "p": "x"}, ["About us", "Alone", "Tea", "Waits", "Чай"]),
            ({"state": "waiting"}, ["Waits"]),
            ({"state": "nothing"}, ["Alone", "Чай"]),
            ({"state": "hand"}, ["Tea"]),
            ({"state": "out"}, ["About us"]),
        ],
        ids=["title", "path", "address", "language", "nonsense", "waiting", "nothing", "hand", "out"],
    )
    def test_is_searched_and_filtered(self, editor, pages, query, left):
        assert self.titles(editor, **query) == left

    def test_says_how_each_page_stands(self, editor, pages):
        cells = {
            one.th.a.get_text(strip=True): [td.get_text(" ", strip=True) for td in one.select("td")]
            for one in soup(editor.get(LIST)).select(".smo-desk-table tbody tr")
        }
        assert cells["Tea"] == ["en", "1", "1", "read"]
        assert cells["Waits"] == ["en", "1", "—", "waits"]
        assert cells["About us"] == ["en", "0", "—", "of a kind that is left out"]

    def test_takes_as_many_queries_for_a_hundred_pages_as_for_one(self, editor, django_assert_num_queries):
        page()
        editor.get(LIST)
        with django_assert_num_queries(11):
            editor.get(LIST)
        for _ in range(100):
            put_beside(page(), page())
        with django_assert_num_queries(11):
            answer = editor.get(LIST)
        assert len(soup(answer).select(".smo-desk-table tbody tr")) == 50
        assert soup(answer).select_one(".smo-desk-pages a")["href"] == "?p=2"

    @pytest.mark.parametrize("state", ["empty", "interrupted", "late", "well"])
    def test_says_how_the_index_stands_and_what_to_run(self, editor, state):
        old = timezone.now() - dt.timedelta(hours=1)
        if state != "empty":
            row = page()
            Text.objects.filter(card=row).update(due=old if state == "late" else None)
            Rebuild.objects.create(phase="order", done=3, total=4, finished=None if state == "interrupted" else old)
            Rebuild.objects.update(touched=old)
        said = {
            "empty": ["The index is empty. Run manage.py smo_related_rebuild once."],
            "interrupted": ["The rebuild was interrupted. Run manage.py smo_related_rebuild: it goes on."],
            "late": [
                "Pages wait for longer than they should. "
                "Let manage.py smo_sync run every minute, by cron or a timer; and a worker, if tasks have one."
            ],
            "well": [],
        }
        found = soup(editor.get(LIST))
        assert [one.get_text(" ", strip=True) for one in found.select(".smo-desk-trouble")] == said[state]
        if state == "interrupted":
            assert "75 % done" in found.select_one(".smo-desk-index").get_text(" ", strip=True)


def test_what_is_picked_nowhere_stands_so_in_the_list(editor):
    row = page()
    Pick.objects.create(verb=Pick.Verb.NEVER, **row.key.fields)
    assert "offered nowhere" in soup(editor.get(LIST)).tbody.get_text()


def test_neighbours_without_a_place_are_not_offered(editor):
    row, other = page(), page("Known")
    Neighbour.objects.create(card=row, other=other, similarity=10)
    assert offered(editor, row) == []
    assert Curation.objects.count() == 0
