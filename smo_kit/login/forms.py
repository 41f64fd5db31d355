"""What is asked of a newcomer whom a network has sent.

::

    SOCIALACCOUNT_FORMS = {"signup": "smo_kit.login.forms.SignupForm"}
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount import forms


class SignupForm(forms.SignupForm):
    """His address, and what else the site asks for, but no username: the adapter makes one, which nobody types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("username", None)
