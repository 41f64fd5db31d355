"""The W3C's checker finds no error on any page."""

from __future__ import annotations

import json
import subprocess

from tests.browser.kinds import ALL, LANGUAGES, page_of
from tests.checkers.node import checkers
from tests.require import require


def test_no_page_has_an_error(demo, tmp_path):
    java = require("java")
    jar = checkers() / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    paths = [*demo.sitemap, *(page_of(demo, kind, language) for kind in ALL for language in LANGUAGES)]
    paths += [f"/{language}/no-such-page/" for language in LANGUAGES]
    files = {}
    for number, path in enumerate(dict.fromkeys(paths)):
        file = tmp_path / f"{number}.html"
        file.write_bytes(demo.page(path).body)
        files[file.name] = path
    command = [java, "-jar", str(jar), "--errors-only", "--exit-zero-always", "--stdout", "--format", "json", *files]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    messages = [one for one in json.loads(run.stdout)["messages"] if one["type"] != "info"]
    found = [(files[one["url"].rpartition("/")[2]], one.get("lastLine"), one["message"]) for one in messages]
    assert found == []
