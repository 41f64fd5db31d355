"""The W3C's checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.browser.demo import Demo
from tests.browser.kinds import ALL, LANGUAGES, page_of
from tests.checkers.node import checkers
from tests.require import require


def test_no_page_of_the_magazine_has_an_error(demo, tmp_path):
    paths = [*demo.sitemap, *(page_of(demo, kind, language) for kind in ALL for language in LANGUAGES)]
    paths += [f"/{language}/no-such-page/" for language in LANGUAGES]
    assert errors(demo, paths, tmp_path) == []


def test_no_page_of_odd_texts_has_an_error(odd_demo, tmp_path):
    assert errors(odd_demo, odd_demo.sitemap, tmp_path) == []


def errors(demo: Demo, paths: list[str], folder: Path) -> list[tuple[str, int, str]]:
    """Return page, line and message of everything that is wrong."""
    java = require("java")
    jar = checkers() / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = {}
    for number, path in enumerate(dict.fromkeys(paths)):
        file = folder / f"{number}.html"
        file.write_bytes(demo.page(path).body)
        files[file.name] = path
    command = [java, "-jar", str(jar), "--errors-only", "--exit-zero-always", "--stdout", "--format", "json", *files]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    messages = [one for one in json.loads(run.stdout)["messages"] if one["type"] != "info"]
    return [(files[one["url"].rpartition("/")[2]], one.get("lastLine", 0), one["message"]) for one in messages]
