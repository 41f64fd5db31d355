"""Forms of the admin's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from smo_kit.best.conf import best_settings
from smo_kit.best.desk.address_field import PageField, pages_to_choose
from smo_kit.best.desk.page import Desk
from smo_kit.best.models import Choice, Pick
from smo_kit.core.models import CardRow
from smo_kit.core.settings import site_id


class AddForm(forms.Form):
    """A page to be offered beside another, or never."""

    page = PageField()

    def __init__(self, *args: Any, desk: Desk, home: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._desk = desk
        field: Any = self.fields["page"]
        field.home = home
        field.widget.pages = pages_to_choose(desk.row.language)

    def clean_page(self) -> CardRow:
        """Refuse the page itself, and what is chosen already."""
        page: CardRow = self.cleaned_data["page"]
        key = page.key.speaking("")
        if key == self._desk.row.key.speaking(""):
            raise ValidationError(_("This is the page itself. Choose another one."))
        verb = self._desk.verbs.get(key)
        if verb == Choice.Verb.PIN:
            raise ValidationError(_("“%(title)s” is pinned here already.") % {"title": page})
        if verb:
            words = _("“%(title)s” is under “Never here”. Take that back first.")
            raise ValidationError(words % {"title": page})
        return page


class PickForm(forms.ModelForm):
    """What an editor wants of a page, and when."""

    class Meta:
        model = Pick
        fields = ("verb", "place", "since", "until")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", _("This is before it begins."))
        return data


class NewPickForm(PickForm):
    """A page that an editor wants before all others, or nowhere."""

    page = PageField()
    home = ""
    """What addresses of this site start with; given by the admin."""
    language = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["page"]
        field.home = self.home
        field.widget.pages = pages_to_choose(self.language)

    def clean_page(self) -> CardRow:
        """Refuse what no list holds, and what stands in this one already."""
        page: CardRow = self.cleaned_data["page"]
        if page.kind in best_settings().leave_out:
            words = _(
                "“%(title)s” is of the kind “%(kind)s”, which is never offered. "
                "Take the kind out of “Kinds that are never offered” in the settings first."
            )
            raise ValidationError(words % {"title": page, "kind": page.kind})
        if there := Pick.objects.filter(site_id=site_id(), **page.key.fields).first():
            words = _("“%(title)s” is in the list already (%(what)s). Change that entry instead.")
            raise ValidationError(words % {"title": page, "what": there.get_verb_display()})
        return page

    def save(self, commit: bool = True) -> Any:
        page: CardRow = self.cleaned_data["page"]
        self.instance.content_type_id, self.instance.object_pk = page.content_type_id, page.object_pk
        self.instance.title = str(page)
        return super().save(commit)
