"""A chat in the person's own language and way: round `take_turn`, which speaks English.

Our own sentences are said in the survey's language; the survey's words are in it already. `/ways`
offers every variant and language, at any point, and the answers stay.
"""

from collections.abc import Iterable
from functools import lru_cache

from surveys import reminding, unclear, writing_first
from surveys.catalogue import in_language
from surveys.chat_codes import MENTION as MENTION_CODE
from surveys.chat_codes import code_said, on_code
from surveys.conversation import take_turn
from surveys.engine import Survey
from surveys.hearing import ASIDE, as_heard, as_typed
from surveys.piping import filled
from surveys.prompts import RETURN, answer_in_words, button, prompt_for
from surveys.shortening import in_parts, in_short_messages
from surveys.turns import (
    Button,
    ChangeWay,
    Command,
    Event,
    Message,
    RaiseConcern,
    Scene,
    Stage,
    Start,
    State,
    Tap,
    Text,
    Turn,
)
from surveys.ways import (
    HOW_TO_CHANGE,
    LANGUAGE,
    OFFERED,
    OTHER_WAYS,
    WAY,
    WAYS,
    asks_for_ways,
    chosen_way,
    has_ways,
    offer,
)


def talk(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    """Return what `event` leads to, as `take_turn` does, in the survey's language."""
    if has_ways(survey):
        if chosen := chosen_way(survey, state, event):
            return Turn(chosen.but(last=""), (), (ChangeWay(),))
        if asks_for_ways(survey, state, event):
            return Turn(state.but(last=OFFERED), (offer(survey, state),))
    code = code_said(survey, event) if state.step else None
    turn = on_code(survey, state, code) if code is not None else _taken(survey, state, event, scene)
    if not turn.effects or state.last:
        turn = _noted(unclear.said_another_way(survey, state, event, turn, scene), state)
    turn = _offering_reminder(state, turn, scene)
    messages = tuple([_spoken(survey, turn.state, each) for each in turn.messages])
    if isinstance(event, Command) and event.name == "help":
        messages = (*messages, *_more_help(survey))
    if scene.by_text and turn.state.last == ASIDE and RaiseConcern() not in turn.effects:
        messages = with_question(survey, turn.state, scene, messages)
    return Turn(turn.state, messages, turn.effects)


def with_question(
    survey: Survey, state: State, scene: Scene, messages: tuple[Message, ...]
) -> tuple[Message, ...]:
    """Return what is said with what we wait for after it: a text has no buttons to go back to."""
    prompt = spoken_prompt(survey, state, scene)
    return (*messages, prompt) if prompt is not None else messages


def _noted(turn: Turn, before: State) -> Turn:
    """Return the turn with what was said last in its state: something beside the question, or not.

    Whoever was not understood just now is told so by `unclear`, and only for one turn.
    """
    rows = turn.messages[-1].rows if turn.messages else ()
    offers_return = len(rows) == 1 and rows[0][0].token.endswith(f".{RETURN}")
    last = "" if turn.state.last == before.last else turn.state.last
    last = ASIDE if offers_return else last
    return turn if last == turn.state.last else turn._replace(state=turn.state.but(last=last))


def _more_help(survey: Survey) -> tuple[Message, ...]:
    """Say what else may be sent here: for another way, and for a personal code."""
    more = (HOW_TO_CHANGE,) if has_ways(survey) else ()
    more = (*more, MENTION_CODE) if survey.joins is not None else more
    return tuple(said_in(survey, Message(each)) for each in more)


def _taken(survey: Survey, state: State, event: Event, scene: Scene) -> Turn:
    heard = as_heard(survey, state, event, scene)
    wished = reminding.on_reminding(state, heard, scene)
    turn = wished if wished is not None else take_turn(survey, state, heard, scene)
    return as_typed(turn) if isinstance(heard, Tap) and isinstance(event, Text) else turn


def _offering_reminder(before: State, turn: Turn, scene: Scene) -> Turn:
    """Put the offer of a reminder under what is said to somebody who has just stopped."""
    has_just_stopped = turn.state.step != before.step and turn.messages
    if not has_just_stopped or not reminding.may_be_asked(turn.state, scene):
        return turn
    *earlier, last = turn.messages
    offered = last._replace(rows=(*last.rows, *reminding.offer_row(turn.state)))
    return turn._replace(messages=(*earlier, offered))


def said_in(survey: Survey, message: Message) -> Message:
    """Return a message of ours in the survey's language."""
    return _spoken(survey, State(session="", stage=Stage.STOPPED), message)


def ask_again(survey: Survey, state: State, scene: Scene) -> Turn:
    """Return the same step as `survey` words it, after the way was changed."""
    return talk(survey, state, Start(), scene)


def in_short(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the same messages, the long ones as several short ones."""
    return tuple(part for message in messages for part in in_short_messages(message))


def all_in_parts(messages: Iterable[Message]) -> tuple[Message, ...]:
    """Return the same messages, each long one as several short ones, whatever its style."""
    return tuple(part for message in messages for part in in_parts(message))


def spoken_prompt(survey: Survey, state: State, scene: Scene) -> Message | None:
    """Return what `state` waits for, as `prompt_for` does, in the survey's language."""
    prompt = prompt_for(survey, state, scene)
    return _spoken(survey, state, prompt) if prompt is not None else None


def said_so_far(survey: Survey, state: State) -> tuple[tuple[str, str], ...]:
    """Return the answers before the question asked now, which itself is among the messages."""
    rows = []
    for question in survey.path(state.answers):
        if question.code == state.asking and state.stage in {Stage.ASKING, Stage.OTHER}:
            break
        if question.code in state.answers and question.takes_answer:
            asked = filled(question, survey, state.answers).text
            rows.append(
                (asked, answer_in_words(question, state.answers[question.code], survey.language))
            )
    return tuple(rows)


def stands_until_chosen(message: Message) -> bool:
    """Return whether these choices stand until one is made: a way, or whether we may write."""
    tokens = [each.token for row in message.rows for each in row]
    return writing_first.asks(message) or any(
        f".{mark}" in each for each in tokens for mark in (WAY, LANGUAGE)
    )


def _spoken(survey: Survey, state: State, message: Message) -> Message:
    language = survey.language
    if state.stage is Stage.WELCOME and message.rows and has_ways(survey):
        message = message._replace(rows=(*message.rows, (button(state, OTHER_WAYS, WAYS),)))
    return message if language == "en" else spoken_in(language, message)


def spoken_in(language: str, message: Message) -> Message:
    """Return a message of ours in this language; in English where we have no words in it."""
    parts = (in_language(part, language) for part in message.text.split("\n\n"))
    said = tuple(
        tuple([Button(_label(each.label, language), each.token) for each in row])
        for row in message.rows
    )
    return message._replace(text="\n\n".join(parts), rows=said, language=language)


@lru_cache(maxsize=8_192)
def _label(label: str, language: str) -> str:
    """Return a button's words, which are ours or the survey's and no person's, in this language."""
    return in_language(label, language)
