"""Comments and subscriptions; sign-in. The apps that make them may say it better in their own ``audit.py``."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadPage, ReadSite, Verdict, audits, audits_site
from smo_kit.core.mending import code_place, view_place
from smo_kit.core.sayings import gettext as _

FEEDS: Final = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
COMMENT_APPS: Final = ("django_comments", "django_comments_xtd", "smo_kit.comments")
LOGIN_APPS: Final = ("allauth.socialaccount.providers.", "social_django", "smo_kit.login")
LOGINS: Final = ("login", "signin", "sign-in", "sign_in", "log-in")


@audits("talk.comments", gettext_lazy("Readers can reply under an article"), weight=2)
def comments(page: ReadPage) -> Verdict:
    if not page.is_article:
        return None
    fields = {one.get("name") for one in page.markup.fields}
    if "comment" in fields or "smo-comments" in page.markup.classes:
        return []
    if any(map(_is_installed, COMMENT_APPS)):
        cure, where = _("Put the comments into the template of the article."), view_place(page)
    else:
        cure, where = _("Install an app for comments and put it into the template."), code_place()
    return [Finding(text=_("The article can't be commented on."), cure=cure, where=where)]


@audits("talk.feed", gettext_lazy("The page names a feed"))
def feed(page: ReadPage) -> Verdict:
    if any(one.get("type").lower() in FEEDS for one in page.markup.linked("alternate")):
        return []
    cure = _("Make a feed with django.contrib.syndication and name it in the head.")
    return [Finding(text=_("The page names no feed."), cure=cure, where=view_place(page))]


@audits("talk.letters", gettext_lazy("Readers can subscribe by mail"))
def letters(page: ReadPage) -> Verdict:
    if not page.is_article:
        return None
    if any(one.get("type").lower() == "email" for one in page.markup.fields) or "smo-subscribe" in page.markup.classes:
        return []
    text, cure = _("A reader can't leave his mail address."), _("Put a form for a newsletter under the text.")
    return [Finding(text=text, cure=cure, where=view_place(page))]


@audits("entry.link", gettext_lazy("The page leads to the sign-in"))
def link(page: ReadPage) -> Verdict:
    login = resolve_url(settings.LOGIN_URL)
    paths = [urlsplit(one.get("href")[:2000]).path for one in page.markup.anchors if _is_parsed(one.get("href"))]
    if any(path == login or path.strip("/").rpartition("/")[2] in LOGINS for path in paths):
        return []
    text, cure = _("The page has no link to the sign-in."), _("Put one into the head or foot of every page.")
    return [Finding(text=text, cure=cure, where=view_place(page))]


@audits_site("entry.networks", gettext_lazy("Readers sign in with an account that they have"), weight=2)
def networks(site: ReadSite) -> Verdict:
    if any(one.startswith(LOGIN_APPS) for one in settings.INSTALLED_APPS):
        return []
    text = _("Readers can't sign in with the account of a network.")
    return [Finding(text=text, cure=_("Install django-allauth with the networks of your readers."), where=code_place())]


def _is_installed(name: str) -> bool:
    return apps.is_installed(name)


def _is_parsed(url: str) -> bool:
    try:
        urlsplit(url[:2000])
    except ValueError:
        return False
    return True
