"""Editors' picks, in the admin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from smo_kit.best.models import Pick, Text
from smo_kit.best.stamp import stamp
from tests.apps.best.desk_pages import PICKS, messages, page, soup, staff

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def editor(client):
    """The browser of somebody who may pick and nothing else."""
    client.force_login(staff("add_pick", "change_pick", "delete_pick", "view_pick"))
    return client


def add(client, text, **fields):
    data = {"page": text, "verb": "pick", "place": "0", **fields}
    return client.post(f"{PICKS}add/", data, follow=True)


def errors(answer):
    return [one.get_text(strip=True) for one in soup(answer).select(".errorlist:not(.nonfield) li")]


def rows(client, **query):
    """Return title, what and state of each pick that is listed."""
    names = ("page", "verb", "state")
    found = soup(client.get(PICKS, query)).select("#result_list tbody tr")
    return [tuple(one.select_one(f".field-{name}").get_text(strip=True) for name in names) for one in found]


class TestAdding:
    @pytest.mark.parametrize("text", ["/en/tea/", "http://testserver/en/tea/", "Green tea"])
    def test_by_address_or_title(self, editor, text):
        other = page("Green tea", url="/en/tea/")
        answer = add(editor, text)
        pick = Pick.objects.get()
        assert (pick.object_pk, pick.verb, pick.site_id) == (other.object_pk, "pick", 1)
        assert "Green tea" in messages(answer)[0]
        assert "Green tea" in LogEntry.objects.get().object_repr

    def test_after_those_that_are_there(self, editor):
        Pick.objects.create(place=4, **page().key.fields)
        assert soup(editor.get(f"{PICKS}add/")).select_one("[name=place]")["value"] == "5"

    def test_a_page_once(self, editor):
        Pick.objects.create(verb=Pick.Verb.NEVER, **page("Tea").key.fields)
        assert errors(add(editor, "Tea")) == [
            "“Tea” is in the list already (Offered nowhere). Change that entry instead."
        ]

    def test_what_is_no_page_is_refused(self, editor):
        assert "Give its address instead" in errors(add(editor, "Nothing"))[0]

    def test_what_no_list_holds_is_refused_with_the_cure(self, editor):
        page("About us", kind="website", is_read=False)
        (error,) = errors(add(editor, "About us"))
        assert error.startswith("“About us” is of the kind “website”, which is never offered.")
        assert "in the settings first" in error

    def test_no_end_before_the_beginning(self, editor):
        page("Tea")
        times = {"since_0": "2026-02-02", "since_1": "00:00", "until_0": "2026-02-01", "until_1": "00:00"}
        assert errors(add(editor, "Tea", **times)) == ["This is before it begins."]

    def test_suggests_pages(self, editor):
        page("Tea", url="/en/tea/")
        (option,) = soup(editor.get(f"{PICKS}add/")).select("datalist option")
        assert (option["value"], option["label"]) == ("/en/tea/", "Tea")


def test_offered_nowhere_takes_hold_at_once_and_ends_with_the_entry(editor, django_capture_on_commit_callbacks):
    row = page("Tea")
    with django_capture_on_commit_callbacks(execute=True):
        add(editor, "Tea", verb="never")
    assert not Text.objects.get(card=row).offered
    before = stamp()
    assert before
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{PICKS}{Pick.objects.get().pk}/delete/", {"post": "yes"})
    assert Text.objects.get(card=row).offered
    assert stamp() > before


class TestList:
    @pytest.fixture
    def picks(self):
        now = timezone.now()
        for title, fields in (
            ("Runs", {"since": now - DAY}),
            ("Later", {"since": now + DAY}),
            ("Past", {"until": now - DAY}),
            ("Ends", {"until": now + DAY, "verb": "never"}),
        ):
            Pick.objects.create(**fields, **page(title).key.fields)
        Pick.objects.create(site_id=2, **page("Elsewhere").key.fields)

    def test_says_whether_each_is_in_force(self, editor, picks):
        found = {title: state.partition(" ")[0] for title, _verb, state in rows(editor)}
        assert found == {"Runs": "In", "Later": "From", "Past": "Over", "Ends": "Until"}

    @pytest.mark.parametrize(
        ("state", "left"), [("runs", {"Runs", "Ends"}), ("waits", {"Later"}), ("over", {"Past"}), ("x", None)]
    )
    def test_is_filtered_by_state(self, editor, picks, state, left):
        assert {one[0] for one in rows(editor, state=state)} == (left or {"Runs", "Later", "Past", "Ends"})

    def test_the_order_is_changed_in_the_list(self, editor, picks):
        form = soup(editor.get(PICKS)).select_one("#changelist-form")
        data = {one["name"]: one.get("value", "") for one in form.select("input[name^=form-]")}
        first = Pick.objects.get(pk=data["form-0-id"])
        editor.post(PICKS, {**data, "form-0-place": "9", "_save": "Save"})
        first.refresh_from_db()
        assert first.place == 9

    def test_a_page_that_is_gone_is_said_to_be(self, editor):
        other = page("Tea")
        pick = Pick.objects.create(**other.key.fields)
        other.delete()
        assert rows(editor)[0][0] == f"Page {pick.object_pk}: not public now, or gone"
        assert editor.get(f"{PICKS}{pick.pk}/change/").status_code == 200

    def test_takes_as_many_queries_for_a_hundred_as_for_one(self, editor, django_assert_num_queries):
        Pick.objects.create(**page().key.fields)
        editor.get(PICKS)
        with django_assert_num_queries(8):
            editor.get(PICKS)
        for _ in range(99):
            Pick.objects.create(**page(is_read=False).key.fields)
        with django_assert_num_queries(8):
            assert len(rows(editor)) == 100

    def test_shows_hostile_words_as_words(self, editor):
        other = page("<script>alert(1)</script>", image_url='/x"onerror="y')
        pick = Pick.objects.create(**other.key.fields)
        for path in (PICKS, f"{PICKS}{pick.pk}/change/", f"{PICKS}{pick.pk}/delete/", f"{PICKS}add/"):
            text = editor.get(path).content.decode()
            assert "<script>alert" not in text
            assert '"onerror=' not in text


def test_a_pick_keeps_its_page(editor):
    other = page("Tea")
    pick = Pick.objects.create(**other.key.fields)
    form = soup(editor.get(f"{PICKS}{pick.pk}/change/"))
    assert form.select_one(".field-page .readonly").get_text(strip=True) == "Tea"
    editor.post(f"{PICKS}{pick.pk}/change/", {"verb": "never", "place": "3"})
    pick.refresh_from_db()
    assert (pick.verb, pick.place, pick.object_pk) == ("never", 3, other.object_pk)
