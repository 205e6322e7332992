"""Writing first: whether we may, asked once and in the chat; what such a message says.

Two things may be asked: to write until somebody has finished, and to ask again months later.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from surveys.catalogue import say
from surveys.prompts import Rows, button, carry_on_row, help_row
from surveys.spellings import all_languages, is_either, yes_or_no
from surveys.turns import Button, Command, Event, Message, Stage, State, Tap, Text
from surveys.typed import SAY_NO, SAY_YES, command_in, plain

WRITE, NO_WRITE, NO_MORE = "-write", "-nowrite", "-unwrite"
WRITE_TO_ME, DO_NOT_WRITE, NO_MORE_MESSAGES = "Write to me", "Do not write", "No more messages"
ANSWER_NOW = "Answer now"
_YES = SAY_YES - {"carry on", "start"}
RESTING = frozenset({Stage.STOPPED, Stage.FINISHED})  # nothing is asked: we may ask this

MAY_WRITE = "May we write to you here before this closes? You get three messages at most."
NEED_A_BREAK = "Need a break? Send {word}. We then ask if we may write to you later."
MAY_ASK_LATER = "May we write to you here in three months? We would ask how it is then."
MAY_LEAVE = "May we write to you here? You will see it when you come back."
WILL_WRITE = "Thank you. We will write to you here. Until then we keep how to reach you."
WILL_LEAVE = "Thank you. We will write here. You will see it when you come back."
WILL_NOT_WRITE = "We will not write to you first. You can come back when you like."
WITH_YOUR_NAME = "You were asked by name. Your name stands with what you tell us here."

ON_THE_DAY = "You said we may write. We would like to hear from you. Shall we carry on?"
CLOSES_SOON = "This closes soon. We would like to hear from you. Shall we carry on?"
MEETING_SOON = "Your meeting is soon. You can tell us what you think before it. Shall we carry on?"
OPENS_NOW = "You can tell us what you think from today. Shall we carry on?"
LAST_WEEK = "There is one week left to tell us what you think. Shall we carry on?"
WE_ARE_HERE = "You said we may write. We are here if you want to tell us more. Shall we carry on?"
THREE_MONTHS_ON = "You told us what you think three months ago. How is it now?"
ANSWER_AT = "You can answer here: {address}"
ANSWER_BY_TEXT = "To answer, reply: START {slug}"


class About(StrEnum):
    """What somebody is asked: whether to write until they finish, or in three months."""

    FINISHING = "finishing"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be asked here, and whether it was asked at this very step."""

    about: About
    waits_here: bool = False  # no push: a message waits in the chat until they come back
    is_asked: bool = False


def may_be_asked(state: State) -> About | None:
    """Return what somebody at rest could be asked: who stopped on the way, and who has finished."""
    if state.stage is Stage.STOPPED and state.asking and not state.submitted:
        return About.FINISHING
    return About.LATER if state.stage is Stage.FINISHED and state.submitted else None


def has_begun(before: State, after: State) -> bool:
    """Return whether somebody has just given their first answer, and is asked the next."""
    is_asked = before.stage is Stage.ASKING and after.stage is Stage.ASKING
    return is_asked and not before.answers and bool(after.answers)


def on_breaks(*, by_text: bool) -> Message:
    """Return how to be asked whether we may write; by text "stop" would end everything."""
    return Message(NEED_A_BREAK.format(word="quit" if by_text else "stop"))


def question(state: State, offer: Offer, way_back: Rows) -> Message:
    """Return the question itself, with `way_back`, the buttons of what was said before it."""
    words = MAY_WRITE if offer.about is About.FINISHING else MAY_ASK_LATER
    rows: Rows = (
        (button(state, WRITE_TO_ME, WRITE),),
        (button(state, DO_NOT_WRITE, NO_WRITE),),
        *way_back,
        help_row(state),
    )
    return Message(MAY_LEAVE if offer.waits_here else words, rows)


def asks(message: Message) -> bool:
    """Return whether this is the question, which stands until it is answered."""
    return any(each.token.endswith(f".{WRITE}") for row in message.rows for each in row)


def wish_in(state: State, event: Event, offer: Offer | None, language: str) -> bool | None:
    """Return whether somebody wants us to write; None if that is not what they say.

    A plain yes or no counts only right after we asked, and a no in any language of ours: whoever
    reads the pages in another may say it in that. "No more messages" is heard at any time.
    """
    if wants_no_more(event, language):
        return False
    if offer is None:
        return None
    start = f"{state.session}.{state.step}."
    match event:
        case Tap(token=token) if token in {start + WRITE, start + NO_WRITE}:
            return token == start + WRITE
        case Text(text=text):
            return _typed(plain(text), language, is_asked=offer.is_asked)
        case _:
            return None


def is_stop(state: State, event: Event) -> bool:
    """Return whether somebody says stop where nothing is asked; elsewhere it only pauses."""
    match event:
        case Command(name="stop"):
            return state.stage in RESTING
        case Text(text=text):
            return state.stage in RESTING and command_in(text) == "stop"
        case _:
            return False


def wants_no_more(event: Event, language: str) -> bool:
    """Return whether this is "No more messages", pressed or typed.

    Both work at any step, so that an old message still has a way out.
    """
    match event:
        case Tap(token=token):
            return token.endswith(f".{NO_MORE}")
        case Text(text=text):
            return plain(text) in _no_more_in(language)
        case _:
            return False


@lru_cache(maxsize=32)
def _no_more_in(language: str) -> frozenset[str]:
    return frozenset(map(plain, _both(NO_MORE_MESSAGES, language)))


def _both(words: str, language: str) -> tuple[str, str]:
    return words, say(language, words)


def _typed(said: str, language: str, *, is_asked: bool) -> bool | None:
    if said in map(plain, _both(WRITE_TO_ME, language)) or (is_asked and said in _YES):
        return True
    if said in map(plain, _both(DO_NOT_WRITE, language)):
        return False
    if not is_asked or is_either(said, language):
        return None
    theirs = yes_or_no(said, language)
    return False if theirs is None and _is_no_somewhere(said) else theirs


def _is_no_somewhere(said: str) -> bool:
    """Return whether plain words are a no in any language of ours: nobody is written to for one."""
    return said in SAY_NO or any(yes_or_no(said, each) is False for each in all_languages())


def answer(state: State, offer: Offer | None, *, wanted: bool) -> Message:
    """Return what is said to a wish."""
    if not wanted:
        return Message(WILL_NOT_WRITE, (*_way_back(state), help_row(state)))
    waits_here = offer is not None and offer.waits_here
    said = WILL_LEAVE if waits_here else WILL_WRITE
    return Message(said, (*_way_back(state), help_row(state)))


def to_finish(state: State, words: str) -> Message:
    """Return a message to somebody who stopped, with buttons that work at this step."""
    return Message(words, (*carry_on_row(state), _no_more(state), help_row(state)))


def to_ask_again(state: State, *, way: str, start: str = "") -> Message:
    """Return the message three months later: how to answer, and a button where one works."""
    words = "\n\n".join(filter(None, (THREE_MONTHS_ON, way)))
    begin = ((Button(ANSWER_NOW, start),),) if start else ()
    return Message(words, (*begin, _no_more(state), help_row(state)))


def _no_more(state: State) -> tuple[Button, ...]:
    return (button(state, NO_MORE_MESSAGES, NO_MORE),)


def _way_back(state: State) -> Rows:
    return carry_on_row(state) if state.stage is Stage.STOPPED else ()
