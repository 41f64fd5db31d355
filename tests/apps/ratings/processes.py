"""A program: many processes rate one page at the same moment; it writes what is in the database then."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured

NO_SERVER = 3
if __name__ == "__main__":
    try:
        django.setup()
    except ImproperlyConfigured as error:  # no driver
        sys.stderr.write(str(error))
        sys.exit(NO_SERVER)

from django.db import OperationalError, connection, connections  # noqa: E402  # after the setup

from smo_kit.core.visitors import Visitor  # noqa: E402
from smo_kit.ratings.models import Rating, Summary  # noqa: E402
from smo_kit.ratings.services import rate, summary_of  # noqa: E402
from tests.blog.models import Post  # noqa: E402

SECONDS = 30
PROCESSES = multiprocessing.get_context("fork")  # each has the site set up already, and opens a connection of its own


def at_once(page: int, readers: int, processes: int) -> dict[str, object]:
    """Let each process give a rating, of so many readers in turn; say what came of it."""
    start = PROCESSES.Barrier(processes)

    def give(number: int) -> None:
        connection.ensure_connection()
        start.wait(SECONDS)
        rate(Post.objects.get(pk=page), str(number % 5 + 1), Visitor(f"{number % readers:032x}"))

    connections.close_all()
    running = [PROCESSES.Process(target=give, args=(number,)) for number in range(processes)]
    for one in running:
        one.start()
    for one in running:
        one.join(SECONDS)
    return {
        "ended": [one.exitcode for one in running],
        "values": sorted(Rating.objects.filter(object_pk=str(page)).values_list("value", flat=True)),
        "summaries": Summary.objects.filter(object_pk=str(page)).count(),
        "figures": summary_of(Post.objects.get(pk=page)).figures(),
    }


def main(processes: int) -> None:
    try:
        connection.settings_dict["TEST"]["NAME"] += f"_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    except OperationalError as error:
        sys.stderr.write(str(error))
        sys.exit(NO_SERVER)
    try:
        readers = {"one": 1, "all": processes}
        pages = {name: Post.objects.create(slug=name, title="Bridges of stone").pk for name in readers}
        json.dump({name: at_once(pages[name], many, processes) for name, many in readers.items()}, sys.stdout)
    finally:
        connections.close_all()
        connection.creation.destroy_test_db("", verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
