"""What is said of notifications to who watches the site."""

from __future__ import annotations

from django.utils import timezone

from smo_kit.core.figures import Figure, Values, number, oldest_due, register_figure
from smo_kit.notify.models import Announcement, Delivery, Push


def waiting() -> Values:
    """Count the comments whose subscribers are still to be told."""
    return number(Announcement.objects.all())


def oldest() -> Values:
    """Say for how long the oldest due one has waited."""
    return oldest_due(Announcement.objects.all())


def unmailed() -> Values:
    """Count the deliveries that no mail has told yet though they are due."""
    return number(Delivery.objects.filter(due__lte=timezone.now()))


def pushes() -> Values:
    """Count the pushes that are due."""
    return number(Push.objects.filter(due__lte=timezone.now()))


register_figure(Figure("announcements", "Comments whose subscribers are still to be told.", waiting))
register_figure(Figure("announcement_oldest_due_seconds", "For how long the oldest due one has waited.", oldest))
register_figure(Figure("deliveries_due", "Notifications that are due to be mailed.", unmailed))
register_figure(Figure("pushes_due", "Notifications that are due to be sent to devices.", pushes))
