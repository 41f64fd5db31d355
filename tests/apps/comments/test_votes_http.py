"""Likes, dislikes and reports as readers send them, and what they get back."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Report, Vote
from smo_kit.comments.moves import move
from smo_kit.comments.states import State
from smo_kit.core.identities import of_member

HERE = {"Sec-Fetch-Site": "same-origin"}
SCRIPT = {**HERE, "X-Smo-Part": "1"}


@pytest.fixture
def entry(say):
    return say()


@pytest.fixture
def reader(db):
    return get_user_model().objects.create_user("bob", "bob@example.org", "pw")


@pytest.fixture
def strict():
    """Return a browser that is asked for its CSRF token, as real ones are."""
    return Client(enforce_csrf_checks=True)


def press(client, page, headers):
    """Send the form of a vote's page."""
    form = fields_of(page)
    return client.post(form.pop("action"), form, headers=headers)


def fields_of(page):
    html = page.content.decode()
    names = {
        "csrfmiddlewaretoken": r'name="csrfmiddlewaretoken" value="(\w+)"',
        "value": r'name="value" value="(-?\d)"',
    }
    found = {name: re.search(pattern, html)[1] for name, pattern in names.items()}
    return {**found, "action": re.search(r'action="(/smo/comments/\d+/vote/)"', html)[1]}


def like(client, entry, value="1", headers=SCRIPT):
    return client.post(f"/smo/comments/{entry.pk}/vote/", {"value": value}, headers=headers)


def test_a_guest_likes_once_and_can_take_it_back(client, entry):
    assert like(client, entry).json() == {"likes": 1, "dislikes": 0, "own": 1}
    assert like(client, entry).json()["likes"] == 1
    assert like(client, entry, "0").json() == {"likes": 0, "dislikes": 0, "own": 0}
    assert like(Client(), entry).json()["likes"] == 1


def test_without_script_a_vote_leads_back_to_the_comment(client, entry):
    response = like(client, entry, headers=HERE)
    assert (response.status_code, response["Location"]) == (303, f"/smo/comments/{entry.pk}/")


def test_who_votes_as_a_guest_and_signs_in_sees_his_vote_and_has_one(client, entry, reader):
    like(client, entry)
    client.force_login(reader)
    assert own_votes(client, entry) == {str(entry.pk): 1}
    assert like(client, entry).json() == {"likes": 1, "dislikes": 0, "own": 1}
    assert [one.voter for one in Vote.objects.all()] == of_member(reader.pk)
    assert like(client, entry, "0").json()["likes"] == 0
    assert own_votes(client, entry) == {}


def test_the_last_word_of_guest_and_member_counts(client, entry, reader, settings):
    """Of two browsers: in one he was a guest, in the other a member."""
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"dislikes": True}}
    like(client, entry, "-1")
    elsewhere = Client()
    elsewhere.force_login(reader)
    assert like(elsewhere, entry).json() == {"likes": 1, "dislikes": 1, "own": 1}
    client.force_login(reader)
    assert like(client, entry).json() == {"likes": 1, "dislikes": 0, "own": 1}


def test_a_vote_outlives_a_change_of_the_sites_key(client, entry, reader, settings):
    client.force_login(reader)
    like(client, entry)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 8
    client.force_login(reader)
    assert own_votes(client, entry) == {str(entry.pk): 1}
    assert like(client, entry).json()["likes"] == 1
    assert Vote.objects.get().voter == of_member(reader.pk)[0]


def test_who_reports_as_a_guest_and_signs_in_is_one_reporter(client, entry, reader):
    for _ in range(2):
        client.post(f"/smo/comments/{entry.pk}/vote/", {"value": "1"}, headers=SCRIPT)  # now his browser is known
        client.post(f"/smo/comments/{entry.pk}/report/", {"reason": "spam"}, headers=HERE)
        client.force_login(reader)
    assert Report.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_votes_are_found_by_who_gave_them(client, entry):
    """A discussion may have fifty thousand comments, and each reader asks for his own votes."""
    like(client, entry)
    with CaptureQueriesContext(connection) as asked:
        assert own_votes(client, entry) == {str(entry.pk): 1}
    (votes,) = [one["sql"] for one in asked if 'FROM "smo_comments_vote"' in one["sql"]]
    with connection.cursor() as cursor:
        plan = [row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {votes}").fetchall()]
    assert plan[0].endswith("USING INDEX smo_comments_vote_voter (voter=?)")


def own_votes(client, entry):
    return client.get("/smo/comments/mine/", {"o": entry.discussion.key.sign()}).json()["votes"]


@pytest.mark.parametrize("value", ["2", "", "x", "-1", "1\x00"])
def test_what_is_not_asked_is_not_taken(client, entry, value):
    response = like(client, entry, value)
    assert response.status_code == 400
    assert response.json()["error"]
    assert not Vote.objects.exists()


def test_dislikes_are_taken_where_the_site_wants_them(client, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"dislikes": True}}
    assert like(client, entry, "-1").json() == {"likes": 0, "dislikes": 1, "own": -1}


def test_nobody_likes_his_own_words(client, entry, member):
    client.force_login(member)
    response = like(client, entry)
    assert (response.status_code, response.json()["error"]) == (403, "This is your own comment.")


FOREIGN = [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]


@pytest.mark.parametrize("headers", [{"X-Smo-Part": "1"}, *FOREIGN])
def test_another_site_can_make_nobody_vote(strict, entry, headers):
    assert like(strict, entry, headers=headers).status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_can_make_nobody_take_a_vote_back(strict, entry, headers):
    like(strict, entry)
    assert like(strict, entry, "0", headers=headers).status_code == 403
    assert like(strict, entry, headers=headers).status_code == 403
    assert Vote.objects.count() == 1


def test_a_browser_that_says_nothing_of_itself_is_asked_once_more(strict, entry):
    asked = like(strict, entry, headers={})
    assert (asked.status_code, asked["Location"]) == (303, f"/smo/comments/{entry.pk}/vote/?value=1")
    assert not Vote.objects.exists()
    page = strict.get(asked["Location"])
    assert "Do you like this comment?" in page.content.decode()
    assert "The third arch" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "smo_visitor" not in strict.cookies

    done = press(strict, page, {})
    assert (done.status_code, done["Location"]) == (303, f"/smo/comments/{entry.pk}/")
    assert Vote.objects.get().value == 1


def test_what_that_page_sends_from_elsewhere_is_asked_again(strict, entry):
    strict.get(f"/smo/comments/{entry.pk}/vote/?value=1")
    forged = strict.post(f"/smo/comments/{entry.pk}/vote/", {"value": "1", "csrfmiddlewaretoken": "x" * 64})
    assert forged["Location"].endswith("/vote/?value=1")
    assert not Vote.objects.exists()


def test_without_script_the_same_vote_once_more_leads_to_a_page_that_takes_it_back(client, entry):
    like(client, entry, headers=HERE)
    again = like(client, entry, headers=HERE)
    assert (again.status_code, again["Location"]) == (303, f"/smo/comments/{entry.pk}/vote/?value=1")
    page = client.get(again["Location"])
    assert "You like this comment already." in page.content.decode()
    assert Vote.objects.count() == 1

    assert press(client, page, HERE)["Location"] == f"/smo/comments/{entry.pk}/"
    assert not Vote.objects.exists()
    assert "Do you like this comment?" in client.get(again["Location"]).content.decode()


def test_without_script_a_dislike_in_place_of_a_like_is_taken_at_once(client, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"dislikes": True}}
    like(client, entry, headers=HERE)
    assert like(client, entry, "-1", headers=HERE)["Location"] == f"/smo/comments/{entry.pk}/"
    assert Vote.objects.get().value == -1
    page = client.get(f"/smo/comments/{entry.pk}/vote/").content.decode()
    assert "You dislike this comment already." in page
    assert 'value="0"' in page
    page = client.get(f"/smo/comments/{entry.pk}/vote/?value=1").content.decode()
    assert "Do you like this comment?" in page
    assert 'value="1"' in page


def test_nobody_is_asked_for_votes_that_the_site_does_not_take(client, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"likes": False}}
    assert client.get(f"/smo/comments/{entry.pk}/vote/").status_code == 404


def test_one_address_votes_only_so_often(client, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"votes_an_hour": 2}}
    answers = [like(Client(), entry).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert Vote.objects.count() == 2


def test_who_throws_his_cookie_away_likes_a_comment_only_so_often(client, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"newcomers_votes_a_day": 2}}
    assert like(client, entry).status_code == 200
    assert [like(Client(), entry).status_code for _ in range(2)] == [200, 429]
    assert [like(client, entry, value).status_code for value in ("1", "0")] == [200, 200]


def test_a_cookie_from_another_comment_makes_no_more_guests(client, say, entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"newcomers_votes_a_day": 1}}
    assert like(client, entry).status_code == 200
    newcomer = Client(REMOTE_ADDR="198.51.100.7")
    assert like(newcomer, say("Another one.")).status_code == 200
    newcomer.defaults["REMOTE_ADDR"] = "127.0.0.1"
    assert like(newcomer, entry).status_code == 429


def test_readers_whose_address_nobody_knows_share_no_limit(entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"newcomers_votes_a_day": 1, "votes_an_hour": 1}}
    assert [like(Client(REMOTE_ADDR=""), entry).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED, State.SPAM])
def test_what_is_not_published_gets_no_vote(client, entry, state):
    move(entry, state)
    assert like(client, entry).status_code == 404
    for page in ("report", "vote"):
        assert client.get(f"/smo/comments/{entry.pk}/{page}/").status_code == 404


def test_looking_changes_nothing(client, entry):
    assert client.get(f"/smo/comments/{entry.pk}/vote/?value=1").status_code == 200
    client.get(f"/smo/comments/{entry.pk}/report/")
    assert not Vote.objects.exists()
    assert not Report.objects.exists()
    assert "smo_visitor" not in client.cookies


def test_reports_bring_a_comment_to_a_moderator(entry):
    for number in range(3):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        response = client.post(f"/smo/comments/{entry.pk}/report/", {"reason": f"It is rude. {number}"})
        assert "A moderator will look" in response.content.decode()
    entry.refresh_from_db()
    assert entry.state == State.HELD


def test_who_drops_his_cookie_is_one_reporter(entry):
    for _ in range(3):
        Client().post(f"/smo/comments/{entry.pk}/report/", {"reason": "It is rude."})
    entry.refresh_from_db()
    assert (entry.state, entry.reports) == (State.PUBLISHED, 1)


def test_reports_are_limited(entry, settings):
    settings.SMO_KIT = {**settings.SMO_KIT, "COMMENTS": {"reports_an_hour": 1}}
    Client().post(f"/smo/comments/{entry.pk}/report/", {"reason": "one"})
    response = Client().post(f"/smo/comments/{entry.pk}/report/", {"reason": "my <b>second</b>"})
    assert response.status_code == 429
    assert "my &lt;b&gt;second" in response.content.decode()
    assert Report.objects.count() == 1


def test_a_browser_is_told_what_is_its_own(client, entry, article, member):
    key = discussion_of(article).key.sign()
    nothing = client.get("/smo/comments/mine/", {"o": key})
    assert nothing.json() == {"own": [], "votes": {}}
    assert "no-store" in nothing["Cache-Control"]

    like(client, entry)
    assert client.get("/smo/comments/mine/", {"o": key}).json() == {"own": [], "votes": {str(entry.pk): 1}}
    client.force_login(member)
    assert client.get("/smo/comments/mine/", {"o": key}).json()["own"] == [entry.pk]
    assert client.get("/smo/comments/mine/", {"o": "forged"}).status_code == 400


def test_a_permanent_address_leads_to_the_right_page(client, article, say):
    unconfirmed = say("Nobody has confirmed this.", user=None, name="R", email="r@example.org")
    assert client.get(f"/smo/comments/{unconfirmed.pk}/").status_code == 404
    entry = say()
    assert client.get(f"/smo/comments/{entry.pk}/")["Location"] == f"/posts/bridges/#c{entry.pk}"
    assert client.get("/smo/comments/999999/").status_code == 404
