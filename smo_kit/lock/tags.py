"""``{% smo_lock %}`` hides a part of a page; ``{% smo_download %}`` a file."""

from __future__ import annotations

from django import template

from smo_kit.lock.files.tags import smo_download

register = template.Library()

register.simple_tag(smo_download, takes_context=True)
