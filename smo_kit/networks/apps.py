from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "smo_kit.networks"
    label = "smo_networks"
    verbose_name = _("SMO: networks")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core",)
