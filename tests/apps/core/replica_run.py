"""What readers and moderators do on a site that reads from a replica; run by ``test_replicas.py`` in a process."""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from pathlib import Path

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  # Django first
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from smo_kit.comments.drafts import Draft  # noqa: E402
from smo_kit.comments.models import Entry, Vote  # noqa: E402
from smo_kit.comments.moderation import decide, undo  # noqa: E402
from smo_kit.comments.services import edit, post, take_back  # noqa: E402
from smo_kit.comments.states import State  # noqa: E402
from smo_kit.comments.votes import report, vote  # noqa: E402
from smo_kit.core.identities import of_member  # noqa: E402
from smo_kit.core.people import erase, export, person_of  # noqa: E402
from smo_kit.core.routers import forget_writes  # noqa: E402
from smo_kit.core.subjects import key_of  # noqa: E402
from smo_kit.core.visitors import Visitor  # noqa: E402
from smo_kit.engagement.services import record, total  # noqa: E402
from smo_kit.mail.kinds import Kind, register_kind  # noqa: E402
from smo_kit.mail.letters import Letter  # noqa: E402
from smo_kit.mail.models import Mail  # noqa: E402
from smo_kit.mail.sending import send_what_is_due  # noqa: E402
from smo_kit.mail.services import post as post_mail  # noqa: E402
from smo_kit.mail.suppression import is_suppressed, suppress  # noqa: E402
from smo_kit.notify.models import Delivery, Subscription  # noqa: E402
from smo_kit.notify.services import end_all, follow  # noqa: E402
from smo_kit.notify.subscribers import at_address, prove  # noqa: E402
from smo_kit.ratings.people import marks_of_browser  # noqa: E402
from smo_kit.ratings.services import join, rate, summary_of, unrate  # noqa: E402
from smo_kit.share.links import mint  # noqa: E402
from smo_kit.share.models import PersonalLink  # noqa: E402
from smo_kit.spam.models import Decision  # noqa: E402
from smo_kit.spam.services import learn, unlearn  # noqa: E402
from tests.apps.core import replica_people  # noqa: E402
from tests.blog.models import Post  # noqa: E402
from tests.tables import make_tables  # noqa: E402

FOLDER = Path(os.environ.get("REPLICA_FOLDER", ""))
GUEST = Visitor("1" * 32)


def catch_up() -> None:
    """Bring the replica to where the writer is: until the next time it is behind."""
    connections.close_all()
    shutil.copy(FOLDER / "writer.sqlite3", FOLDER / "replica.sqlite3")
    forget_writes()


def of_writer(model):
    return model.objects.using("default")


def page():
    return Post.objects.get()


def ada():
    return get_user_model().objects.get(username="ada")


def comments() -> None:
    entry = post(page(), Draft(text="The third arch is the oldest one.", user=ada())).entry
    post(page(), Draft(text="It was mended in the last century.", user=ada(), reply_to=entry.pk))
    assert of_writer(Entry).filter(state=State.PUBLISHED).count() == 2


def a_comment_sent_twice() -> None:
    for _ in range(2):
        post(page(), Draft(text="The same, by a double click.", user=ada()))
        forget_writes()
    assert of_writer(Entry).filter(html__contains="double click").count() == 1


def changes() -> None:
    entry = Entry.objects.order_by("pk").first()
    edit(entry, "The second arch is the oldest one.")
    vote(entry, 1, GUEST)
    vote(entry, 0, GUEST)
    vote(entry, 1, GUEST)
    report(entry, Visitor("2" * 32), "spam")
    assert of_writer(Vote).count() == 1
    assert of_writer(Entry).get(pk=entry.pk).likes == 1


def two_votes_in_two_requests() -> None:
    entry = Entry.objects.order_by("pk").last()
    for _ in range(2):
        vote(entry, 1, Visitor("3" * 32))
        forget_writes()
    assert of_writer(Entry).get(pk=entry.pk).likes == 1


def moderation() -> None:
    entry = Entry.objects.order_by("pk").last()
    take_back(entry)
    decide(entry, "remove", user=ada())
    undo(entry, user=ada())


def ratings() -> None:
    rate(page(), "4", GUEST)
    rate(page(), "5", GUEST)
    forget_writes()
    rate(page(), "3", GUEST)
    assert join(of_member(ada().pk), marks_of_browser(GUEST.key)) == 1
    unrate(page(), Visitor("", ada().pk))
    assert summary_of(page()).count == 0


def counting() -> None:
    before = total(page())
    record("viewed", page(), n=3)
    assert total(page()) - before == 3


def sharing() -> None:
    tokens = set()
    for _ in range(2):
        tokens.add(mint(GUEST, key_of(page()), "vk").token)
        forget_writes()
    assert len(tokens) == of_writer(PersonalLink).count() == 1


def following() -> None:
    reader = prove(at_address("bob@example.org", language="en"))
    follow(reader, Entry.objects.first().discussion)
    follow(reader, Entry.objects.first().discussion)
    assert of_writer(Subscription).count() == 1
    end_all(reader)


def news() -> None:
    reader = prove(at_address("eve@example.org", language="en"))
    follow(reader, Entry.objects.first().discussion)
    entry = post(page(), Draft(text="Who built the bridge, and when?", user=ada())).entry
    send_what_is_due()
    assert of_writer(Delivery).filter(subscriber=reader, entry=entry).count() == 1


def mail() -> None:
    letter = Letter(to="ann@example.org", subject="News", text="News.", kind="news", key="n:1")
    post_mail(letter)
    forget_writes()
    post_mail(letter)
    send_what_is_due()
    assert list(of_writer(Mail).filter(to="ann@example.org").values_list("state", flat=True)) == ["sent"]
    suppress("ann@example.org")
    assert is_suppressed("ann@example.org", "news")


def spam() -> None:
    learn("Cheap watches for everybody", is_spam=True)
    learn("Cheap watches for everybody", is_spam=False)
    assert of_writer(Decision).get(by_hand__isnull=False).is_spam is False
    unlearn("Cheap watches for everybody")


def best() -> None:
    call_command("smo_sync", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123


def pages() -> None:
    client = Client()
    for address in ("/posts/bridges/", "/smo/ready/"):
        assert client.get(address).status_code == 200, address


def settings_of_editors() -> None:
    client = Client()
    client.force_login(ada())
    assert client.get("/admin/smo_core/settings/").status_code in {200, 302}


def leaving() -> None:
    export(person_of(ada()))
    erase(person_of(ada()))


STEPS = [
    comments,
    a_comment_sent_twice,
    changes,
    two_votes_in_two_requests,
    moderation,
    ratings,
    counting,
    sharing,
    following,
    news,
    mail,
    spam,
    best,
    pages,
    settings_of_editors,
    *replica_people.STEPS,
    leaving,
]


def main() -> None:
    register_kind(Kind(id="news", label="News"))
    make_tables()
    catch_up()
    Post.objects.create(slug="bridges", title="Bridges of stone", lead="How they are built", body="Stone by stone.")
    get_user_model().objects.create_superuser("ada", "ada@example.org", "pw")
    failed = {}
    for step in STEPS:
        catch_up()
        try:
            step()
        except Exception:
            failed[step.__name__] = traceback.format_exc()
    json.dump({"steps": [step.__name__ for step in STEPS], "failed": failed}, sys.stdout)


if __name__ == "__main__":
    main()
