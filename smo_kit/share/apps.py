from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShareConfig(AppConfig):
    name = "smo_kit.share"
    label = "smo_share"
    verbose_name = _("SMO: share")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "smo_kit.engagement")

    def ready(self) -> None:
        from smo_kit.share import checks, joining  # noqa: F401
