"""Tables of sign-in: how each provider fares, and pictures of members."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

APP_LENGTH = 200
"""Letters of the longest id of a provider's application in django-allauth."""
FAULT_LENGTH = 32


class Health(models.Model):
    """How signing in by one provider went the last time, well and badly."""

    site_id = models.PositiveIntegerField(default=1)
    app = models.CharField(_("provider"), max_length=APP_LENGTH)
    """Id of a way: a provider's in django-allauth, or that of its application."""
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(_("last error"), null=True)
    fault = models.CharField(max_length=FAULT_LENGTH, blank=True)
    """A member of ``faults.Fault``."""
    detail = models.TextField(blank=True)
    """What the provider or the library said of it, for the owner: no token, no address."""
    failures = models.PositiveIntegerField(default=0)
    """Since the last success."""

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-in")
        default_permissions = ("view",)
        permissions = [("test_sign_in", _("Can test signing in by a network"))]
        constraints = [models.UniqueConstraint(fields=["site_id", "app"], name="smo_login_health_unique")]

    def __str__(self) -> str:
        return self.app


class Portrait(models.Model):
    """A member's picture, as it was found at a network or chosen by himself: re-encoded, and stored here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="smo_portrait")
    file = models.FileField(max_length=255, blank=True)
    """Empty: he wants none, or that of the account is not fetched yet."""
    account = models.ForeignKey("socialaccount.SocialAccount", models.CASCADE, null=True, blank=True, related_name="+")
    """Whose picture it is; None: he has chosen it himself, and no network's takes its place."""
    source = models.CharField(max_length=64, blank=True)
    """Mark of the address that it was fetched from."""
    at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user_id)
