"""What an audit sees of the site's official accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from smo_kit.core.audit import Finding, ReadSite, Verdict, Where, audits_site
from smo_kit.core.mending import admin_address, code_place
from smo_kit.core.sayings import gettext as _
from smo_kit.core.settings import site_id
from smo_kit.follow.models import Account
from smo_kit.follow.services import official_accounts
from smo_kit.networks.absent import why_absent


@audits_site("accounts.there", gettext_lazy("The site names its official accounts"), weight=2)
def there(site: ReadSite) -> Verdict:
    if any(one.is_elsewhere for one in official_accounts()):
        return []
    text, cure = _("The site names no official account."), _("Add the accounts that you look after.")
    return [Finding(text=text, cure=cure, where=_place(), severity="error")]


@audits_site("accounts.alive", gettext_lazy("No account in a network that has died"))
def alive(site: ReadSite) -> Verdict:
    rows = Account.objects.filter(site_id=site_id(), is_shown=True)
    if not rows:
        return None
    wrong = {why: row for row in rows if (why := why_absent(row.network, "follow"))}
    cure = _("Remove the account, or correct it.")
    return [Finding(text=text, cure=cure, where=_place(row)) for text, row in wrong.items()]


def _place(account: Account | None = None) -> Where:
    change = admin_address("smo_follow_account_change", account.pk) if account else ""
    url = change or admin_address("smo_follow_account_changelist")
    return Where(_("Accounts"), url) if url else code_place()
