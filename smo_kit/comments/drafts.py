"""What somebody wants to say, looked over before anything is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from smo_kit.comments.conf import CommentsConf
from smo_kit.comments.markup import is_blank, tidy
from smo_kit.core import members
from smo_kit.core.refusals import Refused
from smo_kit.core.text import one_line
from smo_kit.core.visitors import Visitor

NAME_LENGTH: Final = 50
EMAIL_LENGTH: Final = 254
URL_LENGTH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A comment as it comes from a form; ``tidied`` makes it fit to be stored."""

    text: str
    reply_to: int | None = None
    name: str = ""
    email: str = field(default="", repr=False)
    url: str = ""
    user: Any = None
    """The member who writes; None for a guest."""
    visitor: Visitor | None = None
    """The browser that it comes from."""
    address: str = field(default="", repr=False)
    """The client's IP address."""
    user_agent: str = ""
    language: str = ""
    """That of the page it was written on."""
    opened: dt.datetime | None = None
    """When its form was opened."""


def tidied(draft: Draft, conf: CommentsConf) -> Draft:
    """Return the draft cleaned. Raises Refused, which names the field that is wrong and the cure."""
    text = right_text(draft.text, conf)
    if draft.user is not None:
        return replace(draft, text=text, name=name_of(draft.user), email=members.email_of(draft.user), url="")
    return replace(draft, text=text, name=_name(draft.name), email=_email(draft.email), url=_url(draft.url))


def right_text(text: object, conf: CommentsConf) -> str:
    """Return a comment's text cleaned. Raises Refused when there is none or too much of it."""
    tidy_text = tidy(text)
    if is_blank(tidy_text):
        raise Refused(_("Please write something."), field="comment")
    if len(tidy_text) > conf.max_length:
        sentence = _("A comment may have %(most)s letters; yours has %(have)s. Please shorten it.")
        numbers = {"most": conf.max_length, "have": len(tidy_text)}
        raise Refused(sentence % numbers, field="comment", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return tidy_text


def name_of(user: Any) -> str:
    """Return what a member is called under his comments: as everywhere, but not too long for them."""
    return members.name_of(user)[:NAME_LENGTH]


def _name(name: str) -> str:
    right = tidy(one_line(name))
    if is_blank(right):
        raise Refused(_("Please say what you are called."), field="name")
    if len(right) > NAME_LENGTH:
        raise Refused(_("A name may have %(most)s letters.") % {"most": NAME_LENGTH}, field="name")
    return right


def _email(email: str) -> str:
    right = email.strip()
    try:
        validate_email(right)
    except ValidationError as error:
        raise Refused(_("Please give an e-mail address like name@example.org."), field="email") from error
    if len(right) > EMAIL_LENGTH:
        raise Refused(_("The e-mail address is too long."), field="email")
    return right


def _url(url: str) -> str:
    right = url.strip()
    if not right:
        return ""
    if not right.isprintable():
        raise Refused(_("Please give the address of a page, like https://example.org."), field="url")
    try:
        URLValidator(schemes=["http", "https"])(right)
    except ValidationError as error:
        raise Refused(_("Please give the address of a page, like https://example.org."), field="url") from error
    if len(right) > URL_LENGTH:
        raise Refused(_("The address of your page is too long."), field="url")
    return right
