"""The wheel, not the checkout: installed into a fresh place, it does what docs/quickstart.md says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest
from bs4 import BeautifulSoup

from smo_kit import __version__
from smo_kit.networks.registry import networks_that_can
from tests.browser.demo import free_port
from tests.require import missing
from tests.walkthrough import Commands, Step, Text, steps

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "quickstart.md"
TRIAL_SITE = "A site to try it on"
PATIENCE = 100
"""Fifths of a second to wait for the first answer."""


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


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """The folder with wheel and sdist, built from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return out


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


@pytest.mark.package
def test_a_fresh_blog_follows_the_quick_start_word_for_word(built, tmp_path):
    blog = tmp_path / "site"
    blog.mkdir()
    environment = fresh_environment(tmp_path, next(built.glob("*.whl")))
    for step in steps(GUIDE):
        if isinstance(step, Text):
            write(blog, step)
            continue
        for line in step.lines:
            if "runserver" not in line:
                run(line, blog, environment)
    with served(blog, environment) as address:
        page = BeautifulSoup(urllib.request.urlopen(f"{address}/posts/1/").read(), "html.parser")
        image = page.find("meta", property="og:image")["content"]
        assert urllib.request.urlopen(image).headers.get_content_type().startswith("image/")
    assert page.find("meta", property="og:title")["content"] == "Green tea"
    assert page.find("meta", property="og:description")["content"] == "Leaves and water."
    assert page.find("meta", property="og:url")["content"] == f"{address}/posts/1/"
    assert page.title.string.startswith("Green tea")
    assert len({one.id for link in page.find_all("a", href=True) for one in shared_to(link["href"])}) >= 3
    assert page.find("script", type="module")


def shared_to(href: str) -> list:
    return [one for one in networks_that_can("share") if one.share and href.startswith(one.share.address)]


def fresh_environment(folder: Path, wheel: Path) -> dict[str, str]:
    """Make a virtual environment in which ``smo-kit`` means this wheel and everything else its tested version."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    constraints = "".join(file.read_text() for file in sorted((ROOT / "constraints").glob("*.txt"))[:1])
    (folder / "constraints.txt").write_text(f"{constraints}\nsmo-kit @ {wheel.as_uri()}\n")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return kept | {
        "PATH": f"{folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "VIRTUAL_ENV": str(folder / "venv"),
        "PIP_CONSTRAINT": str(folder / "constraints.txt"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def run(line: str, folder: Path, environment: dict[str, str]) -> None:
    """Run a command of the guide as it stands there."""
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode and " pip install " in line and "Could not find a version" in done.stderr:
        missing("package", f"no package index: {done.stderr[-300:]}")
    assert done.returncode == 0, f"$ {line}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def write(folder: Path, step: Text) -> None:
    file = folder / step.file
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_text(encoding="utf-8") if step.append else ""
    file.write_text(before + step.text, encoding="utf-8")


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"http://{address}/posts/1/").close()
    except URLError:
        return False
    return True


@contextmanager
def served(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Serve the blog on a free port, with the guide's last command."""
    (command,) = [
        line for one in steps(GUIDE) if isinstance(one, Commands) for line in one.lines if "runserver" in line
    ]
    address = f"127.0.0.1:{free_port()}"
    log = folder / "server.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [*shlex.split(f"{command} {address}"), "--noreload"], cwd=folder, env=environment, stdout=out, stderr=out
        )
    try:
        for _ in range(PATIENCE):
            if answers(address) or server.poll() is not None:
                break
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.2)
        assert answers(address), log.read_text()
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(10)
