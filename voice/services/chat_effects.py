"""What a turn of a conversation asks to be kept, kept: in the transaction of the update itself."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from surveys.answers import storable
from surveys.hearing import names_button
from surveys.questions import FreeText, MediaQuestion, OneOf, ShortText
from surveys.spellings import says_little
from surveys.turns import (
    BeginAgain,
    ChangeWay,
    Consent,
    Effect,
    Forget,
    KeepAnswer,
    RaiseConcern,
    Remind,
    Stage,
    State,
    Submit,
    Turn,
    WishToHear,
)
from surveys.typed import SAY_NO, SAY_YES, command_in, find_options, plain
from voice.errors import NotYetAnsweredError
from voice.models import Chat, Concern, Link, Participant, Response
from voice.services import (
    audit,
    chat_reminders,
    concerns,
    consultations,
    deliveries,
    links,
    participants,
    responses,
    timers_waiting,
)
from voice.services.chat_surveys import answer_in, earlier_respondent, note
from voice.services.concerns import Heard

logger = logging.getLogger(__name__)

# What is said at these stages answers no question, whichever was asked last.
_NO_ANSWER_AT = {
    Stage.WISH.value: concerns.AT_THE_END,
    Stage.FINISHED.value: concerns.AT_THE_END,
    Stage.STOPPED.value: concerns.WHEN_STOPPED,
    Stage.FORGETTING.value: concerns.WHEN_STOPPED,
}
_PRESSED_HELP = "(pressed the button that asks for help)"


class Kept(NamedTuple):
    """What came of carrying out the effects of one turn."""

    state: State
    raised: tuple[Concern, ...] = ()  # help must be shown now
    begins_again: bool = False


def carry_out(
    session: Session,
    chat: Chat,
    turn: Turn,
    *,
    participant: Participant,
    words: str,
    now: datetime,
) -> Kept:
    """Carry out every effect in its order, and screen `words` wherever they went (SAF-1)."""
    raised: list[Concern] = []
    state = turn.state
    for effect in turn.effects:
        match effect:
            case KeepAnswer(answer=answer) if chat.response is not None:
                raised += responses.record_answer(session, chat.response, answer, now=now)
            case Submit() if chat.response is not None:
                state = _submit(session, chat, chat.response, state, now=now)
            case ChangeWay() if chat.response is not None:
                _change_way(session, chat.response, state)
            case RaiseConcern():
                _raise_for_help(session, chat, words, now=now)
            case _:
                _change_chat(session, chat, effect, participant=participant, now=now)
    if turn.effects:
        session.flush()
    if words and not _is_screened_already(chat, turn, words):
        screened = concerns.screen_words(session, heard_in(chat, words), now=now)
        raised += [screened] if screened is not None else []
    return Kept(state, tuple(raised), begins_again=BeginAgain() in turn.effects)


def _change_chat(
    session: Session, chat: Chat, effect: Effect, *, participant: Participant, now: datetime
) -> None:
    match effect:
        case Consent():
            _begin_response(session, chat, participant, now=now)
        case WishToHear(wanted=wanted):
            note(chat, wants_outcome=wanted)
        case Remind(wanted=wanted):
            chat_reminders.ask(session, chat, wanted=wanted, now=now)
        case Forget():
            _forget(session, chat, participant, now=now)
        case BeginAgain():
            chat.ended_at = now
            timers_waiting.end(session, chat, now=now)


def hear_outside(
    session: Session,
    participant: Participant,
    words: str,
    *,
    asks_for_help: bool,
    now: datetime,
) -> Concern | None:
    """Screen words said in no chat, and return what was raised: then help must be shown.

    The concern is filed under the newest consultation, or under none while there is none.
    """
    newest = next(iter(consultations.list_all(session)), None)
    heard = Heard(
        consultation_id=newest.id if newest is not None else None,
        channel=participant.channel,
        words=storable(words),
        participant_id=participant.id,
    )
    if asks_for_help:
        heard = replace(heard, words=heard.words or _PRESSED_HELP)
        return concerns.raise_worry(session, heard, category=concerns.ASKED_FOR_HELP, now=now)
    return concerns.screen_words(session, heard, now=now)


def heard_in(chat: Chat, words: str) -> Heard:
    """Return words said in this chat as the safeguarding check takes them."""
    return Heard(
        consultation_id=chat.consultation_id,
        channel=chat.participant.channel,
        words=storable(words),
        question=_NO_ANSWER_AT.get(chat.state["stage"], chat.state.get("asking", "")),
        response_id=chat.response_id,
        participant_id=chat.participant_id,
    )


def _begin_response(
    session: Session, chat: Chat, participant: Participant, *, now: datetime
) -> None:
    """Begin the response that the answers go into; another one by the same person is theirs too."""
    note(chat, consented_at=now)
    if chat.response is not None:
        return
    before = earlier_respondent(session, participant.id, chat.consultation_id)
    begun = responses.start_response(
        session, chat.consultation, participant.channel, now=now, respondent=before
    )
    if begun.response.version is not chat.version:
        begun.response.version = chat.version
    answer_in(session, chat, begun.response)
    if chat.link_id is not None:
        links.enter(begun.response, session.get(Link, chat.link_id))
    _change_way(session, begun.response, State.from_json(chat.state, {}))


def _change_way(session: Session, response: Response, state: State) -> None:
    if (response.variant, response.language) == (state.variant, state.language):
        return
    responses.change_way(session, response, variant=state.variant, language=state.language)


def _submit(
    session: Session, chat: Chat, response: Response, state: State, *, now: datetime
) -> State:
    """Send the response in; with a required answer missing, go back to asking for it."""
    try:
        responses.submit_response(session, response, now=now)
        if responses.survey_for(response).has_equality:
            deliveries.forget_said(session, chat.participant)
    except NotYetAnsweredError as missing:
        logger.warning("response not complete", extra={"response": str(response.id)})
        return replace(state, stage=Stage.ASKING, asking=str(missing), submitted=False)
    return state


def _forget(session: Session, chat: Chat, participant: Participant, *, now: datetime) -> None:
    """Delete the answers and the way back to the person; what stays says nothing of either."""
    had_answers = chat.response is not None
    response = chat.response
    chat.ended_at = now
    chat.wants_outcome = False
    chat_reminders.forget(session, chat)
    timers_waiting.forget(session, chat, now=now)
    participants.forget(session, participant)
    session.flush()
    if response is not None:
        responses.forget_response(session, response)
    if had_answers:
        audit.record(session, None, "answers deleted in a chat", chat.consultation_id, now=now)


def _raise_for_help(session: Session, chat: Chat, words: str, *, now: datetime) -> None:
    asked = heard_in(chat, words or _PRESSED_HELP)
    concerns.raise_worry(session, asked, category=concerns.ASKED_FOR_HELP, now=now)


def _is_screened_already(chat: Chat, turn: Turn, words: str) -> bool:
    """Return whether these words were screened as an answer, or only name a button.

    A number, an age, a command or an option typed out says no more than the button would.
    """
    plainly = plain(words)
    if command_in(words) is not None or plainly in SAY_YES | SAY_NO or plainly.isdigit():
        return True
    said = storable(words)
    if any(_covers(chat, effect, said) for effect in turn.effects):
        return True
    return names_button(words) or says_little(plainly)


def _covers(chat: Chat, effect: Effect, said: str) -> bool:
    if not isinstance(effect, KeepAnswer) or chat.response is None:
        return False
    answer = effect.answer
    question = responses.survey_for(chat.response).question(answer.question)
    if isinstance(question, OneOf):
        # What names an option with a slip is not the option's own words: "rape" is near "race".
        is_option = not answer.other and bool(find_options(question, said))
        return is_option or (bool(said) and answer.other == said)
    if isinstance(question, MediaQuestion):
        return answer.other.endswith(said)  # of several files, the words of the last come last
    return isinstance(question, FreeText | ShortText) and answer.text == said
