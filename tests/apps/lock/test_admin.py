"""What editors see of locks, and decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from smo_kit.core.settings import forget_settings
from smo_kit.lock.conf import lock_settings
from smo_kit.lock.models import Lock
from smo_kit.lock.terms import terms_of
from tests.apps.lock.desk_locks import LOCKS, lock_of, post, put, ref_of, soup, staff, words

pytestmark = pytest.mark.usefixtures("policies", "committed")
HOUR = dt.timedelta(hours=1)


def change(lock: Lock) -> str:
    return f"{LOCKS}{lock.pk}/change/"


def cells(client: Client, query: str = "") -> list[list[str]]:
    rows = soup(client.get(LOCKS + query)).select("#result_list tbody tr")
    return [[cell.get_text(" ", strip=True) for cell in row.select("td, th")][1:] for row in rows]


def save(client: Client, lock: Lock, **values: Any) -> Any:
    """Send the form as a browser does that shows it."""
    form = soup(client.get(change(lock))).select_one("#lock_form")
    sent: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind, name = field.get("type", field.name), field["name"]
        if kind == "select":
            chosen = field.select_one("option[selected]")
            sent[name] = chosen["value"] if chosen else ""
        elif kind == "checkbox":
            sent |= {name: field.get("value", "on")} if field.has_attr("checked") else {}
        elif kind not in {"submit", "hidden"}:
            sent[name] = field.text.strip("\n") if kind == "textarea" else field.get("value", "")
    sent |= values
    return client.post(change(lock), {name: value for name, value in sent.items() if value is not None}, follow=True)


def errors(answer: Any) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup(answer).select(".errorlist li")]


def messages(answer: Any) -> list[str]:
    return [one.get_text(" ", strip=True) for one in soup(answer).select("ul.messagelist li")]


class TestList:
    def test_each_lock_says_where_it_is_what_it_hides_how_it_opens_and_how_often(self, admin_client: Client) -> None:
        lock = lock_of(post("Bridges"), "recipe")
        put(lock, "shown", 100, variant="a")
        put(lock, "shown", 20, ago=29, variant="b")
        put(lock, "tried", 30, way="share", network="vk")
        put(lock, "opened", 12, way="share", network="vk")
        put(lock, "opened", 500, ago=30, way="wait")

        (row,) = cells(admin_client)
        assert row == ["Bridges", "recipe", "A field", "closed", "Sharing the page, Waiting", "120 → 30 → 12"]

    def test_a_page_without_a_snapshot_is_its_address(self, admin_client: Client) -> None:
        lock = lock_of(made := post())
        Lock.objects.filter(pk=lock.pk).update(object_pk="77777")

        assert cells(admin_client)[0][0] == made.get_absolute_url()

    def test_a_lock_that_was_never_shown_is_there(self, admin_client: Client) -> None:
        lock_of(post("Tea")).spots.all().delete()

        assert cells(admin_client)[0] == [
            "Tea",
            "without a name",
            "—",
            "closed",
            "Sharing the page, Waiting",
            "0 → 0 → 0",
        ]

    @pytest.mark.parametrize(
        ("fields", "state"),
        [
            ({"is_on": False}, "open to everybody: turned off"),
            ({"starts": HOUR}, "open to everybody until"),
            ({"ends": -HOUR}, "open to everybody since"),
            ({"ends": HOUR}, "closed until"),
            ({"starts": -HOUR}, "closed"),
        ],
    )
    def test_the_state_is_said(self, admin_client: Client, fields: dict[str, Any], state: str) -> None:
        moments = {
            name: timezone.now() + value if isinstance(value, dt.timedelta) else value for name, value in fields.items()
        }
        lock_of(post(), **moments)

        (row,) = cells(admin_client)
        assert row[3].startswith(state)
        assert len(cells(admin_client, "?state=closed")) == state.startswith("closed")
        assert len(cells(admin_client, "?state=open")) == state.startswith("open")

    def test_what_its_tag_and_an_editor_say_is_in_force(self, admin_client: Client) -> None:
        lock_of(post(), "tag", said={"ways": ["rate"]})
        lock_of(post(), "editor", said={"ways": ["rate"]}, options={"ways": ["comment", "wait"]})

        assert [row[4] for row in cells(admin_client)] == ["Commenting, Waiting", "Rating"]

    @pytest.mark.parametrize("term", ["bridges", "recipe", "/lock-"])
    def test_it_is_searched_by_title_name_and_address(self, admin_client: Client, term: str) -> None:
        lock_of(post("Bridges of stone"), "recipe")
        lock_of(post("Tea"), "x").spots.update(path="/other/")
        Lock.objects.filter(name="x").update(object_pk="99999")

        assert [row[0] for row in cells(admin_client, f"?q={term}")] == ["Bridges of stone"]

    @pytest.mark.parametrize("term", ["%00", "'", "%25", "a" * 5000])
    def test_odd_words_find_nothing(self, admin_client: Client, term: str) -> None:
        lock_of(post())

        assert admin_client.get(f"{LOCKS}?q={term}").status_code == 200

    def test_it_is_filtered_by_what_is_hidden(self, admin_client: Client) -> None:
        lock_of(post(), "book", source="file")
        lock_of(post(), "text")

        assert [row[1] for row in cells(admin_client, "?form=file")] == ["book"]

    def test_locks_of_another_site_are_not_here(self, admin_client: Client) -> None:
        lock = lock_of(post(), site_id=2)

        assert cells(admin_client) == []
        assert admin_client.get(change(lock), follow=True).redirect_chain
        assert admin_client.get(f"{LOCKS}{lock.pk}/numbers/").status_code == 404

    def test_it_costs_as_much_with_more_locks(self, admin_client: Client) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                cells(admin_client)
            return len(asked)

        put(lock_of(post()), "shown", 3)
        queries()
        few = queries()
        for number in range(10):
            put(lock_of(post(), said={"title_b": str(number)}), "shown", 3)
        assert queries() == few

    def test_it_says_how_a_lock_comes_into_being_where_one_would_add_it(self, admin_client: Client) -> None:
        assert "as soon as its page has been shown" in words(admin_client.get(LOCKS))
        assert admin_client.get(f"{LOCKS}add/").status_code == 403

    def test_it_says_what_is_to_be_thought_over_in_the_terms_of_the_site(
        self, admin_client: Client, set_lock: Any
    ) -> None:
        assert messages(admin_client.get(LOCKS)) == []
        set_lock(networks=["facebook"], ways=["share"])

        (policy, ways) = messages(admin_client.get(LOCKS))
        assert "Facebook forbids" in policy
        assert "only way" in ways


class TestTerms:
    def test_what_is_left_empty_is_not_kept(self, admin_client: Client) -> None:
        lock = lock_of(post())
        save(admin_client, lock)

        lock.refresh_from_db()
        assert lock.options == {}
        assert lock.is_on

    def test_what_is_set_is_kept_and_holds_at_once(self, admin_client: Client) -> None:
        lock = lock_of(post(), said={"days": 7, "title": "Tag"})
        ref = ref_of(lock)
        assert terms_of(ref).conf.title == "Tag"
        values = {
            **{f"smo_{name}": value for name, value in {"title": "Mine", "days": "0", "rung": "visited"}.items()},
            "smo_ways-wait": "1",
            "smo_ways-rate": "2",
            "smo_networks-vk": "1",
            "smo_open_for": "members",
        }
        save(admin_client, lock, **values)

        lock.refresh_from_db()
        assert lock.options == {
            "title": "Mine",
            "days": 0,
            "rung": "visited",
            "ways": ["wait", "rate"],
            "networks": ["vk"],
            "open_for": ["members"],
        }
        conf = terms_of(ref).conf
        assert (conf.title, conf.days, conf.ways, conf.networks) == ("Mine", 0, ("wait", "rate"), ("vk",))

    def test_what_was_set_is_shown_and_can_be_emptied(self, admin_client: Client) -> None:
        lock = lock_of(post(), options={"title": "Mine", "ways": ["rate", "wait"], "gone": 1})
        form = soup(admin_client.get(change(lock)))
        assert form.select_one("[name=smo_title]")["value"] == "Mine"
        assert form.select_one("[name=smo_ways-rate]")["value"] == "1"
        save(admin_client, lock, smo_title="")

        lock.refresh_from_db()
        assert lock.options == {"gone": 1, "ways": ["rate", "wait"]}  # what is no setting (any more) is kept

    def test_every_setting_can_be_changed(self, admin_client: Client) -> None:
        names = {
            one["name"].partition("-")[0] for one in soup(admin_client.get(change(lock_of(post())))).select("[name]")
        }

        assert {f"smo_{name}" for name in lock_settings.editable} <= names

    def test_empty_says_what_holds_then(self, admin_client: Client) -> None:
        text = words(admin_client.get(change(lock_of(post(), said={"days": 7, "rung": "opened", "title": "Tag"}))))

        assert "Empty: as its tag has it, 7." in text
        assert "as its tag has it: The reader went to the network" in text
        assert "Empty: as its tag has it, Tag." in text
        assert "Empty: as the site has it, Sharing the page, Waiting." in text
        assert "Empty: as the site has it, 30." in text

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"smo_wait_seconds": "0"}, "must be from 1 to 3600, not 0"),
            ({"smo_days": "99999"}, "must be from 0 to 3650, not 99999"),
            ({"smo_trial_minutes": "x"}, "Enter a whole number."),
            ({"smo_rung": "bribed"}, "Select a valid choice. bribed is not one of the available choices."),
            ({"smo_ways-wait": "first"}, "first is no number: write 1 for the first, 2 for the second …"),
            (
                {"starts_0": "2026-12-02", "starts_1": "10:00", "ends_0": "2026-12-01", "ends_1": "10:00"},
                "It must end after it begins.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_kept(
        self, admin_client: Client, values: dict[str, str], sentence: str
    ) -> None:
        lock = lock_of(post())
        answer = save(admin_client, lock, smo_title="New", **values)

        assert sentence in errors(answer)
        lock.refresh_from_db()
        assert lock.options == {}

    def test_beside_a_network_that_forbids_it_stands_why_it_is_left_out(self, admin_client: Client) -> None:
        page = soup(admin_client.get(change(lock_of(post()))))

        note = page.select_one("#smo_networks-facebook-note")
        assert note.text == "Left out unless you number it: No gating. (https://rules.example/, read 11/26/2026)"
        assert page.select_one("[name=smo_networks-facebook]")["aria-describedby"] == note["id"]
        assert page.select("#smo_networks-vk-note") == []

    def test_so_it_does_in_the_settings_of_the_site(self, admin_client: Client) -> None:
        page = soup(admin_client.get("/admin/smo_core/settings/lock/"))

        assert "Left out unless you number it: No gating." in page.select_one("#networks-facebook-note").text

    def test_one_that_forbids_it_can_be_taken_and_is_warned_of(self, admin_client: Client) -> None:
        lock = lock_of(post())
        answer = save(admin_client, lock, **{"smo_networks-facebook": "1", "smo_ways-share": "1"})

        assert [one for one in messages(answer) if "Facebook forbids" in one]
        assert [one for one in messages(answer) if "waiting is offered" in one]
        assert [one for one in messages(admin_client.get(change(lock))) if "Facebook forbids" in one]
        lock.refresh_from_db()
        assert lock.options == {"networks": ["facebook"], "ways": ["share"]}

    def test_it_is_turned_off_and_given_an_end(self, admin_client: Client) -> None:
        lock = lock_of(post())
        ref = ref_of(lock)
        assert terms_of(ref).is_closed()
        save(admin_client, lock, is_on=None, ends_0="2030-01-01", ends_1="12:00")

        lock.refresh_from_db()
        assert (lock.is_on, lock.ends) == (False, dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC))
        assert not terms_of(ref).is_closed()

    def test_one_that_is_deleted_is_there_no_more_at_once(self, admin_client: Client) -> None:
        lock = lock_of(post())
        ref = ref_of(lock)
        assert terms_of(ref)
        admin_client.post(f"{LOCKS}{lock.pk}/delete/", {"post": "yes"})

        assert terms_of(ref) is None

    def test_several_are_deleted_together(self, admin_client: Client) -> None:
        locks = [lock_of(post()), lock_of(post())]
        refs = [ref_of(one) for one in locks]
        assert all(map(terms_of, refs))
        data = {"action": "delete_selected", "_selected_action": [one.pk for one in locks], "post": "yes"}
        admin_client.post(LOCKS, data)

        assert list(map(terms_of, refs)) == [None, None]

    def test_a_wrong_word_of_a_tag_spoils_nothing(self, admin_client: Client) -> None:
        lock = lock_of(post(), said={"days": "many", "colour": "red"})

        assert "Empty: as the site has it, 30." in words(admin_client.get(change(lock)))

    def test_the_page_is_linked_and_the_teasers_are_shown(self, admin_client: Client) -> None:
        made = post("Bridges")
        lock = lock_of(made, options={"title": "<b>One</b>", "text": "More\n\nbehind", "title_b": "Two"})
        page = soup(admin_client.get(change(lock)))

        assert [one.text for one in page.select(f'.field-page a[href="{made.get_absolute_url()}"]')] == ["Bridges"]
        teasers = [one.get_text(" ", strip=True) for one in page.select(".smo-teaser")]
        assert [one.split(" X ")[0] for one in teasers] == [
            "First teaser <b>One</b> More behind",
            "Second teaser Two More behind",
        ]
        assert all(one.endswith("I have shared it Wait 30 seconds") for one in teasers)
        assert page.select(".smo-teaser :is(a, button, input)") == []
        (stranger,) = page.find_all("a", string="See it as a stranger")
        assert stranger["href"] == made.get_absolute_url()

    def test_a_lock_without_words_shows_those_of_the_suite(self, admin_client: Client) -> None:
        card = soup(admin_client.get(change(lock_of(post(), said={"ways": ["wait", "sign_in"]})))).select_one(
            ".smo-teaser"
        )

        assert card.h3.text == "The rest opens for a small thank-you"
        assert card.p.text == "To read on: wait a little or sign in."

    def test_what_the_tag_says_stands_in_the_empty_field(self, admin_client: Client) -> None:
        page = soup(admin_client.get(change(lock_of(post(), said={"wait_seconds": 7}))))

        assert page.select_one("[name=smo_wait_seconds]")["placeholder"] == "7"
        assert {one["type"] for one in page.select("[name=smo_open_for]")} == {"checkbox"}

    def test_a_place_where_it_is_not_shown_any_more_is_marked(self, admin_client: Client) -> None:
        lock = lock_of(post())
        assert "not shown since" not in words(admin_client.get(change(lock)))
        lock.spots.update(seen=timezone.now() - dt.timedelta(days=91))

        assert "(not shown since" in words(admin_client.get(change(lock)))


ROLES = {
    "nobody": (),
    "sees": ("view_lock",),
    "changes": ("view_lock", "change_lock"),
    "deletes": ("view_lock", "delete_lock"),
}
VIEWS = {
    "list": {"sees", "changes", "deletes"},
    "lock": {"sees", "changes", "deletes"},
    "numbers": {"sees", "changes", "deletes"},
    "save": {"changes"},
    "delete": {"deletes"},
    "add": set(),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ROLES)
def test_role_and_view(client: Client, role: str, view: str) -> None:
    lock = lock_of(post())
    client.force_login(staff(*ROLES[role]))
    addresses = {"list": LOCKS, "numbers": f"{LOCKS}{lock.pk}/numbers/", "add": f"{LOCKS}add/"}
    if view == "delete":
        answer = client.post(f"{LOCKS}{lock.pk}/delete/", {"post": "yes"})
    elif view == "save":
        answer = client.post(change(lock), {"smo_title": "New"})
    else:
        answer = client.get(addresses.get(view, change(lock)))
    assert (answer.status_code in {200, 302}) == (role in VIEWS[view])
    assert answer.status_code in {200, 302, 403}
    assert Lock.objects.filter(options={"title": "New"}).exists() == (view == "save" and role == "changes")
    assert Lock.objects.exists() == (not (view == "delete" and role == "deletes"))


def test_who_only_sees_reads_the_terms(client: Client) -> None:
    lock = lock_of(post(), options={"days": 3, "title": "Mine"})
    client.force_login(staff("view_lock"))
    page = soup(client.get(change(lock)))

    text = page.get_text(" ", strip=True)
    assert "Days that it stays open: 3" in text
    assert "Heading: Mine" in text
    assert page.select("[name^=smo_], [name=_save]") == []


@pytest.mark.parametrize("address", ["", "1/numbers/", "1/change/"])
def test_readers_are_asked_to_sign_in(client: Client, address: str) -> None:
    assert client.get(LOCKS + address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_page_is_shown_in_both_languages(admin_client: Client, language: str) -> None:
    lock = lock_of(post(), "x", options={"title_b": "Two", "networks": ["facebook"]}, ends=timezone.now() + HOUR)
    put(lock, "shown", 200, variant="a")
    put(lock, "tried", 3, way="share", network="vk", variant="a")
    forget_settings()
    for address in (LOCKS, change(lock), f"{LOCKS}{lock.pk}/numbers/"):
        answer = admin_client.get(address, headers={"Accept-Language": language})
        assert soup(answer).html["lang"] == language
