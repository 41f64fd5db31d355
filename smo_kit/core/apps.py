from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "smo_kit.core"
    label = "smo_core"
    verbose_name = _("SMO")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from smo_kit.core import access, checks, deletions, joining, kept, metrics, pages, receivers  # noqa: F401

        autodiscover_modules("smo")
