from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class CmsBridgeConfig(AppConfig):
    name = "smo_kit.contrib.cms"
    label = "smo_cms"
    verbose_name = _("SMO: django CMS")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "cms")

    def ready(self) -> None:
        from smo_kit.contrib.cms import receivers  # noqa: F401

        if apps.is_installed("smo_kit.lock"):
            from smo_kit.contrib.cms import locks  # noqa: F401
