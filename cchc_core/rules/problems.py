"""What a person is told when an answer cannot be scored."""

from collections.abc import Iterable
from decimal import Decimal


class AnswerRefused(ValueError):
    """An answer that the rule of its criterion cannot take; nothing was scored.

    ``problems`` are Vietnamese sentences, each saying what is wrong and what to do.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


class NotANumber(ValueError):
    """A text that holds no number the product accepts."""


class AmbiguousNumber(ValueError):
    """A text that reads as two different numbers, "1.234" for one; both readings are offered."""

    def __init__(self, text: str, readings: Iterable[Decimal]) -> None:
        self.text = text
        self.readings = tuple(readings)
        super().__init__(f"{text}: có hai cách đọc")
