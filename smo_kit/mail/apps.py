from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "smo_kit.mail"
    label = "smo_mail"
    verbose_name = _("SMO: mail")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core",)

    def ready(self) -> None:
        from smo_kit.mail import checks  # noqa: F401

        if find_spec("anymail"):
            from smo_kit.mail import anymail  # noqa: F401
