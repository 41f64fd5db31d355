"""People who follow a discussion of the benchmark's site, and comments that they hear of. Django is set up by then."""

from __future__ import annotations

import uuid
from typing import Any


def author() -> Any:
    """Return a member who writes."""
    from django.contrib.auth.models import User

    return User.objects.create_user("author", "author@bench.example")


def subscribers(number: int) -> list[Any]:
    """Return so many people whose addresses are proved."""
    from django.utils import timezone

    from smo_kit.notify.models import Subscriber

    addresses = [f"reader{n}@bench.example" for n in range(number)]
    known = {"confirmed_at": timezone.now(), "language": "en"}
    Subscriber.objects.bulk_create([Subscriber(address=one, folded=one, **known) for one in addresses], batch_size=500)
    return list(Subscriber.objects.order_by("pk"))


def follow(people: list[Any], article: Any) -> None:
    """Let people follow the discussion of an article."""
    from smo_kit.comments.discussions import discussion_of
    from smo_kit.notify.models import Subscription

    discussion = discussion_of(article)
    rows = [Subscription(subscriber=one, discussion=discussion) for one in people]
    Subscription.objects.bulk_create(rows, batch_size=500)


def post(article: Any, user: Any) -> None:
    """Write a comment that is no repetition."""
    from smo_kit.comments import services
    from smo_kit.comments.drafts import Draft

    text = f"A comment of its own, which says something of the article: {uuid.uuid4().hex}"
    services.post(article, Draft(text=text, user=user, language="en"))
