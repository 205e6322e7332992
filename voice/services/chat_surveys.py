"""The survey as it is asked in a chat, and the place where the chat is in it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from surveys.engine import Survey
from surveys.fitting import Setting
from surveys.turns import State
from voice.models import Chat, Response
from voice.services import consultations, responses
from voice.services.straight import Straight, write_changes

_TABLE = Chat.metadata.tables[Chat.__tablename__]
_TURNED = ("state", "changed_at", "consented_at", "wants_outcome")  # by a turn


def _changing(*names: str) -> Straight:
    """Return the statement that writes these columns of one chat."""
    given: dict[str, object] = {name: bindparam(f"new_{name}") for name in names}
    return Straight(update(_TABLE).where(_TABLE.c["id"] == bindparam("chat")).values(given))


_KEEP, _ANSWERED_IN = _changing(*_TURNED), _changing("response_id")
_RESPONDENT = Straight(
    select(Response.respondent)
    .join(Chat, Chat.response_id == Response.id)
    .where(
        Chat.participant_id == bindparam("participant"),
        Chat.consultation_id == bindparam("consultation"),
    )
    .limit(1)
)


def survey_in(chat: Chat) -> Survey:
    """Return the survey as it is asked in this chat."""
    if chat.response is not None:
        return responses.survey_for(chat.response)
    state = State.from_json(chat.state, {})
    return consultations.fitted(
        chat.version,
        Setting(
            channel=chat.participant.channel.value, variant=state.variant, language=state.language
        ),
    )


def state_of(chat: Chat) -> State:
    """Return where the chat is, with every answer kept so far."""
    answers = responses.answers_of(chat.response) if chat.response is not None else {}
    return State.from_json(chat.state, answers)


def note(chat: Chat, **changed: object) -> None:
    """Change what a turn changes of a chat; `keep_place`, at the turn's end, writes it down."""
    for name, value in changed.items():
        set_committed_value(chat, name, value)


def answer_in(session: Session, chat: Chat, response: Response) -> None:
    """Let the answers given in this chat go into a response that began just now.

    No later turn writes it again: the response may have been deleted meanwhile.
    """
    note(chat, response=response, response_id=response.id)
    _ANSWERED_IN.carry_out(session, {"chat": chat.id, "new_response_id": response.id})


def keep_place(session: Session, chat: Chat, state: State, *, now: datetime) -> None:
    """Write down where the chat is now, with all that was noted.

    Straight to the table: to work out what of an object has changed takes longer than all the rest
    of a turn.
    """
    note(chat, state=state.to_json(), changed_at=now)
    given = {f"new_{name}": getattr(chat, name) for name in _TURNED}
    _KEEP.carry_out(session, {"chat": chat.id, **given})


def earlier_respondent(session: Session, participant: UUID, consultation: UUID) -> str:
    """Return the pseudonym of an earlier response of theirs, which another one shares; or ""."""
    write_changes(session)
    both = {"participant": participant, "consultation": consultation}
    return next((who for (who,) in _RESPONDENT.rows(session, both)), "")
