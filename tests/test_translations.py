"""Every string speaks Russian, and what is compiled is what is written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.require import require

ROOT = Path(__file__).parent.parent
CATALOGUES = {
    "smo_kit": ROOT / "smo_kit/core/locale/ru/LC_MESSAGES/django.po",
    "demo_site": ROOT / "demo_site/locale/ru/LC_MESSAGES/django.po",
}
FOLDERS = {"smo_kit": ["smo_kit"], "demo_site": ["demo_site", "templates"]}
GATHER = """
import sys, django
from django.conf import settings
from django.core.management import call_command
settings.configure(LOCALE_PATHS=[sys.argv[1]])
django.setup()
call_command("makemessages", locale=["ru"], verbosity=0)
"""
parts = pytest.mark.parametrize("part", CATALOGUES)


def strings(po: Path) -> set[tuple[str | None, str, str]]:
    return {(one.msgctxt, one.msgid, one.msgid_plural) for one in polib.pofile(str(po)) if not one.obsolete}


@parts
def test_everything_is_translated(part):
    entries = polib.pofile(str(CATALOGUES[part]))
    assert [one.msgid for one in entries if not one.translated() or one.fuzzy] == []


@parts
def test_each_plural_has_all_the_forms_of_its_catalogue(part):
    entries = polib.pofile(str(CATALOGUES[part]))
    forms = list(range(int(re.search(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[1])))
    assert len(forms) >= 3
    assert [one.msgid for one in entries if one.msgid_plural and sorted(one.msgstr_plural) != forms] == []


@parts
def test_what_is_compiled_is_what_is_written(part):
    po = CATALOGUES[part]
    written = {one.msgid: (one.msgstr, one.msgstr_plural) for one in polib.pofile(str(po)) if not one.obsolete}
    compiled = {one.msgid: (one.msgstr, one.msgstr_plural) for one in polib.mofile(str(po.with_suffix(".mo")))}
    assert compiled == written


@parts
def test_no_string_of_the_source_is_missing(part, tmp_path):
    require("xgettext")
    for folder in FOLDERS[part]:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo", "content"))
    locale = tmp_path / CATALOGUES[part].relative_to(ROOT).parents[2]
    subprocess.run([sys.executable, "-c", GATHER, str(locale)], cwd=tmp_path, check=True)
    found = strings(locale / "ru/LC_MESSAGES/django.po")
    assert found == strings(CATALOGUES[part])
