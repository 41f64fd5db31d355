"""What goes along to the way out: little, signed, and for one page only."""

from __future__ import annotations

import pytest
from django.core.signing import Signer

from smo_kit.core.cards import Card, Picture
from smo_kit.core.subjects import Key
from smo_kit.share.conf import share_settings
from smo_kit.share.errands import ForgedErrand
from smo_kit.share.parcels import Parcel
from smo_kit.share.quotes import WHOLE, Part

KEY = Key(1, "2", "en")
PART = Part(quote="Чай\nis good", author="Ada", picture="https://example.org/a.jpg", words="A cup", fragment="x,y")
FORGED = [
    "x",
    "a:b",
    Signer().sign_object([[], {}, {}]),
    *(
        Signer(salt=f"smo_kit.share.parcel.{KEY.sign()}").sign_object(one)
        for one in ("word", [1], [[1] * 9, {}, {}], 7)
    ),
]


def test_a_plain_button_takes_nothing_along(db):
    assert Parcel.packed(WHOLE, share_settings()).sign(KEY) == ""
    assert Parcel.unsign("", KEY) == Parcel()


def test_it_comes_back_as_it_went(db):
    conf = share_settings.conf(texts=("vk: {title}!",), hashtags=("vk",), utm=True)
    parcel = Parcel.packed(PART, conf, Card(url="/", title="Tea", tags=("a", "b"), image="/b.jpg"))
    back = Parcel.unsign(parcel.sign(KEY), KEY)
    assert back == parcel
    assert back.part == PART
    assert (back.settings().texts, back.settings().hashtags, back.settings().utm) == (conf.texts, conf.hashtags, True)


def test_it_is_printed_the_same_each_time():
    assert Parcel(PART).sign(KEY) == Parcel(PART).sign(KEY)


def test_how_buttons_look_does_not_go_along(db):
    assert Parcel.packed(WHOLE, share_settings.conf(limit=1, look="both", personal=True)) == Parcel()


@pytest.mark.parametrize("other", [Key(1, "3", "en"), Key(2, "2", "en"), Key(1, "2", "ru")])
def test_it_is_of_no_other_page(other):
    with pytest.raises(ForgedErrand):
        Parcel.unsign(Parcel(PART).sign(KEY), other)


@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
def test_it_is_not_taken_from_others(token):
    with pytest.raises(ForgedErrand):
        Parcel.unsign(token, KEY)


def test_the_view_s_words_take_the_place_of_the_page_s():
    card = Card(url="/tea/", title="Tea", summary="Leaves", image="/a.jpg", cuts={"tall": Picture("/tall.jpg")})
    worded = Parcel(card={"title": "Rum", "image": "/b.jpg"}).worded(card)
    assert (worded.url, worded.title, worded.summary, worded.image_url, worded.cuts) == (
        "/tea/",
        "Rum",
        "Leaves",
        "/b.jpg",
        {},
    )
    assert Parcel().worded(card) is card
