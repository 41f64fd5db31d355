from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class RatingsConfig(needs.NeedyAppConfig):
    name = "smo_kit.ratings"
    label = "smo_ratings"
    verbose_name = _("SMO: ratings")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "smo_kit.engagement")

    def ready(self) -> None:
        from smo_kit.ratings import head, joining, kinds, opinions, receivers  # noqa: F401
