"""Which chat an update belongs to: by its link, by the menu, by what was said last."""

import hashlib
import secrets

from sqlalchemy import select

from surveys import wording
from surveys.turns import Button, Event, Message, Stage, Start, State, Tap
from voice.models import Chat, Consultation
from voice.services import consultations
from voice.services.chat_arrivals import Visit
from voice.services.chat_scenes import with_address

PICK = "pick"  # the button of a consultation in the menu: pick.<a short hash of its slug>


def find_chat(visit: Visit) -> Chat | Message:
    """Return the chat that this update belongs to, or what to say when there is none."""
    open_now = consultations.list_open(visit.session, now=visit.now)
    slug = visit.arrival.payload or _picked(visit.arrival.event, open_now)
    wanted = consultations.find_by_slug(visit.session, slug) if slug else None
    if wanted is not None and wanted.has_begun(visit.now):
        return _chat_about(visit, wanted)
    current = _current_chat(visit)
    if current is not None and not _looks_for_more(visit.arrival.event, current, open_now):
        return current
    if len(open_now) == 1:
        return _chat_about(visit, open_now[0])
    if not open_now:
        return Message(with_address(wording.NOTHING_OPEN, visit.settings))
    rows = tuple((Button(each.title, f"{PICK}.{_short(each.slug)}"),) for each in open_now)
    return Message(wording.MENU, rows)


def _looks_for_more(event: Event, current: Chat, open_now: list[Consultation]) -> bool:
    """Return whether somebody who has finished one starts again while others are open."""
    has_finished = current.state["stage"] == Stage.FINISHED.value
    others = [each for each in open_now if each.id != current.consultation_id]
    return isinstance(event, Start) and has_finished and bool(others)


def _picked(event: Event, open_now: list[Consultation]) -> str:
    if not isinstance(event, Tap):
        return ""
    kind, _, short = event.token.partition(".")
    picked = (each.slug for each in open_now if _short(each.slug) == short)
    return next(picked, "") if kind == PICK else ""


def _short(slug: str) -> str:
    """Return a name for a slug that fits in a button of 64 bytes."""
    return hashlib.sha256(slug.encode()).hexdigest()[:12]


def _current_chat(visit: Visit) -> Chat | None:
    chat_id = visit.participant.current_chat_id
    chat = visit.session.get(Chat, chat_id) if chat_id is not None else None
    return chat if chat is not None and chat.ended_at is None else None


def _chat_about(visit: Visit, consultation: Consultation) -> Chat | Message:
    chat = visit.session.scalar(
        select(Chat).where(
            Chat.participant_id == visit.participant.id,
            Chat.consultation_id == consultation.id,
            Chat.ended_at.is_(None),
        )
    )
    if chat is None and not consultation.is_open(visit.now):
        return Message(with_address(wording.CLOSED, visit.settings))
    chat = chat or new_chat(visit, consultation)
    visit.participant.current_chat_id = chat.id
    return chat


def new_chat(visit: Visit, consultation: Consultation) -> Chat:
    """Begin a conversation about `consultation` at its welcome, in today's wording."""
    chat = Chat(
        participant=visit.participant,
        consultation=consultation,
        version=consultations.current_version(consultation),
        state=State(session=secrets.token_hex(4)).to_json(),
        started_at=visit.now,
        changed_at=visit.now,
    )
    visit.session.add(chat)
    visit.session.flush()
    return chat
