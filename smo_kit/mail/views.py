"""Pages that links of mails lead to. A GET changes nothing, for mail scanners open every link; a POST acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from smo_kit.core.addresses import site_name
from smo_kit.core.answers import unstored
from smo_kit.core.tokens import BadToken, Expired, read
from smo_kit.mail.kinds import label_of
from smo_kit.mail.links import UNSUBSCRIBE
from smo_kit.mail.models import Suppression
from smo_kit.mail.signals import unsubscribed
from smo_kit.mail.suppression import suppress_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says."""

    title: str
    text: str
    button: str = ""
    """What pressing it does; "": there is nothing to press."""
    is_quiet: bool = False
    """It takes back what was just done: nobody is to press it by the way."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the button sends along."""
    others: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Further buttons: what pressing each does, and what it sends along."""
    on: tuple[str, str] | None = None
    """Address and title of the page of the site that all this is about."""
    link: tuple[str, str] | None = None
    """Address and label of where to go from here."""
    status: int = 200


@method_decorator(csrf_exempt, name="dispatch")  # the token is the proof, and mail programs bring no cookie
class ActionPage(View):
    """A link of a mail: GET shows a page with a button, POST acts. Anonymous, uncached, in no search engine.

    It speaks the language that ``action_url()`` was told. Subclasses say what the token is for, and answer ``ask``
    and ``act`` with a Page; both get the token's parts.
    """

    purpose: ClassVar[str]
    max_age: ClassVar[int | None] = None
    """Seconds; None: the link lasts."""
    http_method_names = ["get", "head", "post", "options"]

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        """Return the page that says what pressing the button does. It changes nothing."""
        raise NotImplementedError

    def act(self, request: HttpRequest, *parts: str) -> Page:
        """Do it, once more without harm, and return the page that says so."""
        raise NotImplementedError

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._answer(request, token, acts=False)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._answer(request, token, acts=True)

    def _answer(self, request: HttpRequest, token: str, *, acts: bool) -> HttpResponse:
        language = request.GET.get("l", "")
        with override(language if language in dict(settings.LANGUAGES) else get_language()):
            try:
                parts = read(self.purpose, token, self.max_age)
            except BadToken as error:
                status = 410 if isinstance(error, Expired) else 400
                return page_response(request, Page(title=_("This link can't be used"), text=str(error), status=status))
            return page_response(request, (self.act if acts else self.ask)(request, *parts))


def page_response(request: HttpRequest, page: Page) -> HttpResponse:
    """Return a page as every link of a mail is answered."""
    response = render(request, "smo_kit/mail/action.html", {"page": page}, status=page.status)
    response.headers["Content-Language"] = get_language()
    response.headers["Referrer-Policy"] = "no-referrer"
    return unstored(response)


class Unsubscribe(ActionPage):
    """Ends the mails of a kind; the mail program's own button does it with the same POST (RFC 8058)."""

    purpose = UNSUBSCRIBE

    def ask(self, request: HttpRequest, *parts: str) -> Page:
        _mark, kind = parts
        return Page(
            title=_("Unsubscribe"),
            text=_("You will get no more mail of %(site)s about: %(kind)s.") % self._words(request, kind),
            button=_("Unsubscribe"),
        )

    def act(self, request: HttpRequest, *parts: str) -> Page:
        mark, kind = parts
        if "again" in request.POST:
            Suppression.objects.filter(mark=mark, kind=kind).delete()
            unsubscribed.send_robust(sender=Suppression, mark=mark, kind=kind, undone=True)
            text = _("You get mail of %(site)s about this again: %(kind)s.") % self._words(request, kind)
            return Page(title=_("Subscribed again"), text=text)
        suppress_mark(mark, kind, "unsubscribed")
        unsubscribed.send_robust(sender=Suppression, mark=mark, kind=kind, undone=False)
        return Page(
            title=_("You are unsubscribed"),
            text=_("You get no more mail of %(site)s about: %(kind)s.") % self._words(request, kind),
            button=_("It was a slip: subscribe me again"),
            is_quiet=True,
            fields={"again": "1"},
        )

    def _words(self, request: HttpRequest, kind: str) -> dict[str, str]:
        return {"site": site_name(request), "kind": label_of(kind)}


unsubscribe = Unsubscribe.as_view()
