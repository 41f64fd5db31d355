"""The benchmark's site with best materials."""

from benchmarks.site.settings import *  # noqa: F403
from benchmarks.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "smo_kit.best"]
