"""Ratings and what they need, in a database that is made for one test and deleted."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["TEST"] = {"NAME": "smo_ratings_at_once"}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "smo_kit.core",
    "smo_kit.networks",
    "smo_kit.engagement",
    "smo_kit.ratings",
    "tests.blog",
]
ROOT_URLCONF = "tests.apps.ratings.small_urls"
