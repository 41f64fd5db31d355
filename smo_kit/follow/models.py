"""The site's official accounts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id


class Account(models.Model):
    """An official account of a site in a network."""

    site_id = models.PositiveIntegerField(_("site"), default=site_id, editable=False)
    network = models.CharField(_("network"), max_length=32)
    handle = models.CharField(_("account"), max_length=255)
    title = models.CharField(
        _("caption"),
        max_length=100,
        blank=True,
        help_text=_("Shown instead of the network's name; tells two accounts in one network apart."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_shown = models.BooleanField(_("shown"), default=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["site_id", "network", "handle"], name="smo_follow_account_unique")
        ]

    def __str__(self) -> str:
        return self.title or self.handle
