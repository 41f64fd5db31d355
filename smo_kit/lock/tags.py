"""``{% smo_lock %}`` hides a part of a page; ``{% smo_download %}`` a file."""

from __future__ import annotations

from django import template

register = template.Library()
