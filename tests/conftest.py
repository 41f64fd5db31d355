from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.utils import translation

from smo_kit.core.rows import forget_subject_models
from smo_kit.core.settings import forget_settings


@pytest.fixture(autouse=True)
def a_fresh_process() -> Iterator[None]:
    """Each test meets the suite as a process that has just started."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()
    forget_settings()
    forget_subject_models()
    Site.objects.clear_cache()
