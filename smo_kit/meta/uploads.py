"""Pictures that an editor uploads, in whatever form; no tables are needed for it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image

from smo_kit.meta.sources import Unusable, inspected

_FAULTS: Final = (
    Unusable, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""Of files that are too small, too large, broken or no picture: TooHeavy is a ValueError."""
_UNUSABLE: Final = _(
    "This picture can't be used. Give a JPEG, PNG, WebP, GIF or AVIF file of at least 200 × 200 pixels, at most 60 "
    "megapixels and 40 MB: the best is a JPEG of 1200 × 630 pixels."
)


class PictureFormMixin:
    """A form with ``image``: it refuses what no picture for networks can be made of while the editor is still there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("image"):  # type: ignore[attr-defined]
            field.error_messages["invalid_image"] = _UNUSABLE

    def clean_image(self) -> Any:
        """Return the picture; raise ValidationError for an upload that can't be used."""
        image = self.cleaned_data["image"]  # type: ignore[attr-defined]
        if isinstance(image, UploadedFile):
            try:
                inspected(image, image.size or 0)
            except _FAULTS as error:
                raise forms.ValidationError(_UNUSABLE) from error
            image.seek(0)
        return image
