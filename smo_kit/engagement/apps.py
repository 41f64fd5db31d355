from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EngagementConfig(AppConfig):
    name = "smo_kit.engagement"
    label = "smo_engagement"
    verbose_name = _("SMO: engagement")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks")

    def ready(self) -> None:
        from smo_kit.engagement import receivers  # noqa: F401
