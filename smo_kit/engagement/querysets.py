"""Questions to many counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from smo_kit.core.querysets import about
from smo_kit.core.settings import site_id
from smo_kit.core.subjects import Key
from smo_kit.engagement.kinds import kind_of

if TYPE_CHECKING:
    from smo_kit.engagement.models import Count  # noqa: F401  # named below as a string


class CountQuerySet(QuerySet["Count"]):
    """Counts of this site."""

    def about(self, keys: Iterable[Key]) -> CountQuerySet:
        """Return all rows of these subjects."""
        return self.filter(about(keys), site_id=site_id())

    def of(self, keys: Iterable[Key], kind: str, facet: str | None = None) -> CountQuerySet:
        """Return the rows of these subjects; ``facet`` None is the kind's own. Raises UnknownKind."""
        own = kind_of(kind).facet if facet is None else facet
        return self.about(keys).filter(kind=kind, facet=own)

    def by_network(self) -> dict[str, int]:
        """Return the sum for each network; "" is none."""
        return dict(self.order_by().values_list("network").annotate(sum=Sum("n")))

    def by_subject(self) -> dict[Key, int]:
        """Return the sum for each subject that has been counted."""
        sums = self.order_by().values_list("content_type_id", "object_pk").annotate(sum=Sum("n"))
        return {Key(content_type, pk): n for content_type, pk, n in sums}
