"""Mail servers that do not do what they are asked."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend


class Unreachable(BaseEmailBackend):
    def open(self) -> bool | None:
        raise ConnectionRefusedError("nobody listens")


class Choosy(EmailBackend):
    """Takes no mail for addresses that begin with “bad”."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> Any:
        if any(message.to[0].startswith("bad") for message in messages):
            raise OSError("no such mailbox " + "x" * 400)
        return super().send_messages(messages)
