"""The benchmark's site with comments: django-comments-xtd's own pages, and ours over the same rows."""

from benchmarks.site.settings import *  # noqa: F403
from benchmarks.site.settings import INSTALLED_APPS, SMO_KIT

INSTALLED_APPS = [*INSTALLED_APPS, "django_comments", "django_comments_xtd", "smo_kit.comments"]
ROOT_URLCONF = "benchmarks.site.talk_urls"
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MAX_THREAD_LEVEL = 4
COMMENTS_XTD_APP_MODEL_OPTIONS = {
    "default": {"allow_flagging": True, "allow_feedback": True, "show_feedback": True, "who_can_post": "all"}
}
SMO_KIT = {**SMO_KIT, "SPAM": {"subject_limit": 1_000_000}}
