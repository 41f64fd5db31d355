"""The script that runs the tests of the wheel everywhere: what it chooses, and how it counts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import matrix
from tests.matrix import Cell, Outcome, cells, is_well, outcome_of, table

ROOT = Path(__file__).resolve().parents[1]
CELL = Cell("3.12", "mariadb")


def report(tmp_path: Path, **counts: int) -> Path:
    words = " ".join(f'{name}="{count}"' for name, count in counts.items())
    file = tmp_path / "report.xml"
    file.write_text(f'<testsuites><testsuite {words} time="2.5"/></testsuites>', encoding="utf-8")
    return file


def test_it_has_each_python_that_the_package_claims():
    claimed = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', (ROOT / "pyproject.toml").read_text())
    assert sorted(matrix.DJANGOS) == sorted(claimed)


def test_it_has_each_django_that_the_package_claims():
    claimed = re.findall(r'"Framework :: Django :: (\d\.\d)"', (ROOT / "pyproject.toml").read_text())
    assert sorted(matrix.DJANGOS.values()) == sorted(claimed)


def test_without_a_choice_it_runs_all():
    assert {(one.python, one.database) for one in cells()} == {
        (python, database) for python in matrix.DJANGOS for database in matrix.DATABASES
    }


def test_one_cell_is_chosen():
    assert cells(["3.12"], ["mariadb"]) == [Cell("3.12", "mariadb")]


def test_each_app_is_tried_alone_once_for_each_python():
    assert [one.python for one in cells() if matrix.ALONE in one.paths] == list(matrix.DJANGOS)


@pytest.mark.parametrize("path", [*matrix.UNIT, matrix.ALONE])
def test_what_it_runs_is_there(path):
    assert (ROOT / path).exists()


def test_it_counts(tmp_path):
    became = outcome_of(CELL, report(tmp_path, tests=10, failures=1, errors=2, skipped=3), 1)
    assert (became.passed, became.skipped, became.failed, became.seconds) == (4, 3, 3, 2.5)


def test_a_run_that_broke_off_has_failed(tmp_path):
    assert outcome_of(CELL, tmp_path / "none.xml", 3).failed == 1
    assert outcome_of(CELL, report(tmp_path, tests=4, failures=0, errors=0, skipped=0), 2).failed == 1


def test_a_python_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(matrix, "python_of", lambda version: "")
    became = matrix.run(CELL, Path("nowhere"), Path("none.whl"), [])
    assert became.missing == "there is no Python 3.12"
    assert "NOT RUN: there is no Python 3.12" in table([became])


def test_a_database_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(matrix, "python_of", lambda version: "python")
    monkeypatch.setattr(matrix, "succeeds", lambda *command: False)
    assert matrix.lacks(CELL) == "no mariadb answers"
    assert matrix.lacks(Cell("3.12", "sqlite")) == ""


@pytest.mark.parametrize(
    ("outcomes", "is_fine"),
    [
        ([Outcome(CELL, passed=3)], True),
        ([Outcome(CELL, passed=3), Outcome(CELL, missing="no Python")], True),
        ([Outcome(CELL, passed=3), Outcome(CELL, failed=1)], False),
        ([Outcome(CELL, missing="no Python")], False),
        ([], False),
    ],
)
def test_it_is_well_if_something_ran_and_nothing_failed(outcomes, is_fine):
    assert is_well(outcomes) is is_fine


def test_the_table_stands_in_columns():
    heading, line = table([Outcome(CELL, passed=4, skipped=3, failed=2, seconds=61)]).splitlines()
    assert len(heading) == len(line)
    assert line.split() == ["3.12", "6.0", "mariadb", "4", "3", "2", "61"]


def test_environments_are_made_beforehand_where_there_is_a_python(monkeypatch, tmp_path):
    made = []
    monkeypatch.setattr(matrix, "python_of", lambda version: "" if version == "3.12" else "python")
    monkeypatch.setattr(matrix, "wheel_in", lambda room: Path("one.whl"))
    monkeypatch.setattr(matrix, "environment_of", lambda cell, room, wheel: made.append(cell.python))
    assert matrix.main(["--room", str(tmp_path), "--prepare", "--python", "3.11", "--python", "3.12"]) == 0
    assert made == ["3.11"]
