"""Classes registered with django_comments.moderation or django_comments_xtd.moderation are asked as on a stock site."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_comments.moderation import CommentModerator
from django_comments.moderation import moderator as stock
from django_comments_xtd.models import BlackListedDomain
from django_comments_xtd.moderation import SpamModerator, XtdCommentModerator
from django_comments_xtd.moderation import moderator as xtd

from smo_kit.comments.drafts import Draft
from smo_kit.comments.models import Entry
from smo_kit.comments.moderation import decide
from smo_kit.comments.services import confirm, edit, post
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment
from smo_kit.core.refusals import Refused
from tests.blog.models import Post


def registered(moderator, base):
    def register(**options):
        moderator.register(Post, type("Asked", (base,), options))

    return register


@pytest.fixture(params=["django_comments", "django_comments_xtd"])
def register(request):
    """Register a moderator class of the site's with either package."""
    moderator, base = {
        "django_comments": (stock, CommentModerator),
        "django_comments_xtd": (xtd, XtdCommentModerator),
    }[request.param]
    yield registered(moderator, base)
    if Post in moderator._registry:
        moderator.unregister(Post)


def guest(**fields):
    return Draft(**{"text": "A well told story of bridges.", "name": "Grace", "email": "grace@example.org", **fields})


def test_what_it_does_not_allow_is_refused_and_not_stored(register, say):
    register(allow=lambda self, comment, content_object, request: "rude" not in comment.comment)

    with pytest.raises(Refused, match="can't be taken"):
        say("Something rude about bridges.")
    assert not XtdComment.objects.exists()
    assert say("Something kind about bridges.").state == State.PUBLISHED


def test_a_page_can_say_by_a_field_that_it_takes_none(register, say, article):
    register(enable_field="is_public")
    say()
    article.is_public = False
    article.save()

    with pytest.raises(Refused):
        say("One more word on these bridges.")
    assert XtdComment.objects.count() == 1


def test_a_page_closes_days_after_it_was_published(register, say, article):
    register(auto_close_field="published_at", close_after=7)
    article.published_at = timezone.now() - dt.timedelta(days=6)
    article.save()
    say()
    article.published_at = timezone.now() - dt.timedelta(days=8)
    article.save()

    with pytest.raises(Refused):
        say("One more word on these bridges.")


def test_what_it_wants_to_moderate_waits(register, say):
    register(moderate=lambda self, comment, content_object, request: "quarry" in comment.comment)

    assert say().state == State.PUBLISHED
    entry = say("A word about the quarry.")

    assert entry.state == State.HELD
    assert entry.why[0] == "A moderator wants to see comments of this page first."
    assert not XtdComment.objects.get(pk=entry.pk).is_public


def test_a_guest_who_confirms_waits_for_it_too(register, article):
    register(moderate=lambda self, comment, content_object, request: True)
    entry = post(article, guest()).entry
    assert entry.state == State.PENDING

    assert confirm(entry)

    assert entry.state == State.HELD


def test_what_is_changed_is_shown_to_it_again(register, say):
    entry = say()
    register(moderate=lambda self, comment, content_object, request: "quarry" in comment.comment)

    edit(entry, "A word about the quarry.")

    assert entry.state == State.HELD


def test_it_may_send_mail_of_what_people_have_confirmed(register, say, article, settings, mailoutbox):
    settings.MANAGERS = [("Boss", "boss@example.org")]
    register(email_notification=True)

    entry = post(article, guest()).entry
    assert mailoutbox == []
    confirm(entry)
    assert [one.to for one in mailoutbox] == [["boss@example.org"]]
    say("The mortar is younger than the stones.")

    assert len(mailoutbox) == 2
    assert "The mortar is younger" in mailoutbox[1].body


def test_no_mail_of_its_is_sent_about_spam(register, say, settings, mailoutbox):
    settings.MANAGERS = [("Boss", "boss@example.org")]
    settings.SMO_KIT = {"SPAM": {"publish_below": 0, "spam_above": 0}}
    register(email_notification=True)

    assert say().state == State.SPAM
    assert mailoutbox == []


@pytest.mark.django_db
def test_domains_on_the_list_of_xtd_are_refused(article):
    BlackListedDomain.objects.create(domain="spam.example")
    xtd.register(Post, SpamModerator)
    try:
        with pytest.raises(Refused):
            post(article, guest(email="a@spam.example"))
        assert post(article, guest()).is_new
    finally:
        xtd.unregister(Post)


def test_a_moderators_word_is_the_last(register, say):
    register(moderate=lambda self, comment, content_object, request: True)
    entry = say()

    decide(entry, "publish")

    assert Entry.objects.get().state == State.PUBLISHED


def test_the_page_is_fetched_once_and_the_site_not_at_all(register, say):
    register(moderate=lambda self, comment, content_object, request: not content_object.title)
    say()
    with CaptureQueriesContext(connection) as queries:
        say("The second arch is younger.")
    asked = [query["sql"] for query in queries]
    assert len([sql for sql in asked if 'FROM "blog_post"' in sql.replace("`", '"')]) == 1
    assert not [sql for sql in asked if "django_site" in sql or "django_content_type" in sql]
