"""What a form knows of who filled it in."""

from __future__ import annotations

from django.utils import timezone

from smo_kit.core.sayings import gettext as _
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.submissions import Signal, Submission


class FormTime:
    """A program does not read before it writes."""

    def judge(self, submission: Submission) -> Signal | None:
        if submission.opened is None:
            return None
        seconds = (timezone.now() - submission.opened).total_seconds()
        if seconds >= spam_settings().fast_seconds:
            return None
        return Signal(2.5, _("The form was filled in within %(seconds).0f s.") % {"seconds": max(seconds, 0)})


class Honeypot:
    """A field that no person sees."""

    def judge(self, submission: Submission) -> Signal | None:
        return Signal(6.0, _("A field that no person sees was filled in.")) if submission.honeypot else None
