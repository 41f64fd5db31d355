"""In whose name a form was opened: before it is sent, another may have signed in in this browser, or out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.drafts import name_of
from smo_kit.comments.people import marks_of
from smo_kit.core.refusals import Refused

FIELD: Final = "as"
"""Names in a form whom it was made for. Forms without it, such as those of django-comments, are taken as they come."""
SIGNED_OUT: Final = _("You are not signed in any more. Sign in again, or send it once more as a guest.")
ANOTHER: Final = _("You are signed in as %(name)s now. Send it once more if that is right.")


def meant(request: HttpRequest) -> str:
    """Return the mark of the member for whom a form is made; "" for a guest."""
    return _marks(request)[0]


def must_be_meant(request: HttpRequest) -> None:
    """Raise Refused if a form was made for somebody else than who sends it."""
    if request.POST.get(FIELD, meant(request)) in _marks(request):
        return
    user = request.user
    sentence = ANOTHER % {"name": name_of(user)} if user.is_authenticated else SIGNED_OUT
    raise Refused(sentence, status=HTTPStatus.CONFLICT)


def _marks(request: HttpRequest) -> list[str]:
    return marks_of(user_id=request.user.pk) if request.user.is_authenticated else [""]
