"""The site of the tests in several processes: a database and a cache that they share."""

from __future__ import annotations

import os

from tests.settings import *  # noqa: F403

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ["CACHE_FOLDER"],
    }
}
