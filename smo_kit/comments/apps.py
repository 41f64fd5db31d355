from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class CommentsConfig(needs.NeedyAppConfig):
    name = "smo_kit.comments"
    label = "smo_comments"
    verbose_name = _("SMO: comments")
    default_auto_field = "django.db.models.BigAutoField"
    needs = (
        "django.contrib.sites",
        "django_comments",
        "django_comments_xtd",
        "smo_kit.core",
        "smo_kit.networks",
        "smo_kit.engagement",
        "smo_kit.spam",
        "smo_kit.mail",
    )

    def ready(self) -> None:
        from smo_kit.comments import checks, receivers  # noqa: F401
