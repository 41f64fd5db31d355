"""Members' pictures: fetched from a network or uploaded, kept here, so that a reader's browser asks nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from allauth.socialaccount.models import SocialAccount
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from smo_kit.core.events import event, event_logger
from smo_kit.core.http import Refused, fetch
from smo_kit.core.marks import mark
from smo_kit.core.members import register_faces
from smo_kit.core.tasks import enqueue_on_commit, task
from smo_kit.core.transactions import begin_to_write, patiently
from smo_kit.login.models import Health, Portrait
from smo_kit.login.pictures import Unusable, portrait_of

logger = event_logger(__name__)

FOLDER: Final = "smo/portraits"
SECONDS: Final = 4.0
SIZE: Final = 3_000_000
"""Bytes of a network's picture that are read at the most."""
KEYS: Final = ("picture", "avatar", "avatar_url", "photo_url", "photo")
"""Where answers of networks have the address of a picture that django-allauth does not know of."""
PARTS: Final = ("userinfo", "id_token", "user")
"""Where in an answer what it says of the user may stand."""


class Unkept(Exception):
    """A picture can't be stored: the storage of the site's files fails."""


def fetch_later(account: SocialAccount) -> None:
    """Have a network's picture fetched when the transaction has come true, if the member may be shown by it."""
    if account.pk and picture_address(account):
        enqueue_on_commit(fetch_portrait, account.pk)


@task
def fetch_portrait(account_id: int) -> bool:
    """Fetch the picture of an account at a network; say whether it is shown. What fails is logged, and changes nothing.

    A picture that the member has chosen himself stays, and so does that of another account of his.
    """
    account = SocialAccount.objects.filter(pk=account_id).first()
    address = picture_address(account) if account else ""
    if account is None or not address:
        return False
    source = mark("smo_kit.login.portrait", address)
    known = Portrait.objects.filter(user=account.user_id).first()
    if known is not None and (known.account_id != account.pk or (known.file and known.source == source)):
        return bool(known.account_id == account.pk)
    try:
        data = portrait_of(_fetched(address))
        return _put(account.user_id, data, account_id=account.pk, source=source, may=_is_of(account.pk))
    except (Refused, Unusable, Unkept) as error:
        logger.warning(
            "The picture of account %s at %s can't be used: %s",
            account.pk,
            account.provider,
            error,
            extra=event("login.portrait_useless", account=account.pk),
        )
        return False


def upload(user: Any, data: bytes) -> None:
    """Show a member by a picture that he gives. Raises Unusable or Unkept."""
    _put(user.pk, portrait_of(data))


def show_none(user: Any) -> None:
    """Show a member by no picture, whatever networks have of him."""
    _write(user.pk, file="", account_id=None, source="")


def show_that_of(account: SocialAccount) -> None:
    """Show a member by his picture at a network, now and whenever it changes there; it is fetched soon."""
    _write(account.user_id, file="", account_id=account.pk, source="")
    fetch_later(account)


def faces(user_ids: Collection[Any]) -> Mapping[Any, str]:
    """Return where the pictures of members are, by primary keys, in one query."""
    rows = Portrait.objects.filter(user__in=user_ids).exclude(file="")
    return {pk: default_storage.url(name) for pk, name in rows.values_list("user_id", "file")}


def picture_address(account: SocialAccount) -> str:
    """Return where a network has the picture of an account; "" if it told none."""
    try:
        found = account.get_avatar_url()
    except Exception as error:  # the application is gone, or the answer has another shape than django-allauth knows
        logger.info("%s names no picture (%r).", account.provider, error, extra=event("login.no_portrait"))
        found = None
    candidates = [found, *_named_in(account.extra_data)]
    return next((one for one in candidates if isinstance(one, str) and one.startswith(("https://", "http://"))), "")


def forget_file(name: str) -> None:
    """Delete a file when the transaction has come true; a storage that fails keeps nobody from anything."""
    if name:
        transaction.on_commit(lambda: _delete(name), robust=True)


def _delete(name: str) -> None:
    try:
        default_storage.delete(name)
    except Exception:  # a storage may fail in any way
        logger.exception("The picture %s can't be deleted.", name, extra=event("login.portrait_not_deleted"))


def _named_in(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for part in (data, *(data.get(name) for name in PARTS)):
            if isinstance(part, dict):
                yield from (part.get(key) for key in KEYS)


def _fetched(address: str) -> bytes:
    answer = fetch(address, timeout=SECONDS, size=SIZE)
    if answer.status != 200:
        raise Unusable(f"its address answers {answer.status}")
    if answer.cut:
        raise Unusable("it is too large, or broke off")
    return answer.body


def _is_of(account_id: int) -> Callable[[Portrait | None], bool]:
    """Return what says whether an account's picture may be put where a row stands, or none does."""
    return lambda row: row is None or row.account_id == account_id


def _put(
    user_id: Any,
    data: bytes,
    *,
    account_id: int | None = None,
    source: str = "",
    may: Callable[[Portrait | None], bool] = lambda row: True,
) -> bool:
    try:
        name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}.jpg", ContentFile(data))
    except Exception as error:  # a storage may fail in any way
        raise Unkept(f"it can't be stored ({type(error).__name__})") from error
    try:
        is_done = _write(user_id, file=name, account_id=account_id, source=source, may=may)
    except Exception:
        _delete(name)
        raise
    if not is_done:
        _delete(name)
    return is_done


def _write(
    user_id: Any,
    *,
    file: str,
    account_id: int | None,
    source: str,
    may: Callable[[Portrait | None], bool] = lambda row: True,
) -> bool:
    """Write a member's row, if it ``may`` be; the file that it had goes."""

    def write() -> bool:
        begin_to_write(Health)  # any table: a portrait's key is an account's
        row = Portrait.objects.select_for_update().filter(user=user_id).first()
        if not may(row):
            return False
        if row is None:
            Portrait.objects.create(user_id=user_id, file=file, account_id=account_id, source=source)
            return True
        forget_file(str(row.file))
        row.file, row.account_id, row.source = file, account_id, source
        row.save()
        return True

    return patiently(write, IntegrityError)


register_faces(faces)
