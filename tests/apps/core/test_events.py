"""What is logged: each event has a name that stays, and no address of a person is in it."""

from __future__ import annotations

import ast
import logging
import re
from collections import Counter
from pathlib import Path

import pytest

import smo_kit
from smo_kit.core import events
from smo_kit.core.events import event, event_logger, masked, on_event

SUITE = Path(smo_kit.__file__).parent
STABLE = Path(__file__).with_name("events.txt")
LEVELS = ("debug", "info", "warning", "error", "exception", "critical", "log")
SECRET = re.compile(r"(?i)password|secret|token|\.email\b|\.to\b|\.address\b|cookie|\.text\b|\.auth\b")
"""What may stand in no argument of a logger."""


def calls() -> list[tuple[str, ast.Call]]:
    return [
        (str(file.relative_to(SUITE)), node)
        for file in sorted(SUITE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"logger", "log", "logging"}
        and node.func.attr in LEVELS
    ]


def name_of(call: ast.Call) -> str:
    extra = next((one.value for one in call.keywords if one.arg == "extra"), None)
    if isinstance(extra, ast.Call) and ast.unparse(extra.func) == "event" and isinstance(extra.args[0], ast.Constant):
        return extra.args[0].value
    return ""


def test_everything_that_is_logged_has_a_name():
    assert [f"{file}:{call.lineno}" for file, call in calls() if not name_of(call)] == []


def test_every_logger_masks_addresses():
    plain = [
        str(file)
        for file in SUITE.rglob("*.py")
        if "logging.getLogger" in file.read_text(encoding="utf-8") and file.name != "events.py"
    ]
    assert plain == []


@pytest.mark.parametrize(("file", "call"), calls(), ids=lambda one: one if isinstance(one, str) else str(one.lineno))
def test_a_name_says_whose_it_is_and_what_happened(file, call):
    app, _, what = name_of(call).partition(".")
    parts = file.split("/")
    assert app == (parts[1] if parts[0] == "contrib" else parts[0])
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", what)


def test_names_stay():
    """One that is gone or new is a change that the changelog tells: somebody counts them."""
    assert sorted({name_of(call) for _, call in calls()}) == STABLE.read_text(encoding="utf-8").split()


def test_one_name_has_one_level():
    levels = {(name_of(call), call.func.attr) for _, call in calls()}
    several = [name for name, n in Counter(name for name, _ in levels).items() if n > 1]
    assert several == []


def test_no_argument_is_a_secret_or_a_persons():
    found = [
        (file, call.lineno, ast.unparse(one))
        for file, call in calls()
        for one in [*call.args[1:], *(word.value for word in call.keywords)]
        if SECRET.search(ast.unparse(one))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("550 <ann.lee+x@example.org> unknown", "550 <…@example.org> unknown"),
        ("a@b.test, c@d.test", "…@b.test, …@d.test"),
        ("@context of a page", "@context of a page"),
        ("user@host", "user@host"),
    ],
)
def test_an_address_loses_whose_it_is(said, shown):
    assert masked(said) == shown


def test_a_record_has_its_name_and_fields_and_no_address(caplog):
    logger = event_logger("smo_kit.some")
    with caplog.at_level(logging.INFO, "smo_kit.some"):
        try:
            raise ValueError("ann@example.org is unknown")
        except ValueError as error:
            logger.exception("Mail %s: %s", 7, error, extra=event("mail.lost", mail=7))
    (record,) = caplog.records
    assert (record.event, record.fields) == ("mail.lost", {"mail": 7})
    assert "ann@" not in caplog.text
    assert "…@example.org is unknown" in caplog.text
    assert "Traceback" in caplog.text


def test_who_counts_hears_each_event_once(monkeypatch):
    monkeypatch.setattr(events, "_heard", [])
    heard = []
    hear = heard.append
    on_event(hear)
    on_event(hear)
    event_logger("smo_kit.some").error("It happens.", extra=event("some.thing"))
    event_logger("smo_kit.some").error("It has no name.")
    assert [one.event for one in heard] == ["some.thing"]
