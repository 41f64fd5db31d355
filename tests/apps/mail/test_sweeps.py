"""What is old of mail is thrown away by ``smo_sync``, not by who sends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from smo_kit.core.sweeps import run_sweeps
from smo_kit.mail.models import Mail, State
from smo_kit.mail.services import post

pytestmark = pytest.mark.django_db


def test_old_mails_go_and_what_a_key_says_stays(letter: Any) -> None:
    post(letter())
    post(letter(key="once"))
    Mail.objects.update(state=State.SENT, due=timezone.now() - dt.timedelta(days=31))
    call_command("smo_send_mail", json=True)
    assert Mail.objects.count() == 2
    assert run_sweeps()["mails"] == 2
    kept = Mail.objects.get()
    assert (kept.key, kept.state, kept.to, kept.text) == ("once", State.SENT, "", "")
