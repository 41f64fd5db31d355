"""Comments that anybody can read."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from smo_kit.comments.models import Entry
from smo_kit.comments.states import State
from smo_kit.core.exits import register_exit, rows_of

CURE: Final = _("Somebody who has opened the lock quotes it in a comment. It is for you to say whether that stays.")

register_exit("comments", lambda: rows_of(Entry.objects.filter(state=State.PUBLISHED), "html"), cure=CURE)
