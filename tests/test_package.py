"""The wheel and the source, and what can be said of the quick start without following it; tests/sites follow it."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from smo_kit import __version__
from tests.sites.site import build_package
from tests.walkthrough import Step, Text, steps

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "quickstart.md"
TRIAL_SITE = "A site to try it on"


def lines_of_code(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


class TestTheGuide:
    """What can be said of the quick start without following it."""

    def test_an_existing_site_needs_at_most_15_lines(self):
        own = [one for one in steps(GUIDE) if isinstance(one, Text) and one.part != TRIAL_SITE]
        known = {
            line
            for one in steps(GUIDE)
            if isinstance(one, Text) and one.part == TRIAL_SITE
            for line in lines_of_code(one.text)
        }
        written = [line for one in own for line in lines_of_code(one.text) if line not in known]
        added = [*dict.fromkeys(written)]  # the template is shown once more with its lock
        assert 8 <= len(added) <= 15, added

    def test_it_is_the_same_in_russian(self):
        def without_headings(guide: Path) -> list[Step]:
            return [Text(one.file, one.text, one.append, "") if isinstance(one, Text) else one for one in steps(guide)]

        assert without_headings(GUIDE.parent / "ru" / GUIDE.name) == without_headings(GUIDE)

    def test_the_readme_tells_the_same(self):
        blocks = re.findall(r"(?ms)^```(?:python|django)\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"))
        guide = {line for one in steps(GUIDE) if isinstance(one, Text) for line in lines_of_code(one.text)}
        assert len(blocks) >= 3
        assert [
            line for block in blocks for line in lines_of_code(block) if line not in guide and not line.startswith("#")
        ] == []


def test_what_is_pinned_can_be_installed_with_the_first_release_of_its_python():
    """Distributions stay at an early one: Debian 12 at 3.11.2."""
    names = re.findall(r"(?m)^([\w.-]+)==", (ROOT / "constraints" / "pinned.txt").read_text(encoding="utf-8"))
    pinned = [one for one in distributions() if one.name.lower().replace("_", "-") in names]
    first = f"{sys.version_info.major}.{sys.version_info.minor}.0"
    wanted = {f"{one.name}=={one.version}": one.metadata["Requires-Python"] or "" for one in pinned}
    assert [name for name, pythons in wanted.items() if not SpecifierSet(pythons).contains(first)] == []
    assert len(wanted) > len(names) / 3


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder with wheel and sdist, built from the checkout."""
    return build_package(tmp_path_factory.mktemp("dist"))


@pytest.mark.package
class TestTheWheel:
    def test_it_holds_all_that_the_suite_needs_and_nothing_else(self, built):
        with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
            inside = {name for name in wheel.namelist() if not name.endswith("/")}
        info = f"smo_kit-{__version__}.dist-info/"
        ours = {
            str(file.relative_to(ROOT))
            for file in (ROOT / "smo_kit").rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
        assert {name for name in inside if not name.startswith(info)} == ours
        assert f"{info}licenses/LICENSE" in inside
        assert "smo_kit/py.typed" in inside
        assert "smo_kit/core/locale/ru/LC_MESSAGES/django.mo" in inside

    def test_the_source_holds_the_tests_and_the_docs(self, built):
        with tarfile.open(next(built.glob("*.tar.gz"))) as source:
            names = {name.partition("/")[2] for name in source.getnames()}
        assert {"tests/settings.py", "docs/quickstart.md", "CHANGELOG.md", "LICENSE", "README.md"} <= names
