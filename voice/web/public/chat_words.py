"""What the chat says, on its page: our own numbers and addresses can be pressed.

Only a whole line that is ours is touched, so no word of a person ever becomes a link.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from markupsafe import Markup, escape

from surveys import wording
from surveys.catalogue import say
from surveys.questions import MAX_FREE_TEXT_CHARS
from voice.config import Council
from voice.services import chat_scenes
from voice.web.session import settings

TOO_LONG = (
    f"Your message must be {MAX_FREE_TEXT_CHARS:,} characters or fewer. All of it is still here: "
    "shorten it, or send it in parts"
)
EMERGENCY = "999"
_IN_DANGER = (
    "If you or someone else is in danger, ring 999.",
    "If anyone is in danger, ring 999.",
)
_READ_AT = (
    "You can read what we did at {address}",
    "Your reference is {reference}. You can read what we did at {address}",
    "Your reference is {reference}. We will tell you here what we did. "
    "You can read what we did at {address}",
    wording.CLOSED,
    wording.NOTHING_OPEN,
)
_NUMBER = Markup('<a class="govuk-link" dir="ltr" href="tel:{}">{}</a>')
_ADDRESS = Markup('<a class="govuk-link" dir="ltr" href="{}">{}</a>')


def is_too_long(words: str) -> bool:
    """Return whether these are more words than we can take in at once."""
    return len(words) > MAX_FREE_TEXT_CHARS


def said_in(language: str) -> Callable[[str], Markup]:
    """Return a way to say what we say in this language, with our numbers to be pressed."""
    where = chat_scenes.outcomes_address(settings())
    return partial(with_links, council=settings().council, language=language, outcomes=where)


def with_links(text: str, council: Council, language: str, *, outcomes: str) -> Markup:
    """Return what we said, its helplines' numbers and the address of the outcomes as links."""
    lines = {each.line_in(language): each.number for each in council.helplines}
    lines |= {say(language, each): EMERGENCY for each in _IN_DANGER}
    return Markup("\n").join(
        _linked(line, lines.get(line, ""), language, outcomes) for line in text.split("\n")
    )


def _linked(line: str, number: str, language: str, outcomes: str) -> Markup:
    if number:
        before, _, after = line.partition(number)
        bare = number.replace(" ", "")
        return escape(before) + _NUMBER.format(bare, number) + escape(after)
    if outcomes in line and _says_where(language, outcomes).fullmatch(line):
        before, _, after = line.rpartition(outcomes)
        return escape(before) + _ADDRESS.format(outcomes, outcomes) + escape(after)
    return escape(line)


@lru_cache(maxsize=64)
def _says_where(language: str, outcomes: str) -> re.Pattern[str]:
    """Return what every sentence of ours looks like that says where the outcomes are."""
    said = (re.escape(say(language, each)) for each in _READ_AT)
    known = (each.replace(r"\{address\}", re.escape(outcomes)) for each in said)
    return re.compile("|".join(each.replace(r"\{reference\}", r"[\w-]+") for each in known))
