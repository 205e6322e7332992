"""What follows from a definition alone, worked out once for as long as the definition is in use."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Of = TypeVar("Of")
Made = TypeVar("Made")


def once_for_each(most: int) -> Callable[[Callable[[Of], Made]], Callable[[Of], Made]]:
    """Return a decorator for a function of one value that never changes, such as a survey.

    Values are told apart by identity, since comparing two surveys costs more than what is worked
    out. Up to `most` are kept alive, then all are let go: give it nothing that a person said.
    """

    def decorate(make: Callable[[Of], Made]) -> Callable[[Of], Made]:
        kept: dict[int, tuple[Of, Made]] = {}

        @wraps(make)
        def made_once(of: Of) -> Made:
            try:  # it is nearly always there, and then this costs nothing
                return kept[id(of)][1]
            except KeyError:
                pass
            if len(kept) >= most:
                kept.clear()
            made = make(of)
            # The value is kept as well: while it lives, nothing else can have its identity.
            kept[id(of)] = (of, made)
            return made

        return made_once

    return decorate
