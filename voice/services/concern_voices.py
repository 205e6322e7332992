"""Concerns of one voice: what else the same person said, for the safeguarding role alone.

The link is the response, the chat or the enquiry that words came in by. It tells nobody's name.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from voice.models import Chat, Concern

_RANKS = {"immediate": 0, "high": 1}
_LEAST = 2


def rank_of(concern: Concern) -> int:
    """Return how urgent a concern is: 0 comes first."""
    return _RANKS.get(concern.urgency, _LEAST)


def said_with(session: Session, concerns: Iterable[Concern]) -> dict[UUID, list[Concern]]:
    """Return for each concern the others of the same voice, oldest first.

    Those below the alert tier are among them: beside an alert, they are words of the same person.
    """
    asked = list(concerns)
    voices = _voices(_reach(session, asked))
    return {
        each.id: sorted(
            (other for other in voices.get(each.id, ()) if other.id != each.id),
            key=lambda other: (other.raised_at, str(other.id)),
        )
        for each in asked
    }


def lead_cards(waiting: Sequence[Concern], beside: dict[UUID, list[Concern]]) -> list[Concern]:
    """Return one concern of each voice that waits, its most urgent and of these the oldest.

    Voices stand by their most urgent concern, and then by the oldest of all that wait.
    """
    waits = {each.id for each in waiting}
    ranked = sorted(waiting, key=lambda each: (rank_of(each), each.raised_at))
    leads, seen = [], set[UUID]()
    for each in ranked:
        if each.id in seen:
            continue
        group = [each, *(other for other in beside[each.id] if other.id in waits)]
        seen |= {other.id for other in group}
        leads.append((rank_of(each), min(other.raised_at for other in group), each))
    return [lead for _, _, lead in sorted(leads, key=lambda found: found[:2])]


def _reach(session: Session, concerns: Sequence[Concern]) -> tuple[list[Concern], dict[UUID, UUID]]:
    """Return all concerns of the same voices, and whose chat each response was given in."""
    found, chats = list(concerns), dict[UUID, UUID]()
    while True:
        responses = {each.response_id for each in found if each.response_id} | set(chats)
        people = {each.participant_id for each in found if each.participant_id}
        people |= set(chats.values())
        linked = select(Chat.response_id, Chat.participant_id).where(
            or_(Chat.response_id.in_(responses), Chat.participant_id.in_(people))
        )
        wider = {each: person for each, person in session.execute(linked) if each}
        reached = _said_by(session, found, responses | set(wider), people | set(wider.values()))
        if (len(reached), wider) == (len(found), chats):
            return reached, chats
        found, chats = reached, wider


def _said_by(
    session: Session, known: Sequence[Concern], responses: set[UUID], people: set[UUID]
) -> list[Concern]:
    """Return what is known already, and every concern of these responses, people and enquiries."""
    enquiries = {each.enquiry_id for each in known if each.enquiry_id}
    said = select(Concern).where(
        or_(
            Concern.response_id.in_(responses),
            Concern.participant_id.in_(people),
            Concern.enquiry_id.in_(enquiries),
        )
    )
    found = session.scalars(said.options(joinedload(Concern.consultation))).all()
    return list({each.id: each for each in (*known, *found)}.values())


def _voices(reached: tuple[list[Concern], dict[UUID, UUID]]) -> dict[UUID, list[Concern]]:
    """Return for each concern all those of its voice, itself among them."""
    concerns, chats = reached
    roots: dict[UUID, UUID] = {}

    def root(key: UUID) -> UUID:
        while roots.setdefault(key, key) != key:
            key = roots[key]
        return key

    ties = [
        [key for key in (one.response_id, one.participant_id, one.enquiry_id) if key]
        for one in concerns
    ]
    for first, *others in [*filter(None, ties), *map(list, chats.items())]:
        for other in others:
            roots[root(other)] = root(first)
    gathered = defaultdict[UUID, list[Concern]](list)
    tied = [(one, keys[0]) for one, keys in zip(concerns, ties, strict=True) if keys]
    for one, key in tied:
        gathered[root(key)].append(one)
    return {one.id: gathered[root(key)] for one, key in tied}
