"""What an app of the suite needs of others, for those that can't even be imported without."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured


class NeedyAppConfig(AppConfig):
    """An app whose models come from the apps it ``needs``: Django's own error would not name what to add."""

    needs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    """Modules of its extra, which has the app's name."""

    def import_models(self) -> None:
        """Import the models. Raises ImproperlyConfigured, which names the app or the package that is missing."""
        installed = {config.name for config in apps.app_configs.values()}
        for need in self.needs:
            if need not in installed:
                raise ImproperlyConfigured(
                    f"{self.name} needs {need}. Add {need!r} to INSTALLED_APPS, or remove {self.name!r}."
                )
        for package in self.packages:
            if find_spec(package) is None:
                extra = self.name.rpartition(".")[2]
                raise ImproperlyConfigured(f"{self.name} needs {package}: pip install 'smo-kit[{extra}]'.")
        super().import_models()
