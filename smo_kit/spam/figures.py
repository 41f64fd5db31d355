"""What is said of the spam filter to who watches the site."""

from __future__ import annotations

from smo_kit.core.figures import Figure, Values, numbers_by, register_figure
from smo_kit.spam.models import Decision


def judgements() -> Values:
    """Count what moderators have said, of spam and of what is none; the filter keeps so many as it learns from."""
    names = {"True": "spam", "False": "good"}
    return {(names[value],): n for (value,), n in numbers_by(Decision.objects.all(), "is_spam").items()}


register_figure(Figure("spam_judgements", "Judgements of moderators that are kept.", judgements, ("verdict",)))
