"""What is learned: from files, from moderators, and how it is told."""

from __future__ import annotations

import json
import math

import pytest
from django.utils.translation import override

from smo_kit.core.sayings import packed, spoken
from smo_kit.spam.concepts import concepts_of
from smo_kit.spam.explaining import explanation
from smo_kit.spam.features import Features, features_of
from smo_kit.spam.memory import current_filter, forget_learned
from smo_kit.spam.models import Decision, Model
from smo_kit.spam.services import Submission, judge, keep_model, learn, sweep_decisions, unlearn
from smo_kit.spam.site_layer import Told, fit_home
from smo_kit.spam.solver import best_alpha
from smo_kit.spam.trained import Trained, UnreadableModel
from smo_kit.spam.training import Labelled, Training
from tests.apps.spam.texts import HAM, SPAM

pytestmark = pytest.mark.django_db
NEW_SPAM = "Discount on golden sunglasses at my shop, write me a DM"
NEW_HAM = "Why does nobody say that this bridge reminds me of home?"


def score(text):
    return judge(Submission(text=text)).score


@pytest.mark.parametrize("margin", [-30.0, -5.0, 0.0, 5.0, 30.0])
@pytest.mark.parametrize("cost", [0.01, 1.0, 200.0])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_a_step_of_the_solver_ends_where_the_dual_has_its_best(margin, cost, share):
    """At the best point, log(a / (C - a)) + margin + norm (a - a0) is 0 (Yu, Huang, Lin 2011, eq. 17)."""
    norm, old = 3.0, share * cost
    alpha = best_alpha(margin, norm, cost, old)
    assert 0 <= alpha <= cost
    if 1e-9 < alpha / cost < 1 - 1e-9:
        slope = math.log(alpha / (cost - alpha)) + margin + norm * (alpha - old)
        assert abs(slope) < 0.05


def test_features_survive_the_database():
    features = features_of(NEW_SPAM)
    again = Features.unpack(features.pack())
    assert sorted(again.pieces) == sorted(features.pieces)
    assert (again.traits, again.concepts) == (features.traits, features.concepts)


@pytest.mark.parametrize(("word", "is_lure"), [("telegram", True), ("icq", True), ("google", False), ("copy", False)])
def test_a_network_is_where_somebody_could_be_called_away_to(word, is_lure):
    assert ("network" in concepts_of(word)) == is_lure


def test_a_trained_model_judges_texts_that_it_has_not_seen(training):
    before = score(NEW_SPAM)
    keep_model(training)
    assert score(NEW_SPAM) > max(before, 0.5)
    assert score(NEW_HAM) < 0.5


def test_a_model_survives_the_database_as_it_was(training):
    opinions = [training.trained.opinion(features_of(text)) for text in (NEW_SPAM, NEW_HAM)]
    again = Trained.unpack(training.trained.pack())
    assert [again.opinion(features_of(text)) for text in (NEW_SPAM, NEW_HAM)] == opinions


def test_training_twice_gives_the_same_model(training):
    first = training.trained.pack()
    for _ in training.run():
        pass
    assert training.trained.pack() == first


def test_a_model_holds_no_text(training):
    data = training.trained.pack()
    assert b"golden" not in data
    assert b"garden" not in data


def test_a_damaged_model_is_told_and_judging_goes_on(training, caplog):
    keep_model(training)
    data = training.trained.pack()
    for broken in (b"", b"nonsense", data[:-20], data.replace(b'"version": 2', b'"version": 1')):
        with pytest.raises(UnreadableModel, match="model"):
            Trained.unpack(broken)
    Model.objects.update(data=b"nonsense")
    forget_learned()
    assert 0 < score(NEW_HAM) < 0.5
    assert "without a trained model" in caplog.text


def test_the_newest_model_counts_the_one_before_is_kept_and_older_ones_go(training):
    for _ in range(3):
        keep_model(training)
    assert Model.objects.count() == 2


def test_decisions_of_a_moderator_count_at_once_in_this_process():
    texts = [*((text, True) for text in SPAM[:20]), *((text, False) for text in HAM[:20])]
    before = score(NEW_SPAM), score(NEW_HAM)
    for text, is_spam in texts:
        learn(text, is_spam)
    assert score(NEW_SPAM) > before[0]
    assert score(NEW_HAM) < before[1]
    assert score(NEW_SPAM) > 0.5 > score(NEW_HAM)


def test_a_decision_that_is_changed_replaces_the_first_and_one_taken_back_is_gone():
    learn(NEW_SPAM, True)
    learn(NEW_SPAM.upper(), False)
    assert [one.is_spam for one in Decision.objects.all()] == [False]
    unlearn(NEW_SPAM)
    assert not Decision.objects.exists()


def test_a_decision_keeps_no_text():
    learn(NEW_SPAM, True)
    row = Decision.objects.get()
    assert b"golden" not in bytes(row.features)
    assert "golden" not in row.mark


def test_decisions_that_count_no_more_are_swept_away(monkeypatch):
    monkeypatch.setattr("smo_kit.spam.services.DECISIONS", 2)
    for text in HAM[:3]:
        learn(text, False)
    assert (sweep_decisions(), sweep_decisions(), Decision.objects.count()) == (1, 0, 2)


def test_one_kind_of_decisions_alone_teaches_nothing():
    told = [Told(features_of(text), 0.0, 0.0, 0.0, True) for text in SPAM[:5]]
    assert fit_home(told) is None


def test_a_site_that_a_model_knows_well_leaves_it_the_word(training):
    """The own layer is believed by how much better it does than the model on the site's decisions."""

    def share(cold):
        texts = [*((text, True) for text in SPAM), *((text, False) for text in HAM)]
        return fit_home(
            [Told(features_of(text), 0.0, 0.0, cold if spam else -cold, spam) for text, spam in texts]
        ).share

    assert share(9.0) < 0.1 < 0.9 < share(-3.0)


def test_reasons_name_the_words_that_weighed_most(training):
    keep_model(training)
    said = {reason.rule: str(reason.text) for reason in judge(Submission(text=NEW_SPAM)).reasons}["Learned"]
    assert any(word in said for word in ("discount", "shop", "sunglasses", "golden", "write", "dm"))
    assert "+" in said


def test_the_reason_of_the_filter_is_said_again_in_another_language(training):
    keep_model(training)
    with override("en"):
        verdict = judge(Submission(text=NEW_SPAM))
    kept = json.loads(json.dumps(packed([reason.text for reason in verdict.reasons if reason.rule == "Learned"])))
    with override("ru"):
        (text,) = spoken(kept)
        now = {reason.rule: reason.text for reason in judge(Submission(text=NEW_SPAM)).reasons}["Learned"]
    assert text == now
    assert text.startswith("Выученное: ")


def test_where_nothing_tells_much_that_is_said(training):
    keep_model(training)
    assert explained("") == "No word or trait of it says much by itself."
    assert explained(NEW_SPAM).startswith("What was learned: ")


def explained(text: str) -> str:
    learned, features = current_filter(), features_of(text)
    return explanation(text, learned.effect(features, learned.opinion(features, 0.0)))


def test_the_learned_filter_can_be_turned_off(settings, training):
    before = score(NEW_SPAM)
    keep_model(training)
    settings.SMO_KIT = {"SPAM": {"off": ["Learned"]}}
    assert score(NEW_SPAM) == before


def test_a_warm_judgement_asks_for_look_alikes_and_nothing_else(django_assert_max_num_queries, training):
    keep_model(training)
    score(NEW_SPAM)
    with django_assert_max_num_queries(1):
        score(NEW_HAM)
    assert current_filter().trained is not None


def test_prose_is_not_blocked_because_a_source_knew_it_from_spam_alone():
    """Where ham is short chat and spam is well written, whoever writes well must not be taken for a spammer."""
    chat = [
        f"{one} {two}"
        for one in ("lol", "yeah", "nope", "ok bro", "haha")
        for two in ("same", "nice", "why", "idk", "cool")
    ]
    prose = "The committee of the district has published its report on the state of bridges and roads this spring"
    rows = [*(Labelled(f"{prose}. {text}", True) for text in SPAM), *(Labelled(text, False) for text in chat)]
    training = Training({"one": rows[::2], "two": rows[1::2]})
    for _ in training.run():
        pass
    keep_model(training)
    words = "According to the report most bridges of the district have been repaired and the committee has thanked all"
    said = f"{prose}. {words} engineers who published the state of roads."
    assert score(said) < 0.5 < score(f"{said} Make money online: call us, 8 800 555 35 35, http://a.example.com")
