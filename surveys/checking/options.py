"""Options that lose what people mean: no way to decline, nowhere to write, no standing alone."""

import re
from collections.abc import Iterator

from surveys.checking.findings import Finding, must, should
from surveys.engine import Survey
from surveys.questions import OneOf, Option, Several

_PERSONAL = re.compile(
    r"\b(?:how old are you|your (?:own )?(?:age|sex|sexuality|religion|faith|health|income)"
    r"|gender|ethnic\w*|sexual orientation|disab\w+|health (?:problem|condition)s?|pregnan\w+)\b",
    re.IGNORECASE,
)
_RATHER_NOT = re.compile(
    r"\b(?:prefer not|rather not|(?:do not|don.t) (?:want|wish) to (?:say|answer))\b", re.IGNORECASE
)
_STANDS_ALONE = re.compile(
    r"^(?:none(?: of (?:the above|these|them|the options).*)?|nothing|not applicable"
    r"|(?:there are|i have|we have) no\b.*|(?:don.t|do not) know"
    r"|prefer not to (?:say|answer))[.]?$",
    re.IGNORECASE,
)
_ASKS_FOR_WORDS = re.compile(
    r"\b(?:please (?:specify|say|state|describe|tell us|give details)|specify)\b|_{3,}",
    re.IGNORECASE,
)


def check_options(survey: Survey) -> Iterator[Finding]:
    """Find options that are missing, or that are not marked for what they are."""
    for question in survey.questions:
        if not isinstance(question, OneOf):
            continue
        yield from _no_way_to_decline(question)
        for option in question.options:
            yield from _not_marked(question, option)


def _no_way_to_decline(question: OneOf) -> Iterator[Finding]:
    declines = any(_RATHER_NOT.search(option.label) for option in question.options)
    if declines or not _PERSONAL.search(question.text):
        return
    finding = must if question.required else should
    yield finding(
        question.code, "asks something personal; add the option “Prefer not to say” at the end"
    )


def _not_marked(question: OneOf, option: Option) -> Iterator[Finding]:
    marked = option.exclusive or not isinstance(question, Several)
    if not marked and _STANDS_ALONE.search(option.label.strip()):
        yield must(
            question.code,
            f"“{option.label}” can be chosen together with the others; add `exclusive: true` to it",
        )
    if _ASKS_FOR_WORDS.search(option.label) and not option.specify:
        yield must(
            question.code,
            f"“{option.label}” asks for words and has nowhere to write them; "
            f"add `specify: true` to it",
        )
