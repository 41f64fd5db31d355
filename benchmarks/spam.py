"""Judgements a second on one core, beside scikit-learn's usual pipeline; accuracy where labelled texts are given.

The texts are made up. ``BENCH_SPAM=one.csv:two.csv`` names files of labelled texts (columns label, text), each a
source: then a pooled model is trained with each file left out in turn, and judges it cold and after its first 100 rows.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from benchmarks import Row
from benchmarks.site.process import start

TEXTS: Final = 4000
BAR: Final = 2000
LESSONS: Final = 100
WORDS: Final = """
    article reader garden window pepper mountain letter answer question second chapter because nobody little always
    thanks wonder bridge winter music paper river sugar morning better people simple cheap money earn click channel
    subscribe bonus casino discount free call now my your the a of to in and it is was for on that this with not
"""


def run() -> list[Row]:
    """Judge made-up texts of the length of comments, with a trained model and a site's own layer."""
    start()
    from smo_kit.spam.labelled import read_labelled
    from smo_kit.spam.services import Submission, judge, keep_model, learn
    from smo_kit.spam.training import Labelled, Training

    texts = list(_texts(TEXTS))
    rows = [Labelled(text, place % 3 == 0) for place, text in enumerate(texts[:1000])]
    training = Training({"one": rows[::2], "two": rows[1::2]})
    seconds = _seconds(lambda: [None for _ in training.run()])
    keep_model(training)
    for row in rows[:LESSONS]:
        learn(row.text, row.is_spam)
    judge(Submission(text=texts[0]))
    rest = texts[1000:]
    ours = len(rest) / _seconds(lambda: [judge(Submission(text=text)) for text in rest])
    peer = _peer(rows, rest)
    files = [Path(one) for one in os.environ.get("BENCH_SPAM", "").split(":") if one]
    return [
        Row(
            name="spam: judgements, one at a time",
            value=ours,
            unit="/s of processor",
            peer=peer,
            ratio=ours / peer if peer else None,
            bar=f"≥ {BAR}/s",
            holds=ours >= BAR,
            note="all rules, look-alikes, a trained model, 100 decisions; peer: TF-IDF + logistic regression"
            + ("" if peer else " (scikit-learn is not installed)"),
        ),
        Row(name="spam: training", value=len(rows) / seconds, unit="texts/s of processor"),
        *_accuracy({str(path.stem): read_labelled(path) for path in files}),
    ]


def _texts(many: int) -> Iterator[str]:
    dice, words = random.Random(1), WORDS.split()
    for _ in range(many):
        yield " ".join(dice.choices(words, k=dice.choice((4, 8, 15, 25, 60)))).capitalize() + dice.choice(".!?")


def _seconds(act: Callable[[], Any]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def _peer(rows: Sequence[Any], texts: Sequence[str]) -> float | None:
    if not find_spec("sklearn"):
        return None
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), LogisticRegression())
    pipeline.fit([row.text for row in rows], [row.is_spam for row in rows])
    return len(texts) / _seconds(lambda: [pipeline.predict_proba([text]) for text in texts])


def _accuracy(sources: dict[str, list[Any]]) -> Iterator[Row]:
    from smo_kit.spam.evaluation import Evaluation
    from smo_kit.spam.memory import forget_learned
    from smo_kit.spam.models import Decision
    from smo_kit.spam.services import keep_model
    from smo_kit.spam.training import Training

    Decision.objects.all().delete()
    for name in sources if len(sources) > 1 else ():
        training = Training({other: rows for other, rows in sources.items() if other != name})
        for _ in training.run():
            pass
        keep_model(training)
        forget_learned()
        for learn in (0, LESSONS):
            evaluation = Evaluation(sources[name], learn)
            for _ in evaluation.run():
                pass
            figures = evaluation.figures
            yield Row(
                name=f"spam: {name}, unseen, {learn} rows learned",
                value=figures.f1,
                unit="F1",
                note=f"ham blocked {figures.ham_blocked:.2%}, put away {figures.blocked_ham:.2%}; held "
                f"{figures.held:.0%}; spam published {figures.published_spam:.0%}",
            )
