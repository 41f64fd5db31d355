"""Who may write: as the site has it, or a single discussion; what an editor had saved before moves along."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection

from smo_kit.comments.discussions import conf_of, who_may_write
from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Discussion, Entry
from smo_kit.comments.services import post
from smo_kit.core.access import may, who_may
from smo_kit.core.models import Settings
from smo_kit.core.refusals import Refused

pytestmark = pytest.mark.django_db

GUEST = Draft(text="As a guest.", name="Grace", email="grace@example.org")


@pytest.fixture
def discussion(say):
    return say().discussion


@pytest.fixture
def friends_only(settings):
    own = {"COMMENTS": {"confirm_guests": False}, "ACCESS": {"comment": "groups", "groups": ["Friends"]}}
    settings.SMO_KIT = {**settings.SMO_KIT, **own}


def has(discussion, **options) -> None:
    Discussion.objects.filter(pk=discussion.pk).update(options=options)
    discussion.refresh_from_db()


def test_a_discussion_is_as_the_site_has_it_or_otherwise(discussion, rf, friends_only):
    assert who_may_write(discussion) == "groups"
    has(discussion, who="everyone", sort="newest")
    assert who_may_write(discussion) == "everyone"
    assert conf_of(discussion).sort == "newest"
    assert (who_may("comment"), who_may("comment", discussion.key)) == ("groups", "everyone")
    request = rf.get("/")
    request.user = AnonymousUser()
    assert may(request, "comment", discussion.key)
    assert not may(request, "comment")


@pytest.mark.parametrize("wrong", ["nobody", 7, None, ["everyone"]], ids=repr)
def test_what_can_not_be_is_as_the_site_has_it(discussion, wrong, friends_only):
    has(discussion, who=wrong)
    assert who_may_write(discussion) == "groups"


def test_what_writes_for_somebody_asks(discussion, article, member, friends_only):
    with pytest.raises(Refused, match="Only members may write here"):
        post(article, GUEST)
    with pytest.raises(Refused, match="your account is not among those that may"):
        post(article, Draft(text="As a member.", user=member))
    member.groups.add(Group.objects.create(name="Friends"))
    assert post(article, Draft(text="As a friend.", user=member)).is_new
    has(discussion, who="everyone")
    assert post(article, GUEST).is_new


def test_an_editor_sets_it_for_one_discussion(admin_client, discussion, friends_only):
    address = f"/admin/smo_comments/discussion/{discussion.pk}/change/"
    page = admin_client.get(address).content.decode()
    assert "As the site has it (Only members of certain groups)" in page
    assert admin_client.post(address, {"is_open": "", "who": "members", "sort": "best"}).status_code == 302
    discussion.refresh_from_db()
    assert discussion.options == {"who": "members", "sort": "best"}
    assert b"nonsense" in admin_client.post(address, {"is_open": "", "who": "nonsense"}).content


def test_likes_are_open_to_guests_whoever_may_write(client, discussion, friends_only):
    entry = Entry.objects.get()
    answer = client.post(f"/smo/comments/{entry.pk}/vote/", {"value": "1"}, headers={"Sec-Fetch-Site": "same-origin"})
    entry.refresh_from_db()
    assert (answer.status_code, entry.likes) == (303, 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            {"COMMENTS": {"who": "members", "hold": "all"}},
            {"COMMENTS": {"hold": "all"}, "ACCESS": {"comment": "members"}},
        ),
        (
            {"COMMENTS": {"who": "members"}, "ACCESS": {"comment": "groups"}},
            {"COMMENTS": {}, "ACCESS": {"comment": "groups"}},
        ),
        ({"COMMENTS": {"hold": "all"}}, {"COMMENTS": {"hold": "all"}}),
        ({}, {}),
    ],
    ids=["moved", "said there already", "not set", "nothing saved"],
)
def test_what_was_saved_in_the_admin_moves(before, after):
    for app, data in before.items():
        Settings.objects.create(app=app, data=data)
    move = import_module("smo_kit.comments.migrations.0004_who").move
    for _once_more in range(2):
        move(apps, SimpleNamespace(connection=connection))
        assert dict(Settings.objects.values_list("app", "data")) == after
