"""Which chat an update belongs to: by its link, by the menu, by what was said last."""

import hashlib
import secrets

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from surveys import wording
from surveys.turns import Button, Event, Message, Stage, Start, State, Tap, Text
from surveys.typed import plain
from voice.models import Channel, Chat, Consultation, Link, Participant
from voice.services import chat_invitations, consultations, links, participants
from voice.services.chat_ahead import WHOLE
from voice.services.chat_arrivals import Visit
from voice.services.chat_scenes import with_address
from voice.services.straight import Part, Straight, write_changes

PICK = "pick"  # the button of a consultation in the menu: pick.<a short hash of its slug>

# Every update of somebody in a chat reads it with all that its turn needs, so it is built once.
_WHOLE = (
    select(Chat)
    .join(Chat.consultation)
    .join(Chat.version)
    .outerjoin(Chat.response)
    .where(Chat.id == bindparam("chat"), Chat.ended_at.is_(None))
    .options(*WHOLE)
)
_NEW = Part(Chat)
_STATES = Straight(select(Chat.state).where(Chat.participant_id == bindparam("participant")))
_ABOUT = Straight(
    select(Chat.id).where(
        Chat.participant_id == bindparam("participant"),
        Chat.consultation_id == bindparam("consultation"),
        Chat.ended_at.is_(None),
    )
)


def find_chat(visit: Visit) -> Chat | Message:
    """Return the chat that this update belongs to, or what to say when there is none."""
    arrival, current = visit.arrival, _current_chat(visit)
    is_pick = isinstance(arrival.event, Tap) and arrival.event.token.startswith(f"{PICK}.")
    if current is not None and not (arrival.payload or is_pick or _begins_anew(visit, current)):
        return current
    open_now = consultations.list_open_to_choose(visit.session, now=visit.now)
    slug = arrival.payload or _picked(arrival.event, open_now)
    link = links.find_link(visit.session, arrival.payload) if arrival.payload else None
    wanted = consultations.find_by_slug(visit.session, slug) if slug else None
    wanted = link.consultation if link is not None and wanted is None else wanted
    if wanted is None and arrival.payload and (invited := _by_invitation(visit)) is not None:
        return invited
    if wanted is not None and wanted.has_begun(visit.now):
        return _remember_link(_chat_about(visit, wanted), link)
    if len(open_now) == 1:
        return _chat_about(visit, open_now[0])
    if not open_now:
        return current or Message(with_address(wording.NOTHING_OPEN, visit.settings))
    # So that a number typed next picks from the menu.
    participants.change(visit.session, visit.participant, current_chat_id=None)
    rows = tuple((Button(each.title, pick_of(each.slug)),) for each in open_now)
    return Message(wording.MENU, rows)


def _by_invitation(visit: Visit) -> Chat | Message | None:
    """Return the chat about what somebody was invited to by name, or None if they were not."""
    session, code = visit.session, visit.arrival.payload
    wanted = chat_invitations.consultation_of(session, code, now=visit.now)
    found = _chat_about(visit, wanted) if wanted is not None else None
    if isinstance(found, Chat):
        chat_invitations.enter(session, visit.settings, found, code, now=visit.now)
    return found


def _remember_link(found: Chat | Message, link: Link | None) -> Chat | Message:
    """Keep with a chat by which link it came, for the response that it will begin (K2)."""
    if link is not None and link.closed_at is None and isinstance(found, Chat):
        found.link_id = found.link_id if found.response_id is not None else link.id
    return found


def find_current(session: Session, channel: Channel, address_hash: str) -> Chat | None:
    """Return the chat that somebody's next words belong to, as it stands, or None."""
    return session.scalar(
        select(Chat)
        .join(Participant, Participant.current_chat_id == Chat.id)
        .where(Participant.channel == channel, Participant.address_hash == address_hash)
    )


def find_latest(session: Session, participant: Participant) -> Chat | None:
    """Return the chat that somebody was in last, whether it is over or not; or None."""
    return session.scalar(
        select(Chat)
        .where(Chat.participant_id == participant.id)
        .order_by(Chat.changed_at.desc(), Chat.started_at.desc())
        .limit(1)
    )


def _begins_anew(visit: Visit, current: Chat) -> bool:
    """Return whether somebody who has finished asks what else there is."""
    has_finished = current.state["stage"] == Stage.FINISHED.value
    return has_finished and isinstance(visit.arrival.event, Start)


def _picked(event: Event, open_now: list[Consultation]) -> str:
    """Return the slug that a button of the menu, or the number typed, stands for; else empty."""
    match event:
        case Tap(token=token) if token.startswith(f"{PICK}."):
            named = (each.slug for each in open_now if token == pick_of(each.slug))
            return next(named, "")
        case Text(text=text) if plain(text) in map(str, range(1, len(open_now) + 1)):
            return open_now[int(plain(text)) - 1].slug
        case Text(text=text):
            called = [each.slug for each in open_now if plain(each.title) == plain(text)]
            return called[0] if len(called) == 1 else ""
        case _:
            return ""


def picks_from_menu(visit: Visit) -> bool:
    """Return whether somebody typed nothing but a number, or the name of what they chose."""
    event = visit.arrival.event
    if not isinstance(event, Text):
        return False
    open_now = consultations.list_open(visit.session, now=visit.now)
    return plain(event.text).isdigit() or bool(_picked(event, open_now))


def pick_of(slug: str) -> str:
    """Return the token of a button that begins a chat about this consultation."""
    return f"{PICK}.{_short(slug)}"


def _short(slug: str) -> str:
    """Return a name for a slug that fits in a button of 64 bytes."""
    return hashlib.sha256(slug.encode()).hexdigest()[:12]


def _current_chat(visit: Visit) -> Chat | None:
    """Return the chat that they are in, with all that its turn needs, in one query at most."""
    if visit.ahead is not None:
        return visit.ahead.chat
    chat_id = visit.participant.current_chat_id
    if chat_id is None:
        return None
    return visit.session.scalar(_WHOLE, {"chat": chat_id})


def _chat_about(visit: Visit, consultation: Consultation) -> Chat | Message:
    about = {"participant": visit.participant.id, "consultation": consultation.id}
    write_changes(visit.session)
    known = _ABOUT.rows(visit.session, about)
    chat = visit.session.get(Chat, known[0][0]) if known else None
    if chat is None and not consultation.is_open(visit.now):
        return Message(with_address(wording.CLOSED, visit.settings))
    chat = chat or new_chat(visit, consultation)
    participants.change(visit.session, visit.participant, current_chat_id=chat.id)
    return chat


def new_chat(visit: Visit, consultation: Consultation) -> Chat:
    """Begin a conversation about `consultation` at its welcome, in today's wording."""
    version = consultations.current_version(consultation)
    state = State(
        session=secrets.token_hex(4),
        is_of_age=_has_said_of_age(visit),
        variant=visit.arrival.setting.variant,
        language=visit.arrival.setting.language,
    )
    return _NEW.add(
        visit.session,
        {
            "participant_id": visit.participant.id,
            "consultation_id": consultation.id,
            "survey_version_id": version.id,
            "state": state.to_json(),
            "started_at": visit.now,
            "changed_at": visit.now,
        },
        participant=visit.participant,
        consultation=consultation,
        version=version,
        response=None,
    )


def _has_said_of_age(visit: Visit) -> bool:
    """Return whether this person said in another chat of theirs that they are old enough."""
    states = _STATES.rows(visit.session, {"participant": visit.participant.id})
    return any(state.get("is_of_age") for (state,) in states)
