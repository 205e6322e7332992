"""Drafts: begin one, change it without losing a word, and say who read which warning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers import storable
from surveys.checks import Finding, Severity, check_survey
from surveys.drafting.reading import Reading, read_sketch
from surveys.drafting.sketch import Sketch
from surveys.drafting.words import in_desk_words
from surveys.engine import Survey
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import Consultation, Draft, Officer, Role
from voice.services import audit, officers

UNTITLED = "No title yet"
_MARK_CHARS = 16


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """Who changes a draft, and the edition that they saw when they decided to."""

    officer: Officer
    edition: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding about a draft, and whether somebody has read it and lets it stand."""

    finding: Finding
    mark: str
    is_read: bool

    @property
    def words(self) -> str:
        """What is wrong and its cure, in the words of the author's desk."""
        told = in_desk_words(self.finding.message)
        return told[:1].upper() + told[1:]

    @property
    def stops_opening(self) -> bool:
        """Whether it has to be mended before anybody is asked."""
        return self.finding.severity is Severity.MUST


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft read as an experienced colleague would."""

    reading: Reading
    notes: tuple[Noted, ...]

    @property
    def is_ready(self) -> bool:
        """Whether it may be asked: sound, nothing to mend, and every warning read."""
        return self.reading.is_sound and all(
            note.is_read and not note.stops_opening for note in self.notes
        )

    @property
    def unread(self) -> tuple[Noted, ...]:
        """The warnings that nobody has read yet."""
        return tuple(each for each in self.notes if not each.stops_opening and not each.is_read)

    @property
    def survey(self) -> Survey:
        """The survey that may be asked.

        Raises:
            ValueError: if the draft is not sound yet.
        """
        if self.reading.survey is None or not self.reading.is_sound:
            raise ValueError("draft is not sound")
        return self.reading.survey


def list_drafts(session: Session, officer: Officer) -> Sequence[Draft]:
    """Return the drafts of the officer's team (every team's for an admin), newest first."""
    found = select(Draft).order_by(Draft.updated_at.desc(), Draft.id)
    if officer.role is not Role.ADMIN:
        found = found.where(Draft.team == officer.team)
    return session.scalars(found).all()


def get_draft(session: Session, officer: Officer, draft_id: UUID, *, lock: bool = False) -> Draft:
    """Return a draft of the officer's team.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    draft = session.get(Draft, draft_id, with_for_update=lock)
    if draft is None:
        raise NotFoundError("draft")
    officers.check_team(officer, draft.team)
    if draft.for_consultation_id is not None:
        consultation = session.get_one(Consultation, draft.for_consultation_id)
        officers.check_may_open(session, officer, consultation)
    return draft


def start_draft(session: Session, sketch: Sketch, officer: Officer, *, now: datetime) -> Draft:
    """Begin a draft for the officer's team."""
    return _start(session, Draft(team=officer.team), sketch, officer, now=now)


def find_draft_of(session: Session, consultation: Consultation) -> Draft | None:
    """Return the draft of this consultation's next wording that is being written, or None."""
    return session.scalars(
        select(Draft)
        .where(
            Draft.for_consultation_id == consultation.id,
            Draft.published_at.is_(None),
            Draft.put_away_at.is_(None),
        )
        .order_by(Draft.made_at)
    ).first()


def start_next_wording(
    session: Session, consultation: Consultation, sketch: Sketch, officer: Officer, *, now: datetime
) -> Draft:
    """Begin the next wording of a survey that is being asked, or go on with one begun before."""
    begun = find_draft_of(session, consultation)
    if begun is not None:
        return begun
    draft = Draft(
        team=consultation.team,
        for_consultation_id=consultation.id,
        from_version=consultation.versions[-1].number,
    )
    return _start(session, draft, sketch, officer, now=now)


def _start(
    session: Session, draft: Draft, sketch: Sketch, officer: Officer, *, now: datetime
) -> Draft:
    draft.title = storable(sketch.title) or UNTITLED
    draft.sketch = storable(sketch.to_json())
    draft.made_by_id = officer.id
    draft.made_at = draft.updated_at = now
    draft.read_warnings = []
    session.add(draft)
    session.flush()
    audit.record(session, officer, "draft begun", draft.id, now=now)
    return draft


def sketch_in(draft: Draft) -> Sketch:
    """Return what the author has typed so far."""
    return Sketch.from_json(draft.sketch)


def change_draft(
    session: Session, draft_id: UUID, change: Callable[[Sketch], Sketch], *, edit: DraftEdit
) -> Draft:
    """Keep a change of a draft, sound or not.

    Raises:
        NotFoundError: if there is no such draft, or `change` looks for a question that is gone.
        ChangedMeanwhileError: if somebody else changed it since, or it was published.
    """
    draft = get_draft(session, edit.officer, draft_id, lock=True)
    if draft.edition != edit.edition or draft.published_at is not None:
        raise ChangedMeanwhileError("draft")
    try:
        sketch = change(sketch_in(draft))
    except KeyError as error:
        raise NotFoundError("question") from error
    draft.sketch = storable(sketch.to_json())
    draft.title = storable(sketch.title) or UNTITLED
    draft.edition += 1
    draft.updated_at = edit.now
    session.flush()
    return draft


def put_away(session: Session, draft: Draft, officer: Officer, *, now: datetime) -> None:
    """Take a draft off the desk; it can be taken up again."""
    draft.put_away_at = now
    audit.record(session, officer, "draft put away", draft.id, now=now)


def take_up(session: Session, draft: Draft, officer: Officer, *, now: datetime) -> None:
    """Put a draft back on the desk."""
    draft.put_away_at = None
    audit.record(session, officer, "draft taken up", draft.id, now=now)


def check_draft(draft: Draft) -> Checked:
    """Return what is wrong with a draft, what must be mended first."""
    reading = read_sketch(sketch_in(draft))
    findings = check_survey(reading.survey) if reading.survey is not None else ()
    marked = ((finding, mark_of(finding)) for finding in findings)
    return Checked(
        reading,
        tuple(Noted(finding, mark, mark in draft.read_warnings) for finding, mark in marked),
    )


def mark_of(finding: Finding) -> str:
    """Return what a finding is called in the records; another wording is another finding."""
    said = f"{finding.question}\x1f{finding.message}".encode()
    return sha256(said).hexdigest()[:_MARK_CHARS]


def note_read(
    session: Session, draft: Draft, marks: Sequence[str], officer: Officer, *, now: datetime
) -> None:
    """Write down that this officer has read these warnings and lets them stand."""
    wanted = {note.mark for note in check_draft(draft).unread} & set(marks)
    for mark in sorted(wanted):
        audit.record(session, officer, "warning read", f"{draft.id} {mark}", now=now)
    draft.read_warnings = [*draft.read_warnings, *sorted(wanted)]
    session.flush()
