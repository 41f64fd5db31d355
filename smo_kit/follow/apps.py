from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowConfig(AppConfig):
    name = "smo_kit.follow"
    label = "smo_follow"
    verbose_name = _("SMO: follow")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks")

    def ready(self) -> None:
        from smo_kit.follow import head, receivers  # noqa: F401
