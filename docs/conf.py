"""How Sphinx builds this documentation: ``sphinx-build -W docs docs/_build``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from smo_kit import __version__  # noqa: E402  # Django first

project = "smo-kit"
author = "The smo-kit engineers"
copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "from_code"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "pictures"]

smartquotes_action = "qe"  # no dashes: --smo-accent is a name

html_theme = "furo"
html_title = f"smo-kit {version}"
