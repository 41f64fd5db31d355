"""``{% smo_lock %}`` hides a part of a page; ``{% smo_download %}`` a file."""

from __future__ import annotations

from django import template

from smo_kit.lock.files.tags import smo_download
from smo_kit.lock.nodes import TAG, compile_lock

register = template.Library()

register.tag(TAG, compile_lock)
register.simple_tag(smo_download, takes_context=True)
