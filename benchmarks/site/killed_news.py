"""Kill a worker in the middle of its mails (SIGKILL), let another go on, and print what the mail server got, as JSON.

``python -m benchmarks.site.killed_news NUMBER``: so many subscribers of one discussion, on the database of
``DATABASE_URL``, which both processes must see.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any, Final

import django

from benchmarks.site import followers
from benchmarks.site.sink import Sink, counting_sink

LEASE: Final = 5
"""Seconds after which another worker takes what the killed one held: minutes would only make the run longer."""
PATIENCE: Final = 120

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.news_settings")


def main(number: int) -> None:
    """Start a mail server, post, kill, go on."""
    with counting_sink() as sink:
        os.environ.update(SMTP_PORT=str(sink.port), LEASE_SECONDS=str(LEASE))
        django.setup()
        from django.core.management import call_command

        from benchmarks.site.pages import articles

        call_command("migrate", run_syncdb=True, verbosity=0)
        (article,) = articles(1)
        followers.follow(followers.subscribers(number), article)
        followers.post(article, followers.author())
        killed_after = _kill_a_worker(sink, number // 2)
        _go_on()
        json.dump({**sink.counted(), "killed after": killed_after}, sys.stdout)


def _kill_a_worker(sink: Sink, mails: int) -> int:
    """Let a worker begin, and kill it when the server has so many; return how many the server had then."""
    worker = subprocess.Popen([sys.executable, "-m", "django", "smo_send_mail", "--json"], stdout=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE
    while sink.so_far()["mails"] < mails and worker.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    if worker.poll() is not None:
        raise SystemExit(f"The worker that was to be killed ended by itself, with {worker.returncode}.")
    worker.kill()
    worker.wait()
    return sink.so_far()["mails"]


def _go_on() -> None:
    """Send what is left as another worker does, which waits until the lease of the killed one is over."""
    from smo_kit.mail.models import Mail, State
    from smo_kit.mail.sending import send_what_is_due

    until = time.monotonic() + PATIENCE
    unsent: Any = Mail.objects.filter(state__in=(State.WAITING, State.CLAIMED))
    while time.monotonic() < until:
        send_what_is_due()
        if not unsent.exists():
            return
        time.sleep(0.5)


if __name__ == "__main__":
    main(int(sys.argv[1]))
