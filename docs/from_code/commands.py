"""The management commands of the suite: what each is for, its arguments and options."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module

from django.core.management import BaseCommand, get_commands, load_command_class

from .words import plain, table

DJANGOS = {one.dest for one in BaseCommand().create_parser("manage.py", "any")._actions}
"""Options that every command has."""
HEADS = ("argument", "what it says", "default")


def command_names() -> dict[str, str]:
    """Return the names of the suite's commands, each with its app."""
    return {name: app for name, app in sorted(get_commands().items()) if str(app).startswith("smo_kit.")}


def commands_markdown() -> str:
    """Return a section for each command."""
    return "\n\n".join(part for name, app in command_names().items() for part in _command(name, app))


def arguments(name: str, app: str) -> list[argparse.Action]:
    """Return the arguments of a command that are its own."""
    command = load_command_class(app, name)
    return [one for one in command.create_parser("manage.py", name)._actions if one.dest not in DJANGOS]


def _command(name: str, app: str) -> Iterator[str]:
    command = load_command_class(app, name)
    yield f"## `{name}`"
    yield f"```console\n$ python manage.py {name}{_usage(arguments(name, app))}\n```"
    more = plain(import_module(command.__module__).__doc__ or "")
    yield f"{command.help} ({more.rstrip('.')}.) Of `{app}`."
    if found := arguments(name, app):
        yield table(HEADS, [_row(one) for one in found])


def _usage(found: list[argparse.Action]) -> str:
    """Return what has to stand after the name, and that there are options."""
    words = [_word(one) for one in found if not one.option_strings]
    return "".join(f" {one}" for one in (*words, *(["[options]"] if len(words) < len(found) else [])))


def _word(one: argparse.Action) -> str:
    word = str(one.metavar or one.dest.upper())
    several = {"*": f"[{word} …]", "+": f"{word} …", "?": f"[{word}]"}
    return several.get(str(one.nargs), word)


def _row(one: argparse.Action) -> tuple[str, str, str]:
    takes = one.nargs != 0
    value = f" {_word(one)}" if takes and not one.choices else ""
    name = f"`{one.option_strings[-1]}{value}`" if one.option_strings else f"`{_word(one)}`"
    said = str(one.help or "").replace("%(default)s", str(one.default))
    said += "." if said and one.choices else ""
    choices = f"One of {', '.join(f'`{each}`' for each in one.choices)}." if one.choices else ""
    default = f"`{one.default}`" if takes and one.default not in (None, [], "") else ""
    return name, " ".join(filter(None, (said, choices))), default
