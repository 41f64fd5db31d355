"""What an answer asks of the database."""

from __future__ import annotations

import pytest

from tests.apps.lock.opening.conftest import look, press

pytestmark = pytest.mark.django_db


def test_opening_asks_for_few_things(client, address, later, django_assert_max_num_queries):
    press(client, address)
    later(30)
    with django_assert_max_num_queries(14):
        assert look(client, address)["state"] == "open"


def test_to_ask_how_it_stands_asks_for_less(client, address, django_assert_max_num_queries):
    press(client, address)
    with django_assert_max_num_queries(3):
        assert look(client, address)["state"] == "waiting"
