"""``{% smo_lock %}`` hides a part of a page; ``{% smo_download %}`` a file."""

from __future__ import annotations

from django import template

from smo_kit.lock.nodes import TAG, compile_lock

register = template.Library()

register.tag(TAG, compile_lock)
