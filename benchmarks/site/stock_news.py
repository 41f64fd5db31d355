"""Let stock django-comments-xtd tell the followers of a comment, as its view does before it answers.

``python -m benchmarks.site.stock_news NUMBER [kill]``: prints how long the request takes and how many threads it has
begun, then waits for them; or is killed when the request is answered, as by a deployment or a lack of memory.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.news_settings")


def main(number: int, *, is_killed: bool) -> None:
    """Write the followers' comments, and tell them of one more."""
    threading.excepthook = lambda args: None  # what the server has no time for is counted by the server
    django.setup()
    from django.core.management import call_command
    from django_comments_xtd.views import notify_comment_followers

    call_command("migrate", run_syncdb=True, verbosity=0)
    comment = _last_of(number)
    begun = _count_threads()
    before = time.perf_counter()
    notify_comment_followers(comment)
    seconds = time.perf_counter() - before
    print(json.dumps({"seconds": seconds, "threads": len(begun)}), flush=True)
    if is_killed:
        os.kill(os.getpid(), signal.SIGKILL)
    for thread in begun:
        thread.join()


def _last_of(number: int) -> object:
    """Write comments of so many people who want to hear of more, and one more; return that one."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from django_comments.models import Comment
    from django_comments_xtd.models import XtdComment

    from benchmarks.site.pages import articles
    from smo_kit.comments.storage import add_many, add_missing, put

    (article,) = articles(1)
    about = {"content_type": ContentType.objects.get_for_model(article), "object_pk": str(article.pk), "site_id": 1}
    comments = [
        Comment(
            **about,
            user_name=f"Reader {n}",
            user_email=f"reader{n}@bench.example",
            comment=f"Comment number {n}.",
            submit_date=timezone.now(),
        )
        for n in range(number + 1)
    ]
    add_many(comments)
    add_missing({one.pk: one.pk for one in comments})
    put([(one.pk, one.pk, 0, 1, 0, one.pk) for one in comments])
    XtdComment.objects.update(followup=True)
    return XtdComment.objects.get(pk=comments[-1].pk)


def _count_threads() -> list[threading.Thread]:
    """Return a list of the threads that send mail from now on."""
    from django_comments_xtd import utils

    begun: list[threading.Thread] = []

    class Counted(utils.EmailThread):  # type: ignore[misc, name-defined, unused-ignore]
        def start(self) -> None:
            begun.append(self)
            super().start()

    utils.EmailThread = Counted
    return begun


if __name__ == "__main__":
    main(int(sys.argv[1]), is_killed="kill" in sys.argv)
