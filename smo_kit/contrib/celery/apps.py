from django.utils.translation import gettext_lazy as _

from smo_kit.core.needs import NeedyAppConfig


class CeleryBridgeConfig(NeedyAppConfig):
    name = "smo_kit.contrib.celery"
    label = "smo_celery"
    verbose_name = _("SMO: Celery")
    default = True
    needs = ("smo_kit.core", "django_tasks_fennel")
    packages = ("celery",)

    def ready(self) -> None:
        from smo_kit.contrib.celery import receivers  # noqa: F401
