"""The kinds of pages that the demo has, and where to find one of each."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.browser.demo import Demo

LANGUAGES = ("en", "ru")
PUBLIC = ("home", "article", "articles", "author", "tag", "about")
"""Kinds that are in the sitemap."""
ALL = (*PUBLIC, "sign in", "saved")


def page_of(demo: Demo, kind: str, language: str) -> str:
    """Return the path of a page of a kind in a language."""
    outside = {"sign in": f"/accounts/login/?next=/{language}/", "saved": f"/smo/saved/?l={language}"}
    if kind in outside:
        return outside[kind]
    inside = {
        "home": "",
        "about": "about/",
        "articles": "articles/",
        "article": "articles/*",
        "author": "authors/*",
        "tag": "tags/*",
    }
    folder, star, _ = f"/{language}/{inside[kind]}".partition("*")
    if not star:
        return folder
    paths = [urlsplit(url).path for url in demo.sitemap]
    return next(path for path in paths if path.startswith(folder) and path != folder)
