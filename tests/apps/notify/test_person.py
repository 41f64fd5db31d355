"""What notifications keep of a person is shown to him, or erased."""

from __future__ import annotations

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from smo_kit.core.people import erase, export, person_at
from smo_kit.core.registrations import registration_of
from smo_kit.core.rows import renew
from smo_kit.mail.models import Mail
from smo_kit.notify.fan_out import spread
from smo_kit.notify.models import Delivery, Subscriber, Subscription
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(article, say, ada, bob, reader, deliver):
    """A guest who was told of a comment, and another one."""
    renew(registration_of(Post), [article])
    reader("guest", browsers=["its-mark"])
    reader("other")
    say(ada)
    deliver()
    say(bob, "And the second?")


def test_a_guest_gets_all_of_it(known, discussion):
    kept = export(person_at("Guest@example.org"))["notify"]
    assert kept["settings"][0]["address"] == "guest@example.org"
    assert [row["discussion"] for row in kept["discussions"]] == [discussion.pk]
    assert [(row["title"], row["page"]) for row in kept["discussions"]] == [("Bridges of stone", "/posts/bridges/")]
    assert kept["settings"][0]["browsers"] == ["its-mark"]
    (told,) = kept["notifications"]
    assert (told["why"], told["title"]) == ("discussion", "Bridges of stone")
    assert told["comment"].startswith("http")
    assert told["comment"].endswith(f"/comments/{told['entry']}/")
    assert "guest@example.org" in json.dumps(kept, cls=DjangoJSONEncoder)


def test_a_member_is_found_by_his_account(ada, bob, say):
    question = say(ada)
    say(bob, "It is the second one.", reply_to=question)
    spread(100)
    Subscriber.objects.update(address="")
    kept = export(person_at("ada@example.org"))["notify"]
    assert [row["why"] for row in kept["notifications"]] == ["reply"]


def test_a_guest_is_erased_with_his_mails_and_nobody_else_is(known, deliver):
    done = erase(person_at("guest@example.org"))["notify"]
    assert done == {"settings": 1, "discussions": 1, "notifications": 1, "devices": 0}
    assert Subscriber.objects.get().address == "other@example.org"
    assert not Mail.objects.filter(to="guest@example.org").exists()
    assert Subscription.objects.count() == 1
    assert [mail.to for mail in deliver()] == [["other@example.org"]]
    assert set(Delivery.objects.values_list("subscriber__address", flat=True)) == {"other@example.org"}
