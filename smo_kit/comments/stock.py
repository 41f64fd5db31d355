"""The form of django-comments, as a site's own templates may still print it: its fields are taken as ours are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django_comments.forms import CommentSecurityForm

from smo_kit.core.refusals import Reason, Refused
from smo_kit.core.subjects import Key, key_of
from smo_kit.spam.traps import LIFE


def is_stock(data: Mapping[str, str]) -> bool:
    """Say whether django-comments' form was sent."""
    return "security_hash" in data and "o" not in data


def key_in(data: Mapping[str, str]) -> Key:
    """Return what a form of django-comments is about. Raises Refused."""
    try:
        model = apps.get_model(data.get("content_type", ""))
        subject: Any = model._default_manager.get(pk=data.get("object_pk", ""))
    except (LookupError, ValueError, OverflowError, ObjectDoesNotExist, ValidationError) as error:
        raise Refused(_("This form is not of a page that can be commented on.")) from error
    form = CommentSecurityForm(subject)
    given = (f"{subject._meta}", str(subject.pk), data.get("timestamp", ""))
    if not constant_time_compare(data["security_hash"], form.generate_security_hash(*given)):
        sentence = _("This form is not of this page. Please open the page anew and send your text again.")
        raise Refused(sentence, reason=Reason.FORGED)
    if opened_in(data) + LIFE < dt.datetime.now(dt.UTC):
        raise Refused(_("This form has been open for too long. Please send your text again."), reason=Reason.FORGED)
    if data.get("honeypot"):
        raise Refused(_("Please leave the last field empty and send your text again."), reason=Reason.SPAM)
    return key_of(subject)


def opened_in(data: Mapping[str, str]) -> dt.datetime:
    """Return when the form was opened. Its hash has proved that it is a time."""
    return dt.datetime.fromtimestamp(int(data["timestamp"]), tz=dt.UTC)
