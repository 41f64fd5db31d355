"""Addresses as pages write them: some are none."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def joined(base: str, url: str) -> str:
    """Return the full address of what a page names; as it is written if it is no address."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def scheme_of(url: str) -> str:
    """Return the scheme of an address, "" if it has none or is no address."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return ""
