from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpamConfig(AppConfig):
    name = "smo_kit.spam"
    label = "smo_spam"
    verbose_name = _("SMO: spam")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks")

    def ready(self) -> None:
        from smo_kit.spam import checks  # noqa: F401
