"""``{% smo_download %}``: a file that readers get after conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from smo_kit.core.faults import fault
from smo_kit.core.fragments import fragment
from smo_kit.core.looks import with_options
from smo_kit.core.pages import Page, page_for
from smo_kit.lock.addresses import path_of
from smo_kit.lock.files.options import NAMES, TERMS, as_kept, download_options
from smo_kit.lock.files.shelf import NAME, Facts, facts_of
from smo_kit.lock.files.source import ID, where_of
from smo_kit.lock.models import Download
from smo_kit.lock.refs import Ref
from smo_kit.lock.rendering import lock_html
from smo_kit.lock.terms import terms_of


def smo_download(context: Mapping[str, Any], file: Any = "", **options: Any) -> SafeString:
    """Offer a file, by its short name or as a Download: ``{% smo_download "guide" ways="share,wait" days=7 %}``.

    It is the same for every reader: the link comes by a private request. Options: those of ``{% smo_lock %}`` and
    ``label``, the words of the link.
    """
    page, language = page_for(context), get_language() or ""
    slug = file.slug if isinstance(file, Download) else str(file)
    facts = facts_of(slug, language)
    if facts is None:
        fault(ObjectDoesNotExist(f"{{% smo_download %}}: the site has no file {slug!r}, or does not give it now."))
        return fragment("no-file", (), lambda: render_to_string("smo_kit/lock/no_file.html"))
    if page.card is None or page.key is None or page.request is None:
        return SafeString("")
    chosen = as_kept(options)
    conf = with_options(download_options, chosen, NAMES, tag="smo_download")
    terms = {name: value for name, value in chosen.items() if name in TERMS}
    return _block(page, facts, language, conf.label, {**terms, **dict(facts.options)})


def _block(page: Page, facts: Facts, language: str, label: str, options: Mapping[str, Any]) -> SafeString:
    """Return the closed block of a file on a page."""
    assert page.key is not None and page.request is not None  # noqa: S101, PT018  # for the type checker
    ref = Ref(
        key=page.key.speaking(language),
        name=f"{NAME}{facts.slug}",
        source=ID,
        where=where_of(facts.slug, label),
        path=path_of(page),
    )
    about = fragment("file", facts, lambda: render_to_string("smo_kit/lock/file_about.html", {"file": facts}))
    terms = terms_of(ref, options)
    return lock_html(ref, terms, teaser=about) if terms else about
