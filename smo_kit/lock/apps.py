from django.utils.translation import gettext_lazy as _

from smo_kit.core import needs


class LockConfig(needs.NeedyAppConfig):
    name = "smo_kit.lock"
    label = "smo_lock"
    verbose_name = _("SMO: locks and downloads")
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("smo_kit.core", "smo_kit.networks", "smo_kit.engagement", "smo_kit.share")

    def ready(self) -> None:
        from smo_kit.lock import checks, head, joining, kinds, pages, receivers, steps  # noqa: F401
        from smo_kit.lock.files import checks as checks_of_files  # noqa: F401
        from smo_kit.lock.files import receivers as receivers_of_files  # noqa: F401
        from smo_kit.lock.files import source  # noqa: F401
        from smo_kit.lock.fragments import look_through_caches
        from smo_kit.lock.source_field import field_of
        from smo_kit.lock.source_view import part_of_view
        from smo_kit.lock.sources import register_source

        register_source("view", part_of_view)
        register_source("field", field_of)
        look_through_caches()
