"""Make the keys of web push."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smo_kit.notify.push.checks import INSTALL
from smo_kit.notify.push.keys import IS_INSTALLED, new_pair


class Command(BaseCommand):
    help = "Print new keys for web push, for SMO_KIT['NOTIFY'] in settings.py. Nothing is stored."

    def handle(self, *args: Any, **options: Any) -> None:
        if not IS_INSTALLED:
            raise CommandError(f"The packages of web push are missing: {INSTALL}.")
        pair = new_pair()
        self.stdout.write(f'"push_public_key": "{pair.public}",')
        self.stdout.write(
            f'"push_private_key": "{pair.private}",  # a secret: from the environment, not in a repository'
        )
        self.stderr.write("Devices that were registered with older keys have to be registered again.")
