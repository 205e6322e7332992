"""What the chat says, on its page: our own numbers and addresses can be pressed.

Only a whole line that is ours is touched, so no word of a person ever becomes a link.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial

from markupsafe import Markup, escape

from surveys import prompts, wording, writing_first
from surveys.catalogue import say
from surveys.questions import MAX_FREE_TEXT_CHARS
from surveys.turns import Stage
from voice.config import Council
from voice.services import chat_scenes, telling
from voice.services.web_chats import ChatView
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
    "Your reference is {reference}. We will tell you what we did on this page, in this browser "
    "only. You can read what we did at {address}",
    wording.CLOSED,
    wording.NOTHING_OPEN,
    telling.READ_MORE,
    telling.WAS_IT_MEANT,
)
DELETE = "Delete my answers"
_NOTHING_TO_DELETE = frozenset({Stage.AGE, Stage.WELCOME, Stage.FORGETTING})
_BELOW = "You can delete your answers with the button below."
# What is said elsewhere of commands, and here of buttons.
ON_PAGE = {
    wording.FINISHED: f"You have finished. Thank you. {_BELOW}",
    wording.STOPPED: "We have stopped. What you told us so far is kept. You can carry on, or "
    "delete it, with the buttons below.",
    wording.DECLINED: "That is fine. We kept no answers of yours. If you change your mind, press "
    "“Answer again”.",
    "Send /delete to delete your answers. You may want to clear this chat on your phone.": _BELOW,
    "You can delete your answers with /delete.": "You can delete your answers whenever you like.",
    wording.MAY_SEND: "Each thing that you can do here has a button below.",
    wording.DELETED: wording.DELETED.removesuffix(" Send /start to begin anew."),
    wording.BROKEN: "Sorry, something went wrong here. Please send that again.",
    wording.NO_MORE_OUTSIDE: writing_first.WILL_NOT_WRITE,
    wording.UNKNOWN_COMMAND: wording.NOT_UNDERSTOOD,
    wording.WISH: f"{wording.WISH} You will see it on this page, in this browser only.",
}
# The same for what has parts to be filled in.
_WITH_PARTS = {
    "Your reference is {reference}. We will tell you here what we did. "
    "You can read what we did at {address}": "Your reference is {reference}. We will tell you what "
    "we did on this page, in this browser only. You can read what we did at {address}",
}
_NUMBER = Markup('<a class="govuk-link" dir="ltr" href="tel:{}">{}</a>')
_OF_A_LINK = re.compile(r"/meant/[\w-]+")
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
    said = _of_buttons(text, language).split("\n")
    return Markup("\n").join(
        _linked(line, lines.get(line, ""), language, outcomes) for line in said
    )


def way_to_delete(view: ChatView | None) -> list[tuple[str, str]]:
    """Return the button that deletes one's answers, by its value and words, where there are any."""
    rows = view.messages[-1].rows if view is not None and view.messages else ()
    if view is None or view.is_over or view.stage in _NOTHING_TO_DELETE or not rows:
        return []
    step = rows[0][0].token.rpartition(".")[0]
    return [(f"{step}.{prompts.DELETE}", say(view.survey.language, DELETE))]


def _of_buttons(text: str, language: str) -> str:
    """Return what we said as it is said on a page: of buttons, where it speaks of commands."""
    here = {say(language, old): say(language, new) for old, new in ON_PAGE.items()}
    parts = (here.get(each) or _on_this_page(each, language) for each in text.split("\n\n"))
    return "\n".join(here.get(line, line) for line in "\n\n".join(parts).split("\n"))


def _on_this_page(part: str, language: str) -> str:
    for old, new in _WITH_PARTS.items():
        if found := _filled(language, old).fullmatch(part):
            return say(language, new, **found.groupdict())
    return part


@lru_cache(maxsize=64)
def _filled(language: str, sentence: str) -> re.Pattern[str]:
    """Return what this sentence of ours looks like with its parts filled in."""
    said = re.escape(say(language, sentence))
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>\\S+)", said))


def _linked(line: str, number: str, language: str, outcomes: str) -> Markup:
    if number:
        before, _, after = line.partition(number)
        bare = number.replace(" ", "")
        return escape(before) + _NUMBER.format(bare, number) + escape(after)
    if outcomes in line and _says_where(language, outcomes).fullmatch(line):
        before, _, after = line.rpartition(outcomes)
        key = _OF_A_LINK.match(after)
        whole = outcomes + (key.group() if key else "")
        return escape(before) + _ADDRESS.format(whole, whole) + escape(line[len(before + whole) :])
    return escape(line)


@lru_cache(maxsize=64)
def _says_where(language: str, outcomes: str) -> re.Pattern[str]:
    """Return what every sentence of ours looks like that says where the outcomes are."""
    said = (re.escape(say(language, each)) for each in _READ_AT)
    where = f"{re.escape(outcomes)}(?:{_OF_A_LINK.pattern})?"
    known = (each.replace(r"\{address\}", where) for each in said)
    return re.compile("|".join(each.replace(r"\{reference\}", r"[\w-]+") for each in known))
