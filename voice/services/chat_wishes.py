"""Whether we may write first in a chat: asked once, where a plan would; heard at any time after."""

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from surveys import writing_first
from surveys.engine import Survey
from surveys.talking import said_in, with_question
from surveys.turns import Event, Message, Stage, State, Turn
from surveys.writing_first import RESTING, About, Offer
from voice.models import (
    Channel,
    Chat,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryKind,
    Participant,
    TimerOutcome,
)
from voice.services import chat_invitations, chat_reminders, timer_layout, timers_waiting
from voice.services.chat_arrivals import Visit
from voice.services.chat_place import Place
from voice.services.straight import Straight, write_changes

_ANY = Straight(  # there is mostly none
    select(ChatWish.step).where(
        ChatWish.chat_id == bindparam("chat"), ChatWish.about == bindparam("about")
    )
)
_PASSED = -1  # in place of a step: they were asked, and spoke of something else


def talk_first(visit: Visit, chat: Chat, event: Event, place: Place) -> Turn:
    """Return the turn as `talk` does, with the wish to be written to asked and heard.

    Only somebody at rest is asked: whoever is being asked something else is left in peace, but
    is told once how to come to rest, where a plan could write to them.
    """
    survey, state = place.survey, place.state
    turn = _on_wish(visit, chat, event, survey=survey, state=state)
    if turn and place.scene.by_text and state.stage not in RESTING:
        turn = turn._replace(messages=with_question(survey, state, place.scene, turn.messages))
    turn = turn or place.talk(event)
    if place.scene.named and (state.step == 0 or _came_by_link(visit, chat)):
        turn = _with_name(visit, chat, survey, turn)
    if state.stage in RESTING and turn.state.stage not in RESTING:
        _clear_written(visit.session, visit.participant)
    if turn.state.stage in RESTING and turn.state.step != state.step:
        return _at_rest(visit, chat, survey, turn)
    if turn.messages and writing_first.has_begun(state, turn.state):
        return _with_chance(visit, chat, survey, turn)
    return turn


def _came_by_link(visit: Visit, chat: Chat) -> bool:
    """Return whether they came here anew: on the page of a web chat every turn names its slug."""
    payload, is_web = visit.arrival.payload, visit.participant.channel is Channel.WEB_CHAT
    return bool(payload) and not (is_web and payload == chat.consultation.slug)


def _on_wish(
    visit: Visit, chat: Chat, event: Event, *, survey: Survey, state: State
) -> Turn | None:
    """Return the turn of a wish about messages, or None if this is none."""
    if state.stage not in RESTING and not writing_first.wants_no_more(event, survey.language):
        return None
    if writing_first.is_stop(state, event):
        return _on_stop(visit, survey, state)
    offer = _offer_in(visit, chat, state) if state.stage in RESTING else None
    wanted = writing_first.wish_in(state, event, offer, survey.language)
    if wanted is None:
        _pass_by(visit, chat, offer)
        return None
    if offer is not None and wanted:
        _write_down(visit, chat, offer.about)
    else:
        _call_off(visit, chat, offer)
    said = writing_first.answer(state, offer, wanted=wanted)
    return Turn(state, (said_in(survey, said),))


def _on_stop(visit: Visit, survey: Survey, state: State) -> Turn | None:
    """Stop at rest ends all that we would send first; whoever has finished is told so as ever."""
    chat_reminders.call_off(visit.session, visit.participant)
    had = timers_waiting.call_off(visit.session, visit.participant, now=visit.now)
    if not had or state.stage is Stage.FINISHED:
        return None
    return Turn(state, (said_in(survey, writing_first.answer(state, None, wanted=False)),))


def _offer_in(visit: Visit, chat: Chat, state: State) -> Offer | None:
    """Return what this person was asked, if they were."""
    about = writing_first.may_be_asked(state)
    wish = visit.session.get(ChatWish, (chat.id, about.value)) if about is not None else None
    if about is None or wish is None:
        return None
    is_asked = wish.wanted is None and wish.step == state.step
    return Offer(about, waits_here=_waits_here(visit), is_asked=is_asked)


def _pass_by(visit: Visit, chat: Chat, offer: Offer | None) -> None:
    """Something else was said, such as help: a plain yes or a number answers that from now on."""
    if offer is not None and offer.is_asked:
        visit.session.get_one(ChatWish, (chat.id, offer.about.value)).step = _PASSED


def _write_down(visit: Visit, chat: Chat, about: About) -> None:
    wish = visit.session.get_one(ChatWish, (chat.id, about.value))
    wish.wanted, wish.answered_at, wish.step = True, visit.now, chat.state["step"]
    timers_waiting.bring_back(visit.session, chat, about, now=visit.now)
    timer_layout.lay_out(visit.session, visit.settings, chat.id)


def _call_off(visit: Visit, chat: Chat, offer: Offer | None) -> None:
    timers_waiting.call_off(visit.session, visit.participant, now=visit.now)
    key = (chat.id, offer.about.value) if offer is not None else None
    wish = visit.session.get(ChatWish, key) if key is not None else None
    if wish is not None:
        wish.wanted, wish.answered_at = False, visit.now


def _at_rest(visit: Visit, chat: Chat, survey: Survey, turn: Turn) -> Turn:
    """Ask somebody who has just come to rest, once; whoever said yes before is waited for here."""
    about = writing_first.may_be_asked(turn.state)
    if about is None:
        return turn
    step, session = turn.state.step, visit.session
    write_changes(session)
    is_there = _ANY.rows(session, {"chat": chat.id, "about": about.value})
    wish = session.get(ChatWish, (chat.id, about.value)) if is_there else None
    if wish is not None:
        if wish.wanted:
            _wait_at(session, wish, step)
        return turn
    if not turn.messages or not timer_layout.may_come(
        session, visit.settings, chat, about, now=visit.now
    ):
        return turn
    session.add(ChatWish(chat_id=chat.id, about=about.value, step=step, asked_at=visit.now))
    offer = Offer(about, waits_here=_waits_here(visit))
    *before, last = turn.messages
    asked = writing_first.question(turn.state, offer, last.rows)
    # One message alone has buttons: by text a number must mean one thing.
    said = (*before, last._replace(rows=()), said_in(survey, asked))
    return turn._replace(messages=said)


def _with_chance(visit: Visit, chat: Chat, survey: Survey, turn: Turn) -> Turn:
    """Tell somebody who has begun how to be asked, so that who breaks off had the chance; once."""
    finishing = About.FINISHING
    if not timer_layout.may_come(visit.session, visit.settings, chat, finishing, now=visit.now):
        return turn
    chance = writing_first.on_breaks(by_text=visit.participant.channel is Channel.SMS)
    *before, last = turn.messages
    return turn._replace(messages=(*before, said_in(survey, chance), last))


def _wait_at(session: Session, wish: ChatWish, step: int) -> None:
    """Let what was asked for find its person where they have stopped now."""
    wish.step = step
    waiting = (ChatTimer.chat_id == wish.chat_id, ChatTimer.fired_at.is_(None))
    session.execute(update(ChatTimer).where(*waiting).values(step=step))


def _with_name(visit: Visit, chat: Chat, survey: Survey, turn: Turn) -> Turn:
    """Say before anything else that a name stands with the reply."""
    chat_invitations.note_told(visit.session, visit.settings, chat)
    said = said_in(survey, Message(writing_first.WITH_YOUR_NAME))
    return turn._replace(messages=(said, *turn.messages))


def _clear_written(session: Session, participant: Participant) -> None:
    """Take away what a timer wrote and its person needs no more, having gone on by themselves.

    That is what still waits to be sent, and what was left on the page of a web chat.
    """
    timers_waiting.withdraw(session, participant, why=TimerOutcome.MOVED_ON)
    if participant.channel is Channel.WEB_CHAT:
        session.execute(
            delete(Delivery).where(
                Delivery.participant_id == participant.id,
                Delivery.kind == DeliveryKind.BROADCAST,
                Delivery.reference.startswith(timers_waiting.WRITTEN_BY),
            )
        )


def _waits_here(visit: Visit) -> bool:
    return visit.participant.channel is Channel.WEB_CHAT
