"""A site of django-comments-xtd alone, as ``manage.py dumpdata`` writes it: JSON, or JSON lines for large sites.

``dumpdata --natural-foreign django_comments django_comments_xtd auth.user`` has all that is used.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django_comments_xtd.models import DISLIKEDIT_FLAG, LIKEDIT_FLAG

from smo_kit.comments.markup import tidy
from smo_kit.comments.states import state_of_flags
from smo_kit.comments.transfer.foreign import BadFile, Foreign, moment, opened
from smo_kit.comments.transfer.lines import objects


@dataclass(slots=True)
class _Around:
    """What stands in other tables than the comments'."""

    parents: dict[str, str] = field(default_factory=dict)
    users: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    flags: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))


def read(file: Path) -> Iterator[Foreign]:
    """Yield the comments of a dump, which is gone through twice. Raises BadFile, OSError."""
    around = _Around()
    for place, model, pk, fields in _rows(file):
        try:
            _learn(around, model, pk, fields)
        except (AttributeError, TypeError) as error:
            raise BadFile(f"{place}: {model} is not as dumpdata writes it ({error}).") from error
    for place, model, pk, fields in _rows(file):
        if model == "django_comments.comment":
            yield _comment(place, pk, fields, around)


def _rows(file: Path) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for place, row in _objects(file):
        fields = row.get("fields")
        if not isinstance(fields, dict) or "model" not in row:
            raise BadFile(f"{place}: this is no object of dumpdata.")
        yield place, str(row["model"]), str(row.get("pk")), fields


def _objects(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with opened(file) as raw:
        is_array = raw.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    if not is_array:
        yield from ((f"line {number}", row) for number, row in objects(file))
        return
    try:
        with opened(file) as raw:
            rows = json.loads(raw.read().decode("utf-8-sig"))
    except BadFile:
        raise
    except (ValueError, RecursionError, EOFError) as error:
        raise BadFile(f"This is no JSON: {error}.") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise BadFile(f"object {number}: this is no object of dumpdata.")
        yield f"object {number}", row


def _learn(around: _Around, model: str, pk: str, fields: dict[str, Any]) -> None:
    if model == "django_comments_xtd.xtdcomment":
        around.parents[pk] = str(fields.get("parent_id") or "")
    elif model == "django_comments.commentflag":
        around.flags[_plain(fields.get("comment"))][str(fields.get("flag"))] += 1
    elif model == "contenttypes.contenttype":
        around.types[pk] = f"{fields['app_label']}.{fields['model']}"
    elif "username" in fields:
        name = f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip()
        found = (str(fields["username"]), str(fields.get("email") or ""), name or str(fields["username"]))
        around.users[pk] = around.users[found[0]] = found


def _comment(place: str, pk: str, fields: dict[str, Any], around: _Around) -> Foreign:
    type_ = fields.get("content_type")
    model = ".".join(map(str, type_)) if isinstance(type_, list) else around.types.get(str(type_), "")
    if not model:
        raise BadFile(f"{place}: its content type is a number that the dump doesn't explain. Add --natural-foreign.")
    parent = around.parents.get(pk, "")
    user, email, name = around.users.get(_plain(fields.get("user")), ("", "", ""))
    flags = around.flags.get(pk, {})
    return Foreign(
        id=pk,
        parent="" if parent == pk else parent,
        identifier=f"{model}:{fields.get('object_pk')}",
        name=str(fields.get("user_name") or name),
        email=str(fields.get("user_email") or email),
        website=str(fields.get("user_url") or ""),
        user=user,
        text=tidy(fields.get("comment")),
        submitted=moment(fields.get("submit_date")),
        state=state_of_flags(is_public=bool(fields.get("is_public")), is_removed=bool(fields.get("is_removed"))),
        ip=str(fields.get("ip_address") or ""),
        likes=flags.get(LIKEDIT_FLAG, 0),
        dislikes=flags.get(DISLIKEDIT_FLAG, 0),
    )


def _plain(reference: object) -> str:
    """Return a reference as text: a primary key, or a natural key, which is a list."""
    return str(reference[0] if isinstance(reference, list) and reference else reference)
