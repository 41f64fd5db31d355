"""The magazine's own articles: put from ``demo_site/content/`` into an empty database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify

from demo_site.articles.content import Text, read
from demo_site.articles.models import Article, Author, Tag, Translation
from demo_site.environment import ADMIN
from smo_kit.core.subjects import key_of
from smo_kit.follow.models import Account
from smo_kit.lock.models import Lock
from smo_kit.networks.registry import network

LOCK = "more"
"""Name of an article's lock in its template. A text may say by what it opens, as an editor does in the admin."""

Texts = dict[str, Text]
"""One article by language."""


@transaction.atomic
def seed() -> int:
    """Fill an empty magazine and return the number of articles; 0 if there are some already."""
    if Article.objects.exists():
        return 0
    authors = {key: _author(key, about) for key, about in _json("authors.json").items()}
    articles = _texts()
    for key, texts in articles.items():
        _article(key, texts, authors)
    _accounts()
    return len(articles)


def make_admin() -> bool:
    """Make the demo's admin if there is no user yet. Without a password in the settings nobody can sign in as him."""
    users = get_user_model()._default_manager
    if users.exists():
        if settings.SMO_DEMO_ADMIN_PASSWORD != ADMIN:
            _refuse_known_password()
        return False
    users.create_superuser(ADMIN, f"{ADMIN}@example.org", settings.SMO_DEMO_ADMIN_PASSWORD)
    return True


def is_admin_shut() -> bool:
    """Say whether nobody can sign in as the demo's admin."""
    return any(not one.has_usable_password() for one in get_user_model()._default_manager.filter(username=ADMIN))


def _refuse_known_password() -> None:
    """Take the password away that everybody knows: the demo was on one machine before."""
    for admin in get_user_model()._default_manager.filter(username=ADMIN):
        if admin.check_password(ADMIN):
            admin.set_password(settings.SMO_DEMO_ADMIN_PASSWORD)
            admin.save(update_fields=["password"])


def prove_addresses() -> None:
    """Have the addresses of the magazine's own accounts count as proved, as those of members who got a code there."""
    is_own = Q(is_staff=True) | Q(pk__in=Author.objects.exclude(user=None).values("user"))
    for user in get_user_model()._default_manager.filter(is_own, emailaddress=None).exclude(email=""):
        if not EmailAddress.objects.filter(email__iexact=user.email).exists():
            EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def _texts() -> dict[str, Texts]:
    """Return every article by its key, which is the name of its files."""
    found: dict[str, Texts] = {}
    for language, _ in settings.LANGUAGES:
        for file in sorted((settings.CONTENT / language).glob("*.md")):
            found.setdefault(file.stem, {})[language] = read(file)
    return found


def _author(key: str, about: dict[str, Any]) -> Author:
    words = {f"{part}_{language}": text for part in about for language, text in about[part].items()}
    return Author.objects.update_or_create(slug=key, defaults=words)[0]


def _article(key: str, texts: Texts, authors: dict[str, Author]) -> None:
    first = next(iter(texts.values())).head
    article = Article(key=key, author=authors.get(first.get("author", "")))
    if published := parse_datetime(first.get("published", "")):
        article.published_at = min(published, timezone.now())  # some machines' clocks are behind ours
    _add_cover(article, settings.CONTENT / "covers" / first.get("cover", ""))
    article.save()
    for tag in _tags(texts):
        article.tags.add(tag)  # one after the other: their order tells
    if ways := next(iter(texts.values())).words("opens"):
        Lock.objects.get_or_create(name=LOCK, **key_of(article).fields, defaults={"options": {"ways": ways}})
    for language, text in texts.items():
        head = text.head
        Translation.objects.create(
            article=article,
            language=language,
            slug=head.get("slug") or key,
            title=text.title,
            lead=text.lead,
            body=text.body,
            more=text.more,
            more_teaser=text.teaser,
            cover_alt=head.get("cover_alt", ""),
            modified_at=parse_datetime(head.get("modified", "")) or article.published_at,
        )


def _add_cover(article: Article, file: Path) -> None:
    if not file.is_file():
        return
    name = f"covers/{file.name}"
    if article.cover.storage.exists(name):  # left by a database that was thrown away
        article.cover.storage.delete(name)
    with file.open("rb") as opened:
        article.cover.save(file.name, File(opened), save=False)


def _tags(texts: Texts) -> list[Tag]:
    """Return an article's tags: the same ones in the same order in each language."""
    names = {language: text.words("tags") for language, text in texts.items()}
    english = names.get("en") or next(iter(names.values()))
    russian = names.get("ru", [])
    if len(russian) != len(english):
        russian = english
    return [_tag(*pair) for pair in zip(english, russian, strict=True)]


def _tag(english: str, russian: str) -> Tag:
    names = {"name_en": english.capitalize(), "name_ru": russian.capitalize()}
    return Tag.objects.get_or_create(slug=slugify(english), defaults=names)[0]


def _accounts() -> None:
    """Make the magazine's accounts: those of networks that can be followed."""
    for position, one in enumerate(_json("accounts.json")):
        if (found := network(one["network"])) and found.follow:
            Account.objects.create(network=found.id, handle=one["handle"], position=position)


def _json(name: str) -> Any:
    return json.loads((settings.CONTENT / name).read_text(encoding="utf-8"))
