from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "smo_kit.comments"
    label = "smo_comments"
    verbose_name = _("SMO: comments")
    default_auto_field = "django.db.models.BigAutoField"
    needs = (
        "smo_kit.core",
        "smo_kit.engagement",
        "smo_kit.spam",
        "smo_kit.mail",
        "django_comments_xtd",
        "django_comments",
        "django.contrib.sites",
    )

    def ready(self) -> None:
        from smo_kit.comments import checks, receivers  # noqa: F401
