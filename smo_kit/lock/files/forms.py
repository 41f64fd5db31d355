"""The form of a download: its file, and the terms that hold wherever it is offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from smo_kit.core.settings import site_id
from smo_kit.lock.models import Download
from smo_kit.lock.storage import folder_problem
from smo_kit.lock.term_forms import TermsFormMixin


class DownloadForm(TermsFormMixin, forms.ModelForm):
    """A file with its words; it is refused while the folder is public, or can't be written to."""

    language = forms.ChoiceField(label=_("Language"), required=False)

    class Meta:
        model = Download
        fields = ["slug", "language", "title", "summary", "file", "name", "is_on"]
        fields += ["per_day", "per_link", "expires_minutes"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "file": forms.FileInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = [("", _("All languages")), *settings.LANGUAGES]

    def clean_file(self) -> Any:
        """Return the file; raise ValidationError for an upload that can't be kept where nobody else reads it."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and (problem := folder_problem()):
            raise forms.ValidationError(problem)
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse a second file of the same short name and language."""
        data = super().clean()
        same = Download.objects.filter(
            site_id=site_id(), slug=data.get("slug", ""), language=data.get("language", "")
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("slug", _("There is a file of this short name in this language already."))
        return data
