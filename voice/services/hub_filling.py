"""Fill the hub: answers in people's own words, masked, as they arrive and as they change.

The worker's part. What a page shows is guarded once more as it is read; see `voice.services.hub`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    delete,
    exists,
    insert,
    or_,
    select,
    true,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voice import sealed
from voice.analysis.aliases import Aliases, own_aliases
from voice.analysis.searching import fold_words
from voice.clock import in_london
from voice.database import Database
from voice.models import AnswerRow, Concern, Consultation, HubEntry, HubSearch, Response
from voice.services.consultations import current_survey
from voice.services.results import counting_in
from voice.services.theme_answers import masked
from voice.services.themes import free_text_questions

AT_ONCE = 200  # answers masked between two writes, so that nobody waits long
UNNAMED_KEPT = timedelta(days=30)
_NO_VALUES = "[]"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One consultation as the hub reads it: its free-text questions, and how names are masked."""

    consultation: Consultation
    services: dict[str, str]  # question -> service
    name_as: str
    rules: str
    aliases: Aliases

    @classmethod
    def of(cls, consultation: Consultation, aliases: Aliases) -> "_Asked":
        survey = current_survey(consultation)
        services = {
            each.code: survey.service_of(each) for each in free_text_questions(consultation)
        }
        named = sha256(repr(sorted(aliases.also.items())).encode()).hexdigest()[:12]
        key = sealed.keys_in_use().current.id
        rules = f"{rules_now()}:{named}:{survey.name_as}:{key}"
        return cls(consultation, services, survey.name_as, rules, aliases)


def fill(
    database: Database, *, since: datetime | None, now: datetime, aliases: Aliases | None = None
) -> int:
    """Mask what is not in the hub as it stands now, and return how many answers that was.

    Only what was sent in `since` then; if None, everything that was sent in or changed, and then
    what counts no longer and old searches without a name are thrown away as well.
    """
    filled = 0
    with database.reading() as session:
        asked = [
            _Asked.of(each, aliases or own_aliases()) for each in _consultations(session, since)
        ]
    for one in asked:
        with database.reading() as session:
            found = _waiting(one).with_only_columns(AnswerRow.id).order_by(AnswerRow.id)
            recent = Response.submitted_at >= since if since else true()
            ids = session.scalars(found.where(recent)).all()
        filled += sum(_fill_some(database, one, some) for some in _batches(ids))
    if since is None:
        with database.writing() as session:
            _tidy(session, [one.consultation for one in asked], now=now)
    return filled


@cache
def rules_now() -> str:
    """Return a short name of the masking and folding rules: another one when they change."""
    rules = sha256()
    room = files("voice.analysis")
    for found in (room / "identity", room / "searching.py"):
        for text in _texts(found):
            rules.update(text)
    return rules.hexdigest()[:12]


def _texts(found: Traversable) -> Iterator[bytes]:
    if found.is_dir():
        for each in sorted(found.iterdir(), key=lambda one: one.name):
            if each.name != "__pycache__":
                yield from _texts(each)
    else:
        yield found.read_bytes()


def _consultations(session: Session, since: datetime | None) -> Sequence[Consultation]:
    found = select(Consultation).order_by(Consultation.slug)
    if since is not None:
        recent = select(Response.consultation_id).where(Response.submitted_at >= since)
        found = found.where(Consultation.id.in_(recent))
    return session.scalars(found).all()


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _fill_some(database: Database, one: _Asked, ids: Sequence[UUID]) -> int:
    """Mask some of what waits, holding no lock meanwhile; return how many are kept."""
    with database.reading() as session:
        waiting = session.execute(_waiting(one).where(AnswerRow.id.in_(ids))).all()
        made = {answer.id: _entry(one, answer, response) for answer, response in waiting}
    try:
        with database.writing() as session:
            return _keep(session, one, made)
    except IntegrityError:  # somebody deleted an answer meanwhile: the next look does the others
        return 0


def _keep(session: Session, one: _Asked, made: dict[UUID, dict[str, object]]) -> int:
    """Keep those entries whose answer is still as it was read."""
    still = session.execute(_waiting(one).where(AnswerRow.id.in_(made))).all()
    kept = [made[answer.id] for answer, _ in still
            if answer.answered_at == made[answer.id]["answered_at"]]  # fmt: skip
    session.execute(delete(HubEntry).where(HubEntry.answer_id.in_(made)))
    if kept:
        session.execute(insert(HubEntry), kept)
    return len(kept)


def _waiting(one: _Asked) -> Select[AnswerRow, Response]:
    """Return the answers in words that the hub lacks, or holds as they were or were masked once."""
    return (
        select(AnswerRow, Response)
        .join(Response, Response.id == AnswerRow.response_id)
        .outerjoin(HubEntry, HubEntry.answer_id == AnswerRow.id)
        .where(
            _may_stand(one.consultation),
            AnswerRow.question.in_(one.services),
            cast(AnswerRow.values, String) != _NO_VALUES,
            or_(
                HubEntry.answer_id.is_(None),
                HubEntry.answered_at != AnswerRow.answered_at,
                HubEntry.rules != one.rules,
            ),
        )
    )


def _may_stand(consultation: Consultation) -> ColumnElement[bool]:
    return and_(
        counting_in(consultation),
        AnswerRow.is_on_path,
        ~exists().where(Concern.response_id == AnswerRow.response_id),
    )


def _entry(one: _Asked, answer: AnswerRow, response: Response) -> dict[str, object]:
    words = masked(answer.values[0].strip(), name_as=one.name_as)
    sent_at = response.submitted_at or answer.answered_at
    return {
        "answer_id": answer.id,
        "response_id": response.id,
        "consultation_id": response.consultation_id,
        "question": answer.question,
        "words": words,
        "folded": sealed.blind(fold_words(words, one.aliases)),
        "channel": response.channel,
        "said_on": in_london(sent_at).date(),
        "service": one.services[answer.question],
        "language": response.language,
        "answered_at": answer.answered_at,
        "rules": one.rules,
    }


def _tidy(session: Session, consultations: Sequence[Consultation], *, now: datetime) -> None:
    """Throw away what counts no more, and the searches that nobody kept."""
    for each in consultations:
        standing = (
            select(AnswerRow.id)
            .join(Response, Response.id == AnswerRow.response_id)
            .where(_may_stand(each))
        )
        of_it = HubEntry.consultation_id == each.id
        session.execute(delete(HubEntry).where(of_it, HubEntry.answer_id.not_in(standing)))
    old = HubSearch.made_at < now - UNNAMED_KEPT
    session.execute(delete(HubSearch).where(HubSearch.name == "", old))
