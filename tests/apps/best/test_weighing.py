"""How much each word of a page says about it."""

from __future__ import annotations

import numpy as np
import pytest

from smo_kit.best.texts.documents import Document
from smo_kit.best.texts.weighing import STRONGEST, Vector, likenesses, weighed
from smo_kit.best.texts.words import bag_of


def vector_of(*args):
    return weighed(*args).strongest


def length(vector):
    return float(np.dot(vector.weights, vector.weights))


def weights(bag, vector):
    return {
        bag.words[term]: weight for term, weight in zip(vector.terms.tolist(), vector.weights.tolist(), strict=True)
    }


LONG = bag_of(Document(1, "Bread", " ".join(f"word{number:03}" for number in range(150)), language="en"))


def test_a_rare_word_says_more():
    bag = bag_of(Document(1, "", "bread starter", language="en"))
    found = weights(bag, vector_of(bag, 100, [80 if bag.words[term] == "bread" else 3 for term in bag.terms.tolist()]))
    assert found["starter"] > 1.5 * found["bread"]


def test_of_two_pages_that_share_all_words_none_weighs_nothing():
    bag = bag_of(Document(1, "", "bread starter"))
    assert (vector_of(bag, 2, [2, 2]).weights > 0.5).all()


@pytest.mark.parametrize("documents", [0, 1, 10, 1_000_000])
@pytest.mark.parametrize("frequency", [0, 1, 50])
def test_stale_numbers_do_no_harm(documents, frequency):
    both = weighed(LONG, documents, [frequency] * len(LONG.terms))
    for vector in both:
        assert length(vector) == pytest.approx(1, abs=1e-5)
        assert (vector.weights > 0).all()
        assert (vector.terms.dtype, vector.weights.dtype) == (np.uint32, np.float32)


def test_the_strongest_find_and_all_judge():
    both = weighed(LONG, 10, [1] * len(LONG.terms))
    assert (len(both.strongest.terms), len(both.all.terms)) == (STRONGEST, len(LONG.terms))
    assert set(both.strongest.terms.tolist()) < set(both.all.terms.tolist())
    assert (np.diff(both.strongest.terms.astype(np.int64)) > 0).all()
    assert vector_of(LONG, 10, [1] * len(LONG.terms)).weights.tolist() == both.strongest.weights.tolist()


def test_a_word_that_others_have_finds_before_one_that_nobody_has():
    shared = np.arange(len(LONG.terms)) % 3 == 0
    chosen = vector_of(LONG, 1000, np.where(shared, 20, 1)).terms
    assert np.isin(LONG.terms[shared], chosen).sum() > np.isin(LONG.terms[~shared], chosen).sum()


@pytest.mark.parametrize(("documents", "many"), [(100_000, 20_000), (1000, 900)])
def test_a_word_that_too_many_have_judges_but_finds_only_in_a_small_site(documents, many):
    common = np.arange(len(LONG.terms)) % 2 == 0
    both = weighed(LONG, documents, np.where(common, many, 3))
    assert np.isin(LONG.terms[common], both.strongest.terms).any() == (documents == 1000)
    assert len(both.all.terms) == len(LONG.terms)


def test_a_page_without_words_is_like_nothing():
    empty = bag_of(Document(1))
    vector = vector_of(empty, 5, [])
    assert vector.terms.size == 0
    assert likenesses(vector, [vector]) == [0.0]


def vector(**terms):
    return Vector(
        np.array([int(name[1:]) for name in terms], dtype=np.uint32), np.array(list(terms.values()), dtype=np.float32)
    )


def test_likeness_is_the_sum_of_products_of_shared_weights():
    one = vector(t1=0.6, t5=0.8)
    others = [vector(t5=1.0), vector(t1=0.8, t5=0.6), vector(t7=1.0), vector(), one]
    assert likenesses(one, others) == pytest.approx([0.8, 0.96, 0, 0, 1])
    assert likenesses(one, []) == []
    assert max(likenesses(one, [one] * 3)) <= 1
    assert likenesses(others[1], [one]) == pytest.approx([0.96])
