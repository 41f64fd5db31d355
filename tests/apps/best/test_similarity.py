"""What is related to a page, without a database."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from smo_kit.best import similarity
from smo_kit.best.similarity import Document, RelatedIndex, UnknownDocument

ENGLISH = [
    Document("bread", "Baking bread at home", "Flour, water, salt and yeast: knead the dough, let it rise, bake it."),
    Document("sourdough", "A sourdough starter", "Feed flour and water daily; the dough rises without yeast."),
    Document("pizza", "Pizza on a stone", "The dough is baked hot: flour, water, tomatoes and cheese."),
    Document("bicycle", "Repairing a bicycle", "Change the chain, pump the tyres and adjust the brakes."),
    Document("tyres", "Which tyres for winter", "Studded tyres hold the bicycle on ice; pump them less."),
    Document("brakes", "Squealing brakes", "Clean the rim, adjust the pads: a bicycle has to stop quietly."),
]
RUSSIAN = [
    Document("хлеб", "Домашний хлеб", "Мука, вода, соль и дрожжи: замесите тесто и поставьте его в печь."),
    Document("пицца", "Пицца на камне", "Тесто из муки и воды выпекают в горячей печи."),
    Document("сервер", "Настройка сервера", "Поставьте на сервер обновления и закройте лишние порты."),
    Document("защита", "Защита серверов", "Открытые порты находят за минуту: обновления нужны каждому серверу."),
]


def ids(found):
    return [id for id, _ in found]


@pytest.fixture
def index():
    return RelatedIndex.build([*ENGLISH, *RUSSIAN])


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("sourdough", "bread"),
        ("bicycle", "tyres"),
        ("хлеб", "пицца"),
        ("сервер", "защита"),
        ("защита", "сервер"),
    ],
)
def test_the_nearest_is_about_the_same(index, id, first):
    assert ids(index.related(id, 3))[0] == first


def test_scores_fall_from_one_to_zero_and_the_page_is_not_among_its_own(index):
    for document in (*ENGLISH, *RUSSIAN):
        found = index.related(document.id, 10)
        scores = [score for _, score in found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        assert document.id not in ids(found)


def test_languages_are_told_apart():
    code = "Array.prototype.map Array.prototype.filter Array.prototype.reduce"
    index = RelatedIndex.build(
        [
            Document(1, "Массивы", f"Методы массива: {code}"),
            Document(2, "Перебор массива", f"Как перебрать массив: {code}"),
            Document(3, "Arrays", f"Methods of an array: {code}"),
            Document(4, "Arrays", code, language="de"),
        ]
    )
    assert [ids(index.related(id, 5)) for id in (1, 2, 3, 4)] == [[2], [1], [], []]


def test_forms_of_a_russian_word_are_one():
    index = RelatedIndex.build(
        [Document(1, "Аренда сервера"), Document(2, "Список серверов"), Document(3, "Список песен")]
    )
    assert ids(index.related(1, 5)) == [2]


def test_a_title_counts_more_than_the_text():
    text = "garden river winter morning chapter letter"
    index = RelatedIndex.build(
        [
            Document(1, "Sourdough", text),
            Document(2, "Sourdough", "mountain pepper question window reader music"),
            Document(3, "Holidays", "mountain pepper question window reader sourdough"),
        ]
    )
    assert ids(index.related(1, 2)) == [2, 3]


def test_tags_count():
    index = RelatedIndex.build(
        [
            Document(1, "Monday", "rain in the morning", ("kitchen",)),
            Document(2, "Tuesday", "sun in the evening", ("Kitchen", "slow")),
            Document(3, "Friday", "rain", ()),
            Document(4, tags=("slow",)),
        ]
    )
    assert set(ids(index.related(1, 5))) == {2, 3}
    assert ids(index.related(4, 5)) == [2]


@pytest.mark.parametrize(
    ("one", "other", "stranger"),
    [
        ("Get-ChildItem", "See get-childitem for more", "Get a Service of this child"),
        ("border-radius", "A frame with border-radius 4px", "A border of radius: two words"),
        ("Array.prototype.map", "It works like Array.prototype.map does", "A map of the array of islands"),
    ],
)
def test_an_identifier_finds_itself_first(one, other, stranger):
    index = RelatedIndex.build(
        [Document(1, one), Document(2, "", other), Document(3, "", stranger), Document(4, "Tea")]
    )
    assert ids(index.related(1, 2))[0] == 2


def test_what_is_added_is_seen_at_once(index):
    index.add(Document("rye", "Baking rye bread", "Rye flour, water, salt and yeast."))
    assert ids(index.related("bread", 1)) == ["rye"]
    assert ids(index.related("rye", 1)) == ["bread"]
    assert len(index) == 11


def test_what_is_removed_is_seen_no_more(index):
    index.add(Document("rye", "Baking rye bread"))
    for id in ("rye", "sourdough"):
        index.remove(id)
        assert id not in ids(index.related("bread", 10))
        with pytest.raises(UnknownDocument):
            index.related(id, 1)
    assert len(index) == 9


def test_a_page_that_is_added_again_is_replaced(index):
    for _ in range(3):
        index.add(Document("pizza", "Repairing a bicycle chain", "Clean the chain of the bicycle."))
    assert "bicycle" in ids(index.related("pizza", 2))
    assert "pizza" not in ids(index.related("bread", 10))
    assert ids(index.related("bicycle", 10)).count("pizza") == 1
    assert len(index) == 10


def test_of_several_with_one_id_the_last_is_built():
    index = RelatedIndex.build([Document(1, "Bread"), Document(2, "Tyres"), Document(1, "Tyres for winter")])
    assert ids(index.related(1, 5)) == [2]
    assert len(index) == 2


@pytest.mark.parametrize("act", [lambda index: index.related("nobody", 5), lambda index: index.remove("nobody")])
def test_an_unknown_document_is_named_with_the_cure(index, act):
    with pytest.raises(KeyError) as error:
        act(index)
    assert "'nobody'" in str(error.value)
    assert "add()" in str(error.value)


@pytest.mark.parametrize(("limit", "many"), [(-1, 0), (0, 0), (1, 1), (2, 2), (100, 2)])
def test_at_most_so_many(limit, many):
    index = RelatedIndex.build(ENGLISH[:3])
    assert len(index.related("bread", limit)) == many


def test_more_than_are_judged_at_once_can_be_asked():
    index = RelatedIndex.build([Document(number, "Bread", f"loaf {number}") for number in range(300)])
    assert len(index.related(7, 250)) == 250


def test_ids_are_anything_hashable():
    index = RelatedIndex.build([Document(("blog", 1), "Bread"), Document(2, "Bread"), Document("2", "Bread")])
    assert ids(index.related(2, 5)) == [("blog", 1), "2"]


def test_two_pages_are_enough():
    index = RelatedIndex.build(ENGLISH[:2])
    assert ids(index.related("bread", 5)) == ["sourdough"]


def test_an_index_grows_from_nothing():
    index = RelatedIndex()
    for document in ENGLISH:
        index.add(document)
    assert ids(index.related("bread", 1)) == ["sourdough"]
    assert ids(index.related("tyres", 1)) == ["bicycle"]
    assert RelatedIndex.build([]).related is not None


def test_the_same_page_twice_is_found_from_both_sides(index):
    index.add(Document("copy", ENGLISH[0].title, ENGLISH[0].text))
    for one, other in (("bread", "copy"), ("copy", "bread")):
        id, score = index.related(one, 1)[0]
        assert (id, score) == (other, pytest.approx(1, abs=0.02))


@pytest.mark.parametrize("act", ["build", "add"])
def test_pages_that_are_all_alike_come_in_the_order_in_which_they_came(act):
    pages = [Document(number, "Bread", "Flour and water") for number in range(200)]
    index = RelatedIndex.build(pages if act == "build" else ())
    for page in pages if act == "add" else ():
        index.add(page)
    assert ids(index.related(100, 5)) == [0, 1, 2, 3, 4]
    assert ids(index.related(2, 5)) == [0, 1, 3, 4, 5]


@pytest.mark.parametrize(
    "text", ["", "bread", "\x00\xff\x01" * 99, "\ud800\udc00\ud800", "Хлеб bread パン 🍞", "&nbsp;"]
)
def test_odd_pages_do_no_harm(index, text):
    index.add(Document("odd", text, text, (text, "")))
    index.related("odd", 5)
    assert ids(index.related("sourdough", 1)) == ["bread"]
    index.remove("odd")


def test_none_counts_as_empty(index):
    index.add(Document("nothing", None, None, None, None))
    assert index.related("nothing", 5) == []
    index.add(Document("rye", "Baking rye bread", None, [None, "kitchen"]))
    assert ids(index.related("rye", 1)) == ["bread"]


@pytest.mark.parametrize(
    ("fields", "cure"),
    [
        ({"title": b"Bread"}, "title of document 7: b'Bread' is no text, decode()"),
        ({"text": bytearray(b"Bread")}, "decode()"),
        ({"text": 12}, "text of document 7: 12 is no text, make it a str"),
        ({"language": 1}, "language of document 7"),
        ({"tags": "kitchen"}, "give a tuple of strings"),
        ({"tags": 5}, "give a tuple of strings"),
        ({"tags": ("kitchen", b"slow")}, "tags of document 7: b'slow' is no text, decode()"),
        ({"text": b"x" * 5_000_000}, "decode()"),
    ],
    ids=["bytes", "bytearray", "number", "language", "one tag", "number of tags", "bytes among tags", "giant bytes"],
)
def test_what_is_no_text_is_named_with_the_cure(fields, cure):
    with pytest.raises(TypeError) as error:
        Document(7, **fields)
    assert cure in str(error.value)
    assert len(str(error.value)) < 150


def test_an_id_that_can_not_be_hashed_is_refused_at_once():
    with pytest.raises(TypeError, match="unhashable"):
        Document(["a"])


@pytest.mark.parametrize("odd", ["Bread", b"Bread", 5, None, (1, "Bread")])
@pytest.mark.parametrize("act", [lambda odd: RelatedIndex.build([odd]), lambda odd: RelatedIndex().add(odd)])
def test_what_is_no_document_is_named_with_the_cure(odd, act):
    with pytest.raises(TypeError, match=r"is no Document: give Document\(id, title, text, tags\)"):
        act(odd)


@pytest.mark.parametrize("limit", ["5", 2.5, None, b"5"])
def test_a_limit_is_a_whole_number(index, limit):
    with pytest.raises(TypeError, match="integer"):
        index.related("bread", limit)


@pytest.mark.parametrize("id", [b"bread", 5, None, ("bread",)])
def test_an_id_of_another_kind_is_unknown(index, id):
    for act in (lambda: index.related(id, 5), lambda: index.remove(id)):
        with pytest.raises(UnknownDocument):
            act()


def test_a_page_without_text_is_found_by_its_title(index):
    index.add(Document("short", "Sourdough bread"))
    assert set(ids(index.related("short", 2))) == {"bread", "sourdough"}


WORDS = {
    topic: [f"{topic}{ending}" for ending in ("aba", "ece", "idi", "ofo", "ugu", "aka", "ele", "imi", "ono", "upu")]
    for topic in ("bred", "kolt", "simn", "trav", "mus", "garn", "velt", "plog")
}


def invented(many, seed=1):
    dice = random.Random(seed)
    common = [f"zor{number}" for number in range(200)]
    for number in range(many):
        words = dice.choices(WORDS[dice.choice(list(WORDS))], k=12) + dice.choices(common, k=25)
        dice.shuffle(words)
        yield Document(number, " ".join(words[:3]), " ".join(words), language="en")


@pytest.fixture
def small_parts(monkeypatch):
    """Segments so small that a hundred pages make many."""
    for name, value in {"FRESH": 8, "FULL": 32, "PIECE": 5}.items():
        monkeypatch.setattr(similarity, name, value)


def alike(one, other, asked):
    shares = [len(set(ids(one.related(id, 5))) & set(ids(other.related(id, 5)))) / 5 for id in asked]
    return sum(shares) / len(shares)


@pytest.mark.parametrize("built", [0, 75, 149])
def test_what_is_added_is_found_as_if_it_had_been_built(small_parts, built):
    pages = list(invented(150))
    grown = RelatedIndex.build(pages[:built])
    for page in pages[built:]:
        grown.add(page)
    assert alike(RelatedIndex.build(pages), grown, range(150)) >= 0.9


def test_the_same_is_found_each_time(small_parts):
    one, other = (RelatedIndex.build(invented(100)) for _ in range(2))
    for index in (one, other):
        for page in invented(50, seed=2):
            index.add(page)
    assert [one.related(id, 5) for id in range(100)] == [other.related(id, 5) for id in range(100)]


def test_pages_that_come_and_go_leave_nothing_behind(small_parts):
    index = RelatedIndex.build(invented(100))
    for round in range(6):
        for page in invented(100, seed=round):
            index.add(page)
    assert len(index) == 100
    assert len(index._segments) <= 8
    assert sum(len(segment.pages) for segment in index._segments) <= 300
    assert alike(RelatedIndex.build(invented(100, seed=5)), index, range(100)) >= 0.9
    for id in range(100):
        index.remove(id)
    assert len(index) == 0
    assert not index._frequencies
    index.add(Document(1, "Bread"))
    index.add(Document(2, "Bread"))
    assert ids(index.related(1, 5)) == [2]


def test_neither_django_nor_a_database_is_needed():
    code = (
        "from smo_kit.best.similarity import Document, RelatedIndex\n"
        "index = RelatedIndex.build([Document(1, 'Baking bread'), Document(2, 'Bread')])\n"
        "print(index.related(1, 5)[0][0])"
    )
    environment = {"PYTHONPATH": ":".join(sys.path), "DJANGO_SETTINGS_MODULE": ""}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("2\n", "")
