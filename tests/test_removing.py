"""An app goes by ``migrate … zero`` and its lines: its tables can be dropped, and take no other app's along unasked."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

GRAPH = MigrationLoader(None).graph
OURS = sorted(key for key in GRAPH.nodes if key[0].startswith("smo_"))
LABELS = sorted({label for label, _ in OURS})


def needs(label: str) -> set[str]:
    """Return the labels of all apps that one needs, directly or not."""
    by_name = {config.name: config for config in apps.get_app_configs()}
    found: set[str] = set()
    waiting = [apps.get_app_config(label)]
    while waiting:
        for name in getattr(waiting.pop(), "needs", ()):
            if name in by_name and by_name[name].label not in found:
                found.add(by_name[name].label)
                waiting.append(by_name[name])
    return found


@pytest.mark.parametrize("key", OURS, ids="-".join)
def test_each_step_can_be_undone(key):
    assert [operation.describe() for operation in GRAPH.nodes[key].operations if not operation.reversible] == []


@pytest.mark.parametrize("label", LABELS)
def test_only_what_needs_an_app_goes_with_its_tables(label):
    first = min(key for key in OURS if key[0] == label)
    gone = {other for other, _ in GRAPH.backwards_plan(first)} - {label}
    assert {other for other in gone if label not in needs(other)} == set()
