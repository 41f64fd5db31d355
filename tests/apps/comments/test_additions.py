"""What other apps add to the form for a comment, when they fail."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils.safestring import mark_safe

from smo_kit.comments import additions
from smo_kit.comments.additions import Addition, shown, taken
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


def html(request, discussion, data):
    return mark_safe("<p>Field</p>")


def works(request, entry, data):
    return "It is done."


def fails(*about):
    Post.objects.create(slug="half", title="Half", lead="Half", body="Half")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


@pytest.fixture
def one_of_two_fails(monkeypatch):
    both = {
        "broken": Addition(id="broken", html=fails, taken=fails),
        "good": Addition(id="good", html=html, taken=works),
    }
    monkeypatch.setattr(additions, "_additions", both)


@pytest.mark.usefixtures("one_of_two_fails")
class TestOneThatFails:
    """What a test has around it is the transaction of a request (``ATOMIC_REQUESTS``)."""

    def test_the_comment_and_what_others_do_stand(self):
        Post.objects.create(slug="comment", title="Stands", lead="Stands", body="Stands")
        assert taken(None, None, {}) == "It is done."
        assert list(Post.objects.values_list("slug", flat=True)) == ["comment"]

    def test_the_form_is_shown_without_its_fields(self):
        assert shown(None, None, {}) == ("<p>Field</p>",)
        assert not Post.objects.exists()
