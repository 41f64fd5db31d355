from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class NotifyConfig(needs.NeedyAppConfig):
    name = "smo_kit.notify"
    label = "smo_notify"
    verbose_name = _("SMO: notifications")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.engagement", "smo_kit.mail", "smo_kit.comments")

    def ready(self) -> None:
        from smo_kit.notify import checks, receivers  # noqa: F401
        from smo_kit.notify.push import checks as push_checks  # noqa: F401
