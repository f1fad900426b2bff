"""What several commands are told: a month, and the account in whose name they act."""

from argparse import ArgumentTypeError

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.month import Month


def month(text: str) -> Month:
    """`YYYY-MM`."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


def account(username: str, *, returncode: int = 1) -> User:
    """The open account of that name, whichever way its letters are written; `CommandError` when there is none."""
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no account “%(username)s”.") % {"username": username}, returncode=returncode)
    return user
