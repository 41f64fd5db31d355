from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MetaConfig(AppConfig):
    name = "smo_kit.meta"
    label = "smo_meta"
    verbose_name = _("SMO: meta")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core",)

    def ready(self) -> None:
        from smo_kit.meta import checks, excerpts, house_designs, overrides, pictures, receivers  # noqa: F401
