"""Tables and migrations agree, and each migration says what it does."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

import smo_kit

MIGRATIONS = sorted(Path(smo_kit.__file__).parent.glob("**/migrations/[0-9]*.py"))
OURS = [one.label for one in apps.get_app_configs() if one.name.startswith(("smo_kit.", "tests.", "demo_site."))]
"""Other packages' models may differ from their migrations on a Django that is newer than they are."""


def test_there_are_migrations():
    assert MIGRATIONS


@pytest.mark.django_db
def test_none_is_missing():
    said = StringIO()
    try:
        call_command("makemigrations", *OURS, check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue(), pytrace=False)


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: f"{file.parts[-3]}/{file.stem}")
def test_each_is_named_for_what_it_does(file):
    assert re.fullmatch(r"\d{4}_[a-z_]+", file.stem)
    assert not re.search(r"_(auto|initial|and_more)", file.stem)


def test_no_two_of_an_app_have_the_same_number():
    numbers = [(file.parts[-3], file.stem[:4]) for file in MIGRATIONS]
    assert len(set(numbers)) == len(numbers)
