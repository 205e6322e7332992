"""What an update needs is read before the store is locked for writing, and used if it still holds.

SQLite has one writer at a time. To find a chat and make objects of its rows takes longer than all
that is written, so everybody else would wait for it. So it is read before the lock is taken, and
one short question under the lock says whether anything of it has changed since.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, String, bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, contains_eager

from voice.config import Settings
from voice.models import Chat, Consultation, Inbound, Participant, Response
from voice.services import kept_answers, participants
from voice.services.chat_arrivals import Ahead, Arrival
from voice.services.chat_place import place_of
from voice.services.opened import version_of
from voice.services.straight import Part, Straight

_AHEAD = "who writes, and in which chat"  # in a session's notes
_MOST_KEPT = 64  # consultations and versions whose rows were read before

WHOLE = tuple(map(contains_eager, (Chat.consultation, Chat.version, Chat.response)))
_PARTICIPANTS, _CHATS, _CONSULTATIONS = Part(Participant), Part(Chat), Part(Consultation)
_RESPONSES = Part(Response)
_PARTS: tuple[Part[Any], ...] = (_PARTICIPANTS, _CHATS, _CONSULTATIONS, _RESPONSES)
_COLUMNS = tuple(column for part in _PARTS for column in part.columns)
_ENDS = [sum(len(each.columns) for each in _PARTS[: place + 1]) for place in range(len(_PARTS))]
_SLICES = [slice(end - len(part.columns), end) for part, end in zip(_PARTS, _ENDS, strict=True)]
_BOTH = Straight(
    select(*_COLUMNS)
    .join_from(Participant, Chat, Chat.id == Participant.current_chat_id)
    .join(Consultation, Consultation.id == Chat.consultation_id)
    .outerjoin(Response, Response.id == Chat.response_id)
    .where(
        Participant.channel == bindparam("channel"),
        Participant.address_hash == bindparam("address_hash"),
        Chat.ended_at.is_(None),
    )
)
# All that somebody else can change of what a turn reads. Answers change with `changed_at`.
_OF_PARTICIPANT = ("address_hash", "address_sealed", "blocked_at", "current_chat_id")
_OF_CHAT = ("changed_at", "consented_at", "ended_at", "link_id", "response_id", "wants_outcome")
_OF_CONSULTATION = ("opens_at", "closes_at", "launched_at", "information_number")
_TABLES = (Participant, _OF_PARTICIPANT), (Chat, _OF_CHAT), (Consultation, _OF_CONSULTATION)
_SEEN = [
    (table.metadata.tables[table.__tablename__].c[name], f"{table.__tablename__}_{name}")
    for table, names in _TABLES
    for name in names
]
_PLACES = [(_COLUMNS.index(column), name) for column, name in _SEEN]
_VERSION = [column.key for column in _CHATS.columns].index("survey_version_id")
_PARTICIPANT = _COLUMNS.index(Participant.metadata.tables["participant"].c["id"])
_INBOUND = Inbound.metadata.tables[Inbound.__tablename__]
_ROW = ("channel", "external_id", "received_at", "outcome")
_AS_IT_IS = String()  # SQLAlchemy changes nothing of such a value on its way
_CLAIM = Straight(
    insert(_INBOUND)
    .from_select(
        _ROW,
        select(*(bindparam(f"new_{name}", type_=_INBOUND.c[name].type) for name in _ROW))
        .select_from(Participant)
        .join(Chat, Chat.id == Participant.current_chat_id)
        .join(Consultation, Consultation.id == Chat.consultation_id)
        .where(Participant.id == bindparam("participant", type_=_AS_IT_IS))
        .where(
            *(
                column.is_not_distinct_from(bindparam(seen, type_=_AS_IT_IS))
                for column, seen in _SEEN
            )
        ),
    )
    .on_conflict_do_nothing()
    .returning(_INBOUND.c["external_id"])
)
# What a row that never or seldom changes was made into, by the row itself.
_read_before: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {}


def look(session: Session, arrival: Arrival, settings: Settings) -> None:
    """Read who writes, the chat that they are in and every answer of theirs; nothing is locked.

    The turn is pure, so it is taken as well. Only where one writes at a time, which is SQLite.
    """
    hashed = participants.hash_address(settings.secret_key, arrival.channel, arrival.address)
    found = _BOTH.raw_rows(session, {"channel": arrival.channel, "address_hash": hashed})
    if found:
        row = found[0]
        participant, chat = _put(session, row)
        place = place_of(session, chat, settings, arrival.channel).after(arrival.event)
        seen = {name: row[at] for at, name in _PLACES}
        seen["participant"] = row[_PARTICIPANT]
        session.info[_AHEAD] = Ahead(participant, chat, place, seen)


def _put(session: Session, row: Any) -> tuple[Participant, Chat]:
    """Put what was read into the session, each object with those that it belongs to."""
    dialect = session.get_bind().dialect
    own, talk, about, said = (tuple(row[each]) for each in _SLICES)
    person = _PARTICIPANTS.put(session, _PARTICIPANTS.values(own, dialect))
    asked = _CONSULTATIONS.put(session, _read_once(_CONSULTATIONS, about, dialect))
    spoken = _CHATS.values(talk, dialect)
    version = version_of(session, spoken[_VERSION])
    given = None
    if said[0] is not None:
        values = _RESPONSES.values(said, dialect)
        given = _RESPONSES.put(session, values, consultation=asked, version=version)
    chat = _CHATS.put(
        session,
        spoken,
        participant=person,
        consultation=asked,
        version=version,
        response=given,
    )
    return person, chat


def _read_once(part: Part[Any], raw: tuple[Any, ...], dialect: Dialect) -> tuple[Any, ...]:
    """Return the values of a row, as they were made before if it is still the very same."""
    before = _read_before.get(raw[0])
    if before is not None and before[0] == raw:
        return before[1]
    if len(_read_before) >= _MOST_KEPT:
        _read_before.clear()
    values = part.values(raw, dialect)
    _read_before[raw[0]] = (raw, values)
    return values


def take(session: Session, arrival: Arrival, *, now: datetime) -> Ahead | None:
    """Claim the update and return what `look` read, if nothing of it has changed since.

    From now on nobody else can write. None: nothing was read, it holds no more and must be read
    again, or the update was taken in before; then it is not claimed.
    """
    ahead: Ahead | None = session.info.pop(_AHEAD, None)
    if ahead is None or _claims(session, ahead, arrival, now=now):
        return ahead
    session.expire_all()
    kept_answers.let_go(session)
    return None


def _claims(session: Session, ahead: Ahead, arrival: Arrival, *, now: datetime) -> bool:
    """Claim the update in one statement with the question whether everything still holds."""
    row = {
        "new_channel": arrival.channel,
        "new_external_id": arrival.external_id,
        "new_received_at": now,
        "new_outcome": participants.TAKEN,
    }
    return bool(_CLAIM.raw_rows(session, {**ahead.seen, **row}))
