"""What a kind of notice is made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A sentence is worded when it is read, in the reader's language, from parameters fit for JSON.

    `month` is given as 2023-09 and `day` as 2023-10-08; what a sentence counts is called `count`;
    several names are a list.
    """

    name: Promise
    sentence: Promise
    icon: str
