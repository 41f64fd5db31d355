"""Akismet, through its package: only where the owner has put this rule on the list and has given a key.

What is sent to the service: the text, its author's name, addresses and browser. Say so to your readers.
"""

from __future__ import annotations

from typing import Any, Final

from smo_kit.core.addresses import base_url
from smo_kit.core.http import Refused, fetch
from smo_kit.core.sayings import gettext as _
from smo_kit.spam.conf import spam_settings
from smo_kit.spam.submissions import Signal, Submission

try:
    import akismet
    import httpx
except ImportError:  # without smo-kit[akismet]
    akismet = None

IS_INSTALLED: Final = akismet is not None
SCORES: Final = {0: -1.5, 1: 3.0, 2: 6.0}
"""For ham, spam, and what nobody needs to look at."""


class Akismet:
    """Asks the service about what came from an address; if it does not answer in time, a person has to look."""

    def judge(self, submission: Submission) -> Signal | None:
        conf = spam_settings()
        if not (IS_INSTALLED and conf.akismet_key and submission.address):
            return None
        try:
            answer = int(_client(conf.akismet_key, conf.akismet_seconds).comment_check(**_arguments(submission)))
        except Exception:  # the package has many ways to fail, and none may lose the text
            return Signal(0.0, _("Akismet did not answer."), hold=True)
        return Signal(
            SCORES.get(answer, 0.0), _("Akismet takes it for spam.") if answer else _("Akismet takes it for ham.")
        )


def _client(key: str, seconds: int) -> Any:
    """Return the package's client; its requests go by the suite's only way out (httpx calls a function a mock)."""
    transport = httpx.MockTransport(lambda request: _passed_on(request, seconds))
    config = akismet.Config(key=key, url=base_url())
    return akismet.SyncClient(config=config, http_client=httpx.Client(transport=transport))


def _arguments(submission: Submission) -> dict[str, str]:
    given = {
        "user_ip": submission.address,
        "user_agent": submission.user_agent,
        "comment_type": "comment",
        "comment_content": submission.text,
        "comment_author": submission.name,
        "comment_author_email": submission.email,
        "comment_author_url": submission.url,
        "blog_lang": submission.language,
        "recheck_reason": "edit" if submission.is_edit else "",
    }
    return {name: value for name, value in given.items() if value}


def _passed_on(request: Any, seconds: int) -> Any:
    try:
        answer = fetch(
            str(request.url),
            method=request.method,
            headers={name: request.headers[name] for name in ("content-type", "user-agent") if name in request.headers},
            body=request.read(),
            timeout=seconds,
            redirects=0,  # what a commenter has said of himself goes to nobody else
        )
    except Refused as error:
        raise httpx.ConnectError(str(error)) from error
    return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body, request=request)
