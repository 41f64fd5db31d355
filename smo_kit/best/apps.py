from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class BestConfig(needs.NeedyAppConfig):
    name = "smo_kit.best"
    label = "smo_best"
    verbose_name = _("SMO: best materials")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "smo_kit.engagement")

    packages = ("numpy", "snowballstemmer")

    def ready(self) -> None:
        from smo_kit.best import receivers  # noqa: F401
