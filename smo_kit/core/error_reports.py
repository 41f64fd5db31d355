"""Django's reports of errors and lines of logs, without what opens a page, an account or a mailbox.

Three names for a site's settings: ``DEFAULT_EXCEPTION_REPORTER``, ``DEFAULT_EXCEPTION_REPORTER_FILTER`` and a filter of
``LOGGING``. ``docs/deploy.md`` shows them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import ItemsView
from types import FrameType
from typing import Any, Final

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

STARS: Final = SafeExceptionReporterFilter.cleansed_substitute
_SECRET: Final = re.compile(
    r"API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE|VISITOR|MAIL|ADDRESS|CLIENT|(?:^|_)IP$|LOGIN|CODE|ENDPOINT",
    re.IGNORECASE,
)
"""Names of what is nobody else's: fields of forms, words of an address, variables."""
_PERSONAL: Final = re.compile(r"^REMOTE_(?:ADDR|HOST|USER)$|^HTTP_(?:X_)?FORWARDED(?:_FOR)?$|_IP(?:V6)?$")
"""Where a request comes from: as the server says it, and as each proxy and cloud calls it."""
_ADDRESSES: Final = {"REQUEST_URI", "RAW_URI", "HTTP_REFERER"}
_WORD: Final = re.compile(r"(?<![\w-])[\w-]++(?:[.:][\w-]++)*+", re.ASCII)
_SIGNATURE: Final = re.compile(r"[.:](?:[\w-]{27}|[\w-]{43})$", re.ASCII)
"""Django's signer ends what it signs with 27 letters (SHA-1) or 43 (SHA-256), behind ``.`` or ``:``."""
_MAILBOX: Final = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_USER: Final = re.compile(r"(?<=://)[^/\s]*@")
"""Who asks a cache or a broker, and by which password: that may hold an ``@`` of its own."""
_lines: Final = logging.Formatter()


def without_tokens(text: str) -> str:
    """Return a text with stars in place of what is signed and of addresses of mail."""
    hidden = _WORD.sub(lambda found: STARS if _SIGNATURE.search(found[0]) else found[0], text)
    return _MAILBOX.sub(STARS, hidden)


class ReporterFilter(SafeExceptionReporterFilter):
    """Hides cookies, addresses of readers, tokens in addresses, and words of forms and variables that have such names.

    It does so whether ``DEBUG`` is on or off.
    """

    def cleanse_setting(self, key: Any, value: Any) -> Any:
        """Return a setting, or a part of one, without the password of its address."""
        shown = super().cleanse_setting(key, value)
        return _USER.sub(f"{STARS}@", shown) if isinstance(shown, str) else shown

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        """Return the names of the cookies alone."""
        return dict.fromkeys(super().get_safe_cookies(request), STARS)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        """Return what is known of the request, without its tokens and where it came from."""
        known = super().get_safe_request_meta(request)
        return {name: STARS if _PERSONAL.search(name) else _address(name, value) for name, value in known.items()}

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        """Return what was sent, with stars where a name says that it is a secret."""
        return _of_form(super().get_post_parameters(request))

    def get_cleansed_multivaluedict(self, request: HttpRequest, multivaluedict: Any) -> Any:
        """Return the same of a form or of a query that is a variable."""
        return _of_form(super().get_cleansed_multivaluedict(request, multivaluedict))

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> ItemsView[str, Any]:
        """Return the variables of a frame."""
        found = super().get_traceback_frame_variables(request, tb_frame)
        return {name: _shown(name, value) for name, value in found}.items()


class Reporter(ExceptionReporter):
    """Writes addresses without their tokens."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return what the report shows."""
        data = super().get_traceback_data()
        for name in ("exception_value", "exception_notes", "user_str"):
            data[name] = without_tokens(data.get(name) or "")
        for frame in data["frames"]:
            frame["vars"] = [(name, without_tokens(value)) for name, value in frame.get("vars", [])]
            frame["exc_cause"] = without_tokens(str(frame.get("exc_cause") or ""))
        if self.request is None:
            return data
        data["request"] = _Asked(self.request)
        data["request_insecure_uri"] = _address("REQUEST_URI", data["request_insecure_uri"])
        data["request_GET_items"] = list(_of_form(self.request.GET).items())
        return data


class WithoutTokens(logging.Filter):
    """Takes tokens and addresses of mail out of what is logged, as Django logs the address of a page that failed, and
    out of the traceback below it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: every line goes on."""
        try:
            record.msg, record.args = without_tokens(record.getMessage()), None
        except Exception:  # of a line that can't be made the handler complains; here it would break who logs it
            return True
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = without_tokens(record.exc_text or _lines.formatException(record.exc_info))
        return True


class _Asked:
    """What a report's page asks of a request."""

    def __init__(self, request: HttpRequest) -> None:
        self.path_info = without_tokens(request.path_info)
        self.META = {"REQUEST_METHOD": request.method}
        self.GET, self.FILES, self.COOKIES = bool(request.GET), bool(request.FILES), bool(request.COOKIES)


def _address(name: str, value: Any) -> Any:
    if name == "QUERY_STRING":
        return _query(value)
    if name not in _ADDRESSES or not isinstance(value, str):
        return _shown("", value)
    path, mark, query = value.partition("?")
    return f"{without_tokens(path)}{mark}{_query(query)}"


def _query(query: str) -> str:
    try:
        return str(_of_form(QueryDict(query)).urlencode(safe="*/"))
    except TooManyFieldsSent:  # anybody may send such a Referer, and the report has to come
        return STARS


def _of_form(form: Any) -> Any:
    if not isinstance(form, MultiValueDict):
        return form
    kept = form.copy()
    for name, values in form.lists():
        kept.setlist(name, [_shown(name, value) for value in values])
    return kept


def _shown(name: str, value: Any) -> Any:
    if isinstance(name, str) and _SECRET.search(name) and isinstance(value, str | bytes):
        return STARS
    if isinstance(value, HttpRequest):
        return f"<{type(value).__name__}: {value.method} {without_tokens(value.path)}>"
    if type(value) is dict:
        return {key: _shown(key, one) for key, one in value.items()}
    return without_tokens(value) if isinstance(value, str) else value
