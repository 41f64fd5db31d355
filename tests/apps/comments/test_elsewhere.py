"""Comments that others write, change and remove: a stock admin, a script, django-comments-xtd's own views."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import pre_save
from django_comments.models import CommentFlag
from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG, publish_or_unpublish_on_pre_save

from smo_kit.comments.adopting import paths_of
from smo_kit.comments.checks import storage_is_stock
from smo_kit.comments.discussions import discussion_of
from smo_kit.comments.models import Action, Discussion, Entry, Report
from smo_kit.comments.moderation import undo
from smo_kit.comments.moves import move
from smo_kit.comments.people import person_of
from smo_kit.comments.states import State
from smo_kit.comments.storage import XtdComment, key_of_comment
from smo_kit.comments.votes import vote
from smo_kit.core.visitors import Visitor
from smo_kit.spam.models import Decision, Print

ADMIN = "/admin/django_comments_xtd/xtdcomment/"
TEXT = "Granite from the quarry upstream, as far as I know."


@pytest.fixture
def stock(article):
    """Write a comment as a stock site does."""

    def stock(text: str = TEXT, **fields) -> XtdComment:
        fields = {"user_name": "Grace", "user_email": "grace@example.org", **fields}
        type_ = ContentType.objects.get_for_model(article)
        return XtdComment.objects.create(
            content_type=type_, object_pk=str(article.pk), site_id=1, comment=text, **fields
        )

    return stock


@pytest.fixture
def old(stock):
    """Write one that was there before the suite."""

    def old(text: str = TEXT, *, parent_id: int = 0, **fields) -> XtdComment:
        comment = stock(text, **fields)
        Entry.objects.filter(pk=comment.pk).delete()
        XtdComment.norel_objects.filter(pk=comment.pk).update(parent_id=parent_id or comment.pk, nested_count=0)
        return comment

    return old


def forget_discussions():
    Discussion.objects.all().delete()


class TestAdoption:
    @pytest.mark.parametrize("email", ["ada@example.org", ""], ids=["of the account", "of the comment"])
    def test_accounts_need_no_more_than_an_address(self, stock, member, monkeypatch, email):
        monkeypatch.delattr(AbstractUser, "get_full_name")
        member.email = email
        expected = person_of(user_id=member.pk, email=email or "grace@example.org")
        assert Entry.objects.get(comment=stock(user=member)).person == expected

    def test_what_was_there_is_taken_in_when_a_discussion_is_first_asked_for(self, old, article):
        root = old()
        reply = old("Not granite: limestone.", parent_id=root.pk)
        hidden = old("Waiting.", parent_id=root.pk, is_public=False)
        gone = old("Rude.", is_removed=True)
        forget_discussions()

        discussion = discussion_of(article)

        assert discussion.count == 2
        states = dict(Entry.objects.values_list("pk", "state"))
        assert states == {root.pk: "published", reply.pk: "published", hidden.pk: "held", gone.pk: "removed"}
        assert Entry.objects.get(pk=root.pk).size == 1
        assert list(Entry.objects.order_by("path").values_list("pk", flat=True)) == [
            *(root.pk, reply.pk, hidden.pk),
            gone.pk,
        ]

    def test_only_the_parent_is_believed(self, old, article):
        root, other = old(), old("Another thread altogether.")
        reply = old("A reply to the first one.", parent_id=root.pk)
        XtdComment.norel_objects.update(thread_id=0, order=7, nested_count=99, level=3)
        forget_discussions()

        discussion_of(article)

        assert [(one.pk, one.level, one.root_id, one.size) for one in Entry.objects.order_by("path")] == [
            (root.pk, 0, root.pk, 1),
            (reply.pk, 1, root.pk, 0),
            (other.pk, 0, other.pk, 0),
        ]

    @pytest.mark.parametrize(
        ("parents", "levels"),
        [
            ({3: 0, 4: 3}, {3: 0, 4: 1}),
            ({3: 3, 4: 3, 5: 4}, {3: 0, 4: 1, 5: 2}),
            ({4: 2}, {4: 0}),
            ({3: 5, 5: 3}, {3: 0, 5: 1}),
            ({1: 2, 2: 3, 3: 2}, {1: 1, 2: 0, 3: 1}),
            ({9: 10, 10: 10}, {9: 1, 10: 0}),
        ],
        ids=["zero", "itself", "gone", "circle", "before a circle", "younger parent"],
    )
    def test_every_comment_has_a_place_whatever_its_parent_says(self, parents, levels):
        assert {pk: len(path) // 10 - 1 for pk, path in paths_of(parents, {}).items()} == levels

    def test_likes_are_those_of_the_flags(self, old, article, member, admin_user):
        root = old()
        CommentFlag.objects.create(comment=root, user=member, flag=LIKEDIT_FLAG)
        CommentFlag.objects.create(comment=root, user=admin_user, flag=DISLIKEDIT_FLAG)
        CommentFlag.objects.create(comment=root, user=admin_user, flag=CommentFlag.MODERATOR_APPROVAL)
        forget_discussions()

        discussion_of(article)

        entry = Entry.objects.get()
        assert (entry.likes, entry.dislikes) == (1, 1)
        assert entry.score > 0


class TestWriting:
    def test_a_comment_written_elsewhere_is_heard(self, stock, article, told):
        discussion_of(article)

        comment = stock()

        entry = Entry.objects.get()
        assert (entry.pk, entry.state, entry.html) == (comment.pk, State.PUBLISHED, f"<p>{TEXT}</p>")
        assert discussion_of(article).count == 1
        assert told() == {"published": [comment.pk], "withdrawn": []}

    def test_a_reply_written_elsewhere_counts_once(self, stock, article):
        root = stock()
        reply = stock("A reply to it.", parent_id=root.pk)
        under = stock("A reply to the reply.", parent_id=reply.pk)
        held = stock("Not yet seen by anybody.", parent_id=root.pk, is_public=False)

        rows = {one.pk: one for one in XtdComment.objects.all()}
        assert [rows[one.pk].nested_count for one in (root, reply, under, held)] == [2, 1, 0, 0]
        assert [one.size for one in Entry.objects.order_by("pk")] == [2, 1, 0, 0]
        assert discussion_of(article).count == 3

    def test_a_deleted_comment_is_counted_out_and_its_fingerprint_dropped(self, say, article):
        root = say()
        say(TEXT, root)
        assert Print.objects.filter(**key_of_comment(root.pk).fields).exists()

        XtdComment.objects.get(pk=Entry.objects.last().pk).delete()
        assert (discussion_of(article).count, Entry.objects.get().size) == (1, 0)
        XtdComment.objects.get(pk=root.pk).delete()

        assert discussion_of(article).count == 0
        assert not Print.objects.filter(**key_of_comment(root.pk).fields).exists()

    def test_saving_what_is_public_publishes_nothing_that_is_held_below_it(self, say):
        root = say()
        held = say(TEXT, root)
        move(held, State.HELD)

        XtdComment.objects.get(pk=root.pk).save()

        assert not pre_save.disconnect(publish_or_unpublish_on_pre_save, sender=XtdComment)
        held.refresh_from_db()
        assert (held.state, XtdComment.objects.get(pk=held.pk).is_public) == (State.HELD, False)

    def test_flags_always_say_what_the_state_says(self, say):
        entry = say()
        for state in (State.REMOVED, State.PUBLISHED, State.SPAM, State.HELD):
            move(entry, state)
            row = XtdComment.objects.get(pk=entry.pk)
            assert {"is_public": row.is_public, "is_removed": row.is_removed} == state.flags


class TestStockAdmin:
    def act(self, client, action, entry):
        return client.post(ADMIN, {"action": action, "_selected_action": [entry.pk]})

    def test_its_approval_publishes_once(self, say, admin_client, told):
        entry = say()
        move(entry, State.HELD)
        told.clear()

        self.act(admin_client, "approve_comments", entry)
        self.act(admin_client, "approve_comments", entry)

        entry.refresh_from_db()
        assert entry.state == State.PUBLISHED
        assert told() == {"published": [entry.pk], "withdrawn": []}

    def test_its_removal_withdraws_once(self, say, admin_client, admin_user, told, article):
        entry = say()
        told.clear()

        self.act(admin_client, "remove_comments", entry)
        self.act(admin_client, "remove_comments", entry)

        entry.refresh_from_db()
        assert (entry.state, discussion_of(article).count) == (State.REMOVED, 0)
        assert told() == {"published": [], "withdrawn": [entry.pk]}
        assert list(Action.objects.values_list("verb", "after", "user")) == [("remove", "removed", admin_user.pk)]

    def test_its_approval_is_learned_from_and_can_be_taken_back(self, say, admin_client, admin_user):
        entry = say()
        move(entry, State.HELD)

        self.act(admin_client, "approve_comments", entry)

        assert list(Decision.objects.values_list("is_spam", flat=True)) == [False]
        assert undo(Entry.objects.get(), user=admin_user)
        assert not XtdComment.objects.get().is_public

    def test_what_it_changes_by_a_form_is_followed(self, say, admin_client, article):
        entry = say()
        self.edit(admin_client, entry, is_public=False)
        entry.refresh_from_db()
        assert (entry.state, discussion_of(article).count) == (State.HELD, 0)
        assert list(Action.objects.values_list("verb", "after")) == [("elsewhere", "held")]

    def test_its_flag_is_a_report(self, say, admin_client, settings):
        settings.SMO_KIT = {"COMMENTS": {"reports_to_hold": 1}}
        entry = say()

        self.act(admin_client, "flag_comments", entry)
        self.act(admin_client, "flag_comments", entry)

        entry.refresh_from_db()
        assert (entry.state, Report.objects.count()) == (State.HELD, 1)

    def edit(self, client, entry, **changes):
        form = client.get(f"{ADMIN}{entry.pk}/change/").context["adminform"].form
        values = {form.add_prefix(name): form[name].value() for name in form.fields}
        when = values.pop("submit_date")
        values |= {"submit_date_0": f"{when:%Y-%m-%d}", "submit_date_1": f"{when:%H:%M:%S}"}
        data = {name: value for name, value in {**values, **changes}.items() if value not in {None, False}}
        answer = client.post(f"{ADMIN}{entry.pk}/change/", data)
        assert answer.status_code == 302, answer.context["errors"]

    def test_a_text_changed_there_is_seen_by_readers(self, say, admin_client):
        entry = say()

        self.edit(admin_client, entry, comment="**Basalt** it was.")

        entry.refresh_from_db()
        assert entry.html == "<p><strong>Basalt</strong> it was.</p>"
        assert list(Action.objects.values_list("verb", flat=True)) == ["edited"]

    def test_a_text_that_speaks_to_somebody_is_followed_too(self, say, admin_client):
        root = say()
        entry = say("@Ada Byron, which quarry was it?", root)
        before = entry.html
        assert "smo-mention" in before

        self.edit(admin_client, entry)
        entry.refresh_from_db()
        assert (entry.html, entry.mentions) == (before, [root.pk])
        self.edit(admin_client, entry, comment="Which quarry was it?")

        entry.refresh_from_db()
        assert (entry.html, entry.mentions) == ("<p>Which quarry was it?</p>", [])


class TestVotesByFlags:
    def test_a_like_given_and_taken_back_elsewhere_counts(self, say, admin_user):
        entry = say()
        flag = CommentFlag.objects.create(comment=entry.comment, user=admin_user, flag=LIKEDIT_FLAG)
        entry.refresh_from_db()
        assert entry.likes == 1

        flag.delete()

        entry.refresh_from_db()
        assert (entry.likes, entry.dislikes) == (0, 0)

    def test_who_changes_his_mind_has_one_vote(self, say, admin_user, settings):
        settings.SMO_KIT = {"COMMENTS": {"dislikes": True}}
        entry, visitor = say(), Visitor(key="k" * 22, user_id=admin_user.pk)
        for value in (1, -1):
            vote(entry, value, visitor)

        entry.refresh_from_db()
        assert (entry.likes, entry.dislikes) == (0, 1)
        assert list(CommentFlag.objects.values_list("flag", flat=True)) == [DISLIKEDIT_FLAG]
        vote(entry, 0, visitor)
        entry.refresh_from_db()
        assert (entry.likes, entry.dislikes, CommentFlag.objects.count()) == (0, 0, 0)


class TestChecks:
    def test_a_right_site_has_no_fault(self):
        assert storage_is_stock(None) == []

    def test_the_wrong_order_of_apps_is_named(self, monkeypatch):
        wrong = [apps.get_app_config(label) for label in ("smo_comments", "django_comments_xtd")]
        monkeypatch.setattr(apps, "get_app_configs", lambda: wrong)

        (error,) = storage_is_stock(None)

        assert error.id == "smo_kit.E403"
        assert "before 'smo_kit.comments'" in error.hint

    def test_other_storage_is_named(self, settings):
        settings.COMMENTS_APP, settings.COMMENTS_XTD_MODEL = "", "mine.Comment"
        assert [one.id for one in storage_is_stock(None)] == ["smo_kit.E401", "smo_kit.E402"]
