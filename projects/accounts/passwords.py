"""What a password has to be beside Django's rules: long enough, said in Chinese too, and not the present one."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Django's rule in a sentence of our own: its new one is not translated."""

    def get_error_message(self) -> str:
        return ngettext(
            "Too short: a password has at least %(least)d sign.",
            "Too short: a password has at least %(least)d signs.",
            self.min_length,
        ) % {"least": self.min_length}


class AnotherThanNow:
    """An initial password is known to who gave it, until it is replaced by another."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is not None and user.check_password(password):
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return _("The new password must differ from the present one.")
