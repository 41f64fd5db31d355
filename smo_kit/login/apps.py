from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class LoginConfig(needs.NeedyAppConfig):
    name = "smo_kit.login"
    label = "smo_login"
    verbose_name = _("SMO: sign-in")
    default_auto_field = "django.db.models.BigAutoField"
    needs = (
        "smo_kit.core",
        "smo_kit.networks",
        "smo_kit.engagement",
        "smo_kit.mail",
        "allauth.account",
        "allauth.socialaccount",
    )

    def ready(self) -> None:
        from smo_kit.login import checks, leaving, proofs, receivers, starting  # noqa: F401
