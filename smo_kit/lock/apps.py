from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class LockConfig(needs.NeedyAppConfig):
    name = "smo_kit.lock"
    label = "smo_lock"
    verbose_name = _("SMO: locks and downloads")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "smo_kit.engagement", "smo_kit.share")

    def ready(self) -> None:
        from smo_kit.lock import kinds, pages  # noqa: F401
