"""A site in a folder and a virtual environment of its own, which follows pages of the documentation word for word."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.error import HTTPError

from bs4 import BeautifulSoup

from tests.browser.demo import free_port
from tests.require import missing
from tests.walkthrough import Change, Commands, Step, Text, steps

ROOT: Final = Path(__file__).resolve().parents[2]
DOCS: Final = ROOT / "docs"
GIVEN: Final = Path(__file__).parent / "given"
"""What sites had before they met the suite: a folder each, with ``install.txt`` and ``has.py``, which fills it."""
SERVE: Final = "python manage.py runserver"
PATIENCE: Final = 900
"""Fifths of a second to wait for the first answer."""
TOLD: Final = "TOLD "


def build_package(out: Path) -> Path:
    """Build wheel and sdist of the checkout; return their folder."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return out


@dataclass(frozen=True)
class Site:
    """Somebody's project, in ``folder / "site"``."""

    folder: Path
    wheel: Path

    @classmethod
    def fresh(cls, folder: Path, wheel: Path) -> Site:
        """Make an empty folder, and an environment where ``smo-kit`` means this wheel, all else its tested version."""
        site = cls(folder, wheel)
        site.home.mkdir()
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        pinned = (ROOT / "constraints" / "pinned.txt").read_text(encoding="utf-8")
        version = wheel.name.split("-")[1]
        site.constraints.write_text(f"{pinned}\nsmo-kit == {version}\n", encoding="utf-8")
        return site

    @classmethod
    def given(cls, name: str, folder: Path, wheel: Path, *, start: str = "") -> Site:
        """Make the site that somebody has already: its files, its packages, its rows.

        ``start`` is a part of the quick start that it begins with.
        """
        site = cls.fresh(folder, wheel)
        if start:
            site.follow(steps(DOCS / "quickstart.md", start))
        for line in (GIVEN / name / "start.txt").read_text(encoding="utf-8").splitlines():
            site.run(line)
        for file in sorted((GIVEN / name / "files").rglob("*")):
            if file.is_file():
                site.put(file.relative_to(GIVEN / name / "files"), file)
        site.run("python manage.py makemigrations --verbosity 0", "python manage.py migrate --verbosity 0")
        site.does((GIVEN / name / "has.py").read_text(encoding="utf-8"))
        return site

    @property
    def home(self) -> Path:
        return self.folder / "site"

    @property
    def constraints(self) -> Path:
        return self.folder / "constraints.txt"

    @cached_property
    def environment(self) -> dict[str, str]:
        left = {"PYTHONPATH", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SMO_REQUIRE"}
        return {name: value for name, value in os.environ.items() if name not in left} | {
            "PATH": f"{self.folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "VIRTUAL_ENV": str(self.folder / "venv"),
            "PIP_CONSTRAINT": str(self.constraints),
            "PIP_FIND_LINKS": f"{os.environ.get('PIP_FIND_LINKS', '')} {self.wheel.parent}".strip(),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def put(self, name: Path, file: Path) -> None:
        """Copy a file of the given site; ``….add`` goes to the end of what is there."""
        target = self.home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".add":
            with target.with_suffix("").open("a", encoding="utf-8") as out:
                out.write(file.read_text(encoding="utf-8"))
        else:
            shutil.copy(file, target)

    def run(self, *lines: str) -> str:
        """Run commands as they stand on the page; return what they print."""
        said = ""
        for line in lines:
            done = subprocess.run(
                ["/bin/sh", "-c", line],
                cwd=self.home,
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            if done.returncode and " pip install " in line and "Could not find a version" in done.stderr:
                missing("sites", f"no package index: {done.stderr[-300:]}")
            assert done.returncode == 0, f"$ {line}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
            said += done.stdout
        return said

    def does(self, code: str) -> str:
        """Run Python within the site; return what it prints after ``TOLD``."""
        script = self.folder / "does.py"
        script.write_text(code, encoding="utf-8")
        said = self.run(f"python manage.py shell < {shlex.quote(str(script))}")
        return "\n".join(line.removeprefix(TOLD) for line in said.splitlines() if line.startswith(TOLD))

    def follow(self, taken: Iterable[Step]) -> None:
        """Take the steps of a page, but for the command that serves."""
        for step in taken:
            if isinstance(step, Commands):
                self.run(*(line for line in step.lines if not line.startswith(SERVE)))
            else:
                self.write(step)

    def write(self, step: Text | Change) -> None:
        file = self.home / step.file
        file.parent.mkdir(parents=True, exist_ok=True)
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        if isinstance(step, Change):
            times = old.count(step.before)
            assert times == 1, f"{step.file} has these lines {times} times:\n{step.before}\nIt is:\n{old}"
            new = old.replace(step.before, step.after)
        else:
            new = old + step.text if step.append else step.text
        file.write_text(new, encoding="utf-8")

    def files(self) -> dict[Path, bytes]:
        """Return what its programmers have written."""
        kinds = {".py", ".html", ".txt"}
        return {file: file.read_bytes() for file in self.home.rglob("*") if file.suffix in kinds and file.is_file()}

    def restore(self, files: dict[Path, bytes]) -> None:
        """Take out of all files what was written since."""
        for file in self.files().keys() - files.keys():
            file.unlink()
        for file, content in files.items():
            file.write_bytes(content)

    @contextmanager
    def served(self, command: str = SERVE) -> Iterator[Pages]:
        """Serve it on a free port."""
        address = f"127.0.0.1:{free_port()}"
        log = self.folder / "server.log"
        with log.open("w") as out:
            server = subprocess.Popen(
                [*shlex.split(f"{command} {address}"), "--noreload"],
                cwd=self.home,
                env=self.environment,
                stdout=out,
                stderr=out,
            )
        pages = Pages(f"http://{address}", log)
        try:
            for _ in range(PATIENCE):
                if pages.answer() or server.poll() is not None:
                    break
                with suppress(subprocess.TimeoutExpired):
                    server.wait(0.2)
            assert pages.answer(), log.read_text()
            yield pages
        finally:
            server.terminate()
            server.wait(10)


@dataclass(frozen=True)
class Pages:
    """The pages of a site that is served."""

    address: str
    log: Path

    def answer(self) -> bool:
        """Say whether anything answers, whatever it says."""
        try:
            urllib.request.urlopen(self.address, timeout=30).close()
        except HTTPError:
            return True
        except OSError:  # nobody listens yet, or is too busy
            return False
        return True

    def get(self, path: str) -> BeautifulSoup:
        """Return a page; ``path`` may be a whole address. A page that fails shows what the server said of it."""
        try:
            with urllib.request.urlopen(path if path.startswith("http") else self.address + path) as answer:
                return BeautifulSoup(answer.read(), "html.parser")
        except HTTPError as error:
            raise AssertionError(f"{path}: {error.code}\n{self.log.read_text()[-4000:]}") from error

    def media_type(self, address: str) -> str:
        with urllib.request.urlopen(address) as answer:
            return answer.headers.get_content_type()
