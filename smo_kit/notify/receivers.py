"""What notifications hear: a comment is published or withdrawn, its author proves his address, a member changes his."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.signals import post_save
from django.utils.module_loading import import_string

from smo_kit.comments.models import Entry
from smo_kit.comments.signals import comment_confirming, comment_publishing, comment_withdrawing
from smo_kit.core.tasks import enqueue_on_commit, run_elsewhere
from smo_kit.mail.sources import register_source
from smo_kit.notify import comment_form, composing, joining  # noqa: F401  # they register a kind of mail, fields, a receiver
from smo_kit.notify.address_proofs import address_changed, address_proved
from smo_kit.notify.fan_out import announce, withdraw
from smo_kit.notify.mail_queue import work
from smo_kit.notify.push.sending import send_pushes
from smo_kit.notify.services import granted
from smo_kit.notify.tasks import spread_news


def on_publishing(sender: Any, entry: Entry, **kwargs: object) -> None:
    """Write the one row; a worker does the rest, so that who posts waits for nobody's mail."""
    announce(entry)
    if run_elsewhere():
        enqueue_on_commit(spread_news)


def on_withdrawing(sender: Any, entry: Entry, **kwargs: object) -> None:
    """Recall what nobody was told."""
    withdraw(entry)


def on_confirming(sender: Any, entry: Entry, **kwargs: object) -> None:
    """Believe that the address under a comment is its author's."""
    granted(entry)


def on_user(
    sender: Any, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: object
) -> None:
    """Follow a member to another address."""
    is_about = update_fields is None or instance.get_email_field_name() in update_fields
    if is_about and not (created or raw):
        address_changed(instance)


def on_confirmed(sender: Any, email_address: Any, **kwargs: object) -> None:
    """Hear of django-allauth that an address is a member's."""
    address_proved(email_address.user)


comment_publishing.connect(on_publishing, dispatch_uid="smo_kit.notify.publishing")
comment_withdrawing.connect(on_withdrawing, dispatch_uid="smo_kit.notify.withdrawing")
comment_confirming.connect(on_confirming, dispatch_uid="smo_kit.notify.confirming")
post_save.connect(on_user, sender=settings.AUTH_USER_MODEL, dispatch_uid="smo_kit.notify.user")
if apps.is_installed("allauth.account"):
    email_confirmed = import_string("allauth.account.signals.email_confirmed")
    email_confirmed.connect(on_confirmed, dispatch_uid="smo_kit.notify.proved")
register_source("smo_kit.notify", work)
register_source("smo_kit.notify.push", send_pushes)
