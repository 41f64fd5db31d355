"""What is best: editors' picks, then the best of a period, then the newest; or the newest alone. One query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final

from django.db import connections, router
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils import timezone

from smo_kit.best.conf import CARDS_OF_ONE, EVERY_LANGUAGE, BestConf
from smo_kit.best.models import Pick, Score, Tagged
from smo_kit.best.periods import DAYS
from smo_kit.best.suggestions import BEST, CHOSEN, NEW, Suggestion, suggestion_of
from smo_kit.best.tag_names import folded
from smo_kit.core.models import CardRow
from smo_kit.core.subjects import Key

_REASONS: Final = (CHOSEN, BEST, NEW)
"""Why a page is in the list, by the number of its turn."""
_PICKS, _BESTS, _NEWEST = range(len(_REASONS))


def best_of(conf: BestConf, language: str, *, without: Iterable[Key] = ()) -> list[Suggestion]:
    """Return at most ``conf.limit`` of the best pages, the editors' picks first, or of the newest; none of ``without``,
    in any language.

    ``language`` is that of the page on which they are shown. Where the setting asks for every language, a subject is
    there once, in this one if it has it.
    """
    seen = {key.speaking("") for key in without}
    most = conf.limit + len(seen)
    suggestions: list[Suggestion] = []
    for turns in _questions(conf, language, most):
        for row in sorted(_rows(turns), key=partial(_order, language)):
            subject = row.key.speaking("")
            if subject not in seen and len(suggestions) < conf.limit:
                seen.add(subject)
                suggestions.append(suggestion_of(row, _REASONS[row.turn]))
        if len(suggestions) == conf.limit:
            break
    return suggestions


def _questions(conf: BestConf, language: str, most: int) -> Iterator[list[QuerySet[Any]]]:
    """Yield what is asked for together: the first of each turn, by an index, whatever the number of cards.

    The newest of every language have no index: they are asked for last, and only where there is still room.
    """
    turns = [_picks(conf, language), _bests(conf, language)[:most]] if conf.period in DAYS else []
    if conf.period in DAYS and not conf.fill:
        yield turns
    elif conf.language == EVERY_LANGUAGE:
        if turns:
            yield turns
        yield [_newest(conf, language)[: most * CARDS_OF_ONE]]
    else:
        yield [*turns, _newest(conf, language)[:most]]


def _rows(turns: Iterable[QuerySet[Any]]) -> Iterable[Any]:
    """Return the cards of all turns, in one query. Not by ``union()``: SQLite's can't be cut."""
    using = router.db_for_read(CardRow)
    parts, values = [], []
    for number, turn in enumerate(turns):
        sql, params = turn.query.get_compiler(using).as_sql()
        parts.append(f"SELECT * FROM ({sql}) turn_{number}")  # noqa: S608  # Django has written it
        values += params
    quote = connections[using].ops.quote_name
    table, pk = quote(CardRow._meta.db_table), quote(str(CardRow._meta.pk.column))
    sql = (
        f"SELECT {table}.*, listed.turn, listed.standing, listed.tie FROM ({' UNION ALL '.join(parts)}) listed "  # noqa: S608
        f"INNER JOIN {table} ON {table}.{pk} = listed.listed"
    )
    return CardRow.objects.using(using).raw(sql, values)


def _order(language: str, row: Any) -> tuple[Any, ...]:
    newest = -row.published.timestamp() if row.turn == _NEWEST else 0
    return (row.turn, row.standing, newest, row.language != language, row.tie)


def _picks(conf: BestConf, language: str) -> QuerySet[Any]:
    """Return all of them, for they are few. One whose subject has no card that fits is nobody's: it finds no row."""
    card = CardRow.objects.filter(_fits(conf, language), _same_subject()).values("pk")[:1]
    rows = Pick.objects.now().filter(verb=Pick.Verb.PICK).annotate(listed=Subquery(card))
    return _columns(rows, _PICKS, F("place")).order_by()


def _bests(conf: BestConf, language: str) -> QuerySet[Any]:
    rows = Score.objects.of_site(conf.period).filter(_fits(conf, language, "card__"), _is_not_banned("card__"))
    return _columns(rows.annotate(listed=F("card_id")), _BESTS, -F("score"))


def _newest(conf: BestConf, language: str) -> QuerySet[Any]:
    """Return the newest; of every language all cards of a subject, for to choose one each would take a look at each."""
    rows = CardRow.objects.filter(_is_offered(conf), _is_not_banned(), published__lte=timezone.now())
    if conf.language != EVERY_LANGUAGE:
        rows = rows.filter(language=conf.language or language)
    return _columns(rows.annotate(listed=F("pk")), _NEWEST, Value(0)).order_by("-published", "pk")


def _columns(rows: QuerySet[Any], turn: int, standing: Any) -> QuerySet[Any]:
    """Return the columns that all turns have in common, of the same types."""
    columns = {"turn": Value(turn), "standing": Cast(standing, FloatField()), "tie": F("pk")}
    listed: QuerySet[Any] = rows.annotate(**columns).values("listed", *columns)
    return listed


def _fits(conf: BestConf, language: str, card: str = "") -> Q:
    """Return what a card must be; ``card`` leads to it from another table. Of a subject one card fits."""
    offered = _is_offered(conf, card)
    if conf.language != EVERY_LANGUAGE:
        return offered & Q(**{f"{card}language": conf.language or language})
    others = CardRow.objects.filter(_is_offered(conf), _same_subject(card))
    better = others.filter(Q(language=language) | Q(pk__lt=OuterRef(f"{card}pk")))
    return offered & (Q(**{f"{card}language": language}) | Q(~Exists(better)))


def _is_offered(conf: BestConf, card: str = "") -> Q:
    """Return which cards may be in the list, in whatever language. What the index has not read yet may be, too."""
    offered = Q(**{f"{card}smo_text__offered": True}) | Q(**{f"{card}smo_text__isnull": True})
    wanted = offered & ~Q(**{f"{card}kind__in": conf.leave_out})
    if conf.kind:
        wanted &= Q(**{f"{card}kind": conf.kind})
    if not conf.locked:
        wanted &= Q(**{f"{card}free": True})
    if conf.tag:
        tagged = Tagged.objects.filter(tag=folded(conf.tag))
        wanted &= Q(**{f"{card}pk__in": tagged.values("card_id")})
    return wanted


def _is_not_banned(card: str = "") -> Q:
    return Q(~Exists(Pick.objects.everywhere().filter(_same_subject(card), verb=Pick.Verb.NEVER)))


def _same_subject(card: str = "") -> Q:
    return Q(content_type=OuterRef(f"{card}content_type"), object_pk=OuterRef(f"{card}object_pk"))
