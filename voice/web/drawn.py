"""The parts of pages that are alike for everybody: drawn once, and kept for whoever comes next."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any

from voice.web.languages import spoken
from voice.web.session import here


def drawn_once(macro: Callable[..., str], *given: Hashable) -> str:
    """Return what a macro draws, drawn once for each language: for what is alike on every page.

    The macro may depend on nothing but the language and what it is `given`.
    """
    return _drawn(macro, spoken(), given)


@lru_cache(maxsize=512)
def _drawn(macro: Callable[..., str], _language: str, given: tuple[Hashable, ...]) -> str:
    return macro(*given)


def drawn_alone(name: str, *given: object) -> str:
    """Return what the macro of this name, in the file of its name, draws outside any page."""
    template = here().jinja_env.get_template(f"components/{name}.html")
    drawn: str = getattr(template.module, name)(*given)
    return drawn


class _Blank:
    """A question with nothing in it yet, as its page draws it: the same for everybody asked it."""

    __slots__ = ("asked",)

    def __init__(self, asked: Mapping[str, Any]) -> None:
        self.asked = asked

    def __hash__(self) -> int:
        return id(self.asked["blank"])

    def __eq__(self, other: object) -> bool:
        # The very same question: a key holds it, so that no other can take its place in memory.
        return isinstance(other, _Blank) and self.asked["blank"] is other.asked["blank"]


def drawn_question(macro: Callable[..., str], asked: Mapping[str, Any], *, heading: bool) -> str:
    """Return what a macro draws of a question, once for everybody while nothing is in it."""
    if asked["blank"] is None:
        return macro(asked, heading=heading)
    return _drawn_blank(macro, spoken(), _Blank(asked), heading)


@lru_cache(maxsize=1_024)
def _drawn_blank(macro: Callable[..., str], _language: str, blank: _Blank, heading: bool) -> str:
    return macro(blank.asked, heading=heading)
