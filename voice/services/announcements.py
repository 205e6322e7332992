"""What everybody may read beside the questions: dates that moved, information, notices, results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, exists, select
from sqlalchemy.orm import Session

from voice.models import (
    ClosingChange,
    Consultation,
    Decision,
    InformationVersion,
    Notice,
    Outcome,
)
from voice.services.consultations import find_by_slug
from voice.services.information import Document, documents_in
from voice.services.outcomes import list_of_consultation

Row = TypeVar("Row", ClosingChange, InformationVersion, Notice, Decision)

# Every start page asks for these, so they are built once.
_IDS: BindParameter[UUID] = bindparam("ids", expanding=True)
_CHANGES = (
    select(ClosingChange)
    .where(ClosingChange.consultation_id.in_(_IDS))
    .order_by(ClosingChange.changed_at)
)
_NOTICES = (
    select(Notice)
    .where(Notice.consultation_id.in_(_IDS), Notice.withdrawn_at.is_(None))
    .order_by(Notice.published_at)
)
_DECISIONS = (
    select(Decision).where(Decision.consultation_id.in_(_IDS)).order_by(Decision.recorded_at)
)
_VERSIONS = (
    select(InformationVersion)
    .where(InformationVersion.consultation_id.in_(_IDS))
    .order_by(InformationVersion.number)
)

# Of most consultations nothing was announced yet, which one statement tells in place of three.
_IS_ANY = select(
    exists().where(ClosingChange.consultation_id.in_(_IDS)),
    exists().where(Notice.consultation_id.in_(_IDS)),
    exists().where(Decision.consultation_id.in_(_IDS)),
)


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced about one consultation, each list from the first to the last."""

    changes: tuple[ClosingChange, ...] = ()
    information: tuple[InformationVersion, ...] = ()
    notices: tuple[Notice, ...] = ()
    decisions: tuple[Decision, ...] = ()
    results_at: datetime | None = None  # when its public results were last published

    @property
    def newest(self) -> InformationVersion | None:
        """The information as it stands now, or None."""
        return self.information[-1] if self.information else None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the newest information."""
        return documents_in(self.newest.documents) if self.newest is not None else ()

    @property
    def is_said(self) -> bool:
        """Whether anything at all is said, beside that there are results."""
        return bool(self.changes or self.information or self.notices or self.decisions)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to say of it on a page about many."""
        return bool(self.changes or self.notices or self.decisions or self.results_at)


@dataclass(frozen=True, slots=True)
class Previous:
    """The consultation before this one, and what came of it."""

    consultation: Consultation
    outcomes: tuple[Outcome, ...]


def announced(session: Session, consultations: Sequence[Consultation]) -> dict[UUID, Announced]:
    """Return what was announced of each of these, in as many statements as there are kinds."""
    of_all = {"ids": [each.id for each in consultations]}
    informed = {"ids": [each.id for each in consultations if each.information_number]}
    any_change, any_notice, any_decision = session.execute(_IS_ANY, of_all).one()
    by_change = _parted(session.scalars(_CHANGES, of_all)) if any_change else {}
    by_notice = _parted(session.scalars(_NOTICES, of_all)) if any_notice else {}
    by_decision = _parted(session.scalars(_DECISIONS, of_all)) if any_decision else {}
    by_version = _parted(session.scalars(_VERSIONS, informed)) if informed["ids"] else {}
    return {
        each.id: Announced(
            changes=tuple(by_change.get(each.id, ())),
            information=tuple(by_version.get(each.id, ())),
            notices=tuple(by_notice.get(each.id, ())),
            decisions=tuple(by_decision.get(each.id, ())),
            results_at=each.results_at,
        )
        for each in consultations
    }


def find_previous(session: Session, consultation: Consultation) -> Previous | None:
    """Return the consultation before this one, if an officer named it and its outcomes are out."""
    if not consultation.previous:
        return None
    found = find_by_slug(session, consultation.previous)
    if found is None or found.launched_at is None:
        return None
    return Previous(found, tuple(list_of_consultation(session, found)))


def _parted(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    parted: dict[UUID, list[Row]] = {}
    for row in rows:
        parted.setdefault(row.consultation_id, []).append(row)
    return parted
