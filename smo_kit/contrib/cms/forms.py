"""What an editor fills in: the options of a block, and the share settings of a page."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from django import forms
from django.utils.crypto import get_random_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from smo_kit.contrib.cms.models import BlockPlugin, PageCard
from smo_kit.contrib.cms.options import accepted, option_names, options_of
from smo_kit.core.blocks import Block
from smo_kit.core.options import field_for, field_name, is_chosen
from smo_kit.meta.designs import design_choices
from smo_kit.meta.uploads import PictureFormMixin

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of what is drawn: no two look alike."""
DRAWN: Final = 6
"""Letters of what is drawn: enough for the blocks of a page."""


def has_letters(text: str) -> bool:
    """Say whether a reader sees anything of a text."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)


class BlockForm(forms.ModelForm):
    """The options of one block. What is left empty is as the site has it, today and later."""

    block: Block

    class Meta:
        model = BlockPlugin
        fields: tuple[str, ...] = ()

    class Media:
        css = {"all": ["smo_kit/core/admin.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = list(options_of(self.block))
        for option in self.options:
            self.fields[option.field] = field_for(option, is_required=option.name == self.block.body)
        self.initial.update({field_name(name): value for name, value in (self.instance.options or {}).items()})

    def clean(self) -> dict[str, Any]:
        """Ask the app about each value that was chosen: it knows what is wrong."""
        for option in self.options:
            value = self.cleaned_data.get(option.field)
            if value and option.name == self.block.body and not has_letters(value):
                self.add_error(option.field, _("Type a text that can be seen."))
            elif is_chosen(value):
                try:
                    self.cleaned_data[option.field] = accepted(self.block, option, value)
                except ValueError as error:
                    self.add_error(option.field, str(error))
        return self.cleaned_data

    def save(self, commit: bool = True) -> BlockPlugin:
        """Keep what was chosen, and nothing else but a name that was drawn."""
        chosen = {one.name: self.cleaned_data.get(one.field) for one in self.options}
        drawn = self._drawn()
        self.instance.options = drawn | {name: value for name, value in chosen.items() if is_chosen(value)}
        saved: BlockPlugin = super().save(commit)
        return saved

    def _drawn(self) -> dict[str, str]:
        """Return the option that is never emptied, if the block has one: drawn for a new block, then as it was."""
        name, plugin = self.block.drawn, self.instance
        if not name:
            return {}
        if plugin._state.adding:
            return {name: get_random_string(DRAWN, LETTERS)}
        return {name: plugin.options[name]} if name in plugin.options else {}


def form_for(block: Block) -> type[BlockForm]:
    """Return the form of a block."""
    known = {
        field_name(name): forms.Field(required=False) for name in option_names(block)
    }  # made anew for each form: choices change
    return type(f"{block.name.title()}Form", (BlockForm,), {"block": block, "__module__": __name__, **known})


class PageCardForm(PictureFormMixin, forms.ModelForm):
    """The share settings of a page in one language."""

    template = forms.ChoiceField(required=False)

    class Meta:
        model = PageCard
        fields = ("title", "description", "image", "image_alt", "template", "shareable")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "template" in self.fields:
            column = PageCard._meta.get_field("template")
            self.fields["template"] = forms.ChoiceField(
                choices=[("", _("as the site has it")), *design_choices()],
                label=capfirst(column.verbose_name),
                help_text=column.help_text,
                required=False,
            )
