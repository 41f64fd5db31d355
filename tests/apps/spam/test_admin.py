"""Reputations, models and decisions in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from smo_kit.spam.models import Model, Reputation
from smo_kit.spam.services import Submission, keep_model, learn, remember

pytestmark = pytest.mark.django_db


def test_a_moderator_bans_trusts_and_lets_go(admin_client):
    remember(Submission(text="", email="bob@example.org", name="Bob"), "spam")
    row = Reputation.objects.get()
    url = reverse("admin:smo_spam_reputation_changelist")
    assert "Bob b…@example.org" in admin_client.get(url).content.decode()
    states = []
    for action in ("ban_them", "trust_them", "neither"):
        admin_client.post(url, {"action": action, "_selected_action": [row.pk]})
        row.refresh_from_db()
        states.append((row.trusted, row.banned))
    assert states == [(False, True), (True, False), (False, False)]


def test_the_page_of_models_says_what_was_learned_and_how_well(admin_client, training):
    url = reverse("admin:smo_spam_model_changelist")
    assert "No moderator has decided anything yet" in admin_client.get(url).content.decode()
    keep_model(training)
    learn("Casino bonus, casino bonus http://a.example.com http://b.example.com", True)
    page = admin_client.get(url).content.decode()
    assert "72, spam: 36" in page
    assert "Of the last 1 decisions" in page


def test_a_model_can_be_deleted_and_neither_made_nor_changed_by_hand(admin_client, training):
    keep_model(training)
    pk = Model.objects.get().pk
    assert admin_client.get(reverse("admin:smo_spam_model_add")).status_code == 403
    admin_client.post(reverse("admin:smo_spam_model_delete", args=[pk]), {"post": "yes"})
    assert not Model.objects.exists()
    assert admin_client.get(reverse("admin:smo_spam_decision_changelist")).status_code == 200
