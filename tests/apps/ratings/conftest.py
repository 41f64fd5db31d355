from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from smo_kit.core.subjects import key_of
from smo_kit.core.visitors import Visitor
from smo_kit.ratings.signed import Thing
from tests.blog.models import Post

HERE = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html,*/*;q=0.8"}
SCRIPT = {"Sec-Fetch-Site": "same-origin", "Accept": "*/*"}


@pytest.fixture
def page(db):
    return Post.objects.create(slug="bridges", title="Bridges of stone")


@pytest.fixture
def member(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw")


@pytest.fixture
def address(page):
    """Where the form of the page's stars is sent."""
    return address_of(page)


def address_of(obj, kind="stars", language="en"):
    return f"/smo/ratings/{Thing(key_of(obj, language), kind).sign()}/"


def guest(number: int) -> Visitor:
    return Visitor(f"{number:032x}")
