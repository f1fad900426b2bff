"""How an action says no: with a sentence that may be shown to the person who asked."""

from django.utils.functional import Promise

Sentence = str | Promise


class Refused(Exception):
    """An action was not carried out; nothing was written.

    `sentence` says in plain words what is wrong and what to do; `field` names the form field it
    belongs to, or is empty when it concerns the whole.
    """

    def __init__(self, sentence: Sentence, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """The person has no right to this step; answered with status 403."""


class Stale(Refused):
    """Somebody else changed the object since the form was opened; answered with status 409.

    `stored` is the row as it is now and `version` its version, so that the form can be shown again beside what
    is stored, and the next save be one with open eyes.
    """

    def __init__(
        self, sentence: Sentence, *, field: str = "", stored: object = None, version: int | None = None
    ) -> None:
        super().__init__(sentence, field=field)
        self.stored = stored
        self.version = version
