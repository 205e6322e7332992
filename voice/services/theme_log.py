"""What officers changed about the themes of a question, and the list that they signed off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from voice.clock import day_in_words, moment_in_words
from voice.models import Consultation, SignedList, ThemeAction, ThemeChange
from voice.reports.csv_files import csv_file

THEN = "then"  # in what a change keeps: how its themes were before it was undone
_IN_WORDS = {
    ThemeAction.RENAMED: "Renamed",
    ThemeAction.DESCRIBED: "Described anew",
    ThemeAction.MERGED: "Merged",
    ThemeAction.UNMERGED: "Merge undone",
    ThemeAction.HIDDEN: "Hidden",
    ThemeAction.BACK: "Back to be checked",
    ThemeAction.CHECKED: "Checked",
    ThemeAction.ADDED: "Added by hand",
    ThemeAction.SPLIT: "Split",
    ThemeAction.MOVED: "Comments moved",
    ThemeAction.SIGNED_OFF: "List signed off",
    ThemeAction.FRAME: "Themes taken from a frame",
}


@dataclass(frozen=True, slots=True)
class Logged:
    """One change as the log shows it. `undone` says by whom and when, or nothing."""

    id: int
    at: str
    by: str
    what: str
    before: str
    after: str
    comments: int
    undone: str

    @property
    def words(self) -> str:
        """What was done, in one line."""
        moved = f"{self.comments} comment{'' if self.comments == 1 else 's'}: "
        change = " → ".join(f"“{each}”" for each in (self.before, self.after) if each)
        return f"{self.what}: {moved if self.comments else ''}{change}"


@dataclass(frozen=True, slots=True)
class Version:
    """The list that was signed off last. `is_changed` says that the themes stand otherwise now.

    `is_recounted` says that their people are counted otherwise: new answers, or corrections.
    """

    number: int
    signed_at: datetime
    by: str
    is_changed: bool
    is_recounted: bool = False

    @property
    def is_as_signed(self) -> bool:
        """Whether names and counts stand as they were signed off."""
        return not self.is_changed and not self.is_recounted

    @property
    def words(self) -> str:
        """The version, who signed it off and when, and whether it was changed since."""
        signed = f"Version {self.number}, signed off by {self.by} on {day_in_words(self.signed_at)}"
        since = f"since version {self.number} was signed off"
        if self.is_recounted:
            signed = f"{signed}. Counts have changed {since}"
        return f"{signed}. Changed {since}" if self.is_changed else signed


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of a list now: its base, and by key those who raise a theme, and first."""

    base: int
    people: Mapping[str, tuple[int, int]]


def find_latest(session: Session, consultation_id: UUID, question: str) -> ThemeChange | None:
    """Return the newest change that stands, or None."""
    standing = _changes_of(consultation_id, question).where(ThemeChange.undone_at.is_(None))
    return session.scalars(standing.order_by(ThemeChange.id.desc()).limit(1)).first()


def find_redoable(session: Session, consultation_id: UUID, question: str) -> ThemeChange | None:
    """Return the change that was undone last and can be made again, or None.

    A new change ends that: what was undone before it stays undone.
    """
    undone = _changes_of(consultation_id, question).where(ThemeChange.undone_at.is_not(None))
    rows = session.scalars(undone.order_by(ThemeChange.id))
    return next((each for each in rows if THEN in each.was), None)


def list_touched(session: Session, consultation_id: UUID, question: str) -> set[UUID]:
    """Return the themes of every change that stands or can be made again."""
    rows = session.scalars(_changes_of(consultation_id, question))
    alive = (each for each in rows if each.undone_at is None or THEN in each.was)
    return {UUID(key) for each in alive for key in each.was["themes"]}


def list_changes(session: Session, consultation: Consultation, question: str) -> tuple[Logged, ...]:
    """Return the changes of the themes of a question, the newest first, undone ones too."""
    newest = _changes_of(consultation.id, question).order_by(ThemeChange.id.desc())
    return tuple(in_words(each) for each in session.scalars(newest))


def find_newest(session: Session, consultation: Consultation, question: str) -> Logged | None:
    """Return the newest change that stands, which can be undone next, or None."""
    change = find_latest(session, consultation.id, question)
    return in_words(change) if change is not None else None


def find_undone(session: Session, consultation: Consultation, question: str) -> Logged | None:
    """Return the change that can be made again next, or None."""
    change = find_redoable(session, consultation.id, question)
    return in_words(change) if change is not None else None


def changes_file(session: Session, consultation: Consultation, question: str) -> bytes:
    """Return the whole log as CSV, the earliest change first."""
    rows = (
        (each.id, each.at, each.by, each.what, each.before, each.after, each.comments, each.undone)
        for each in reversed(list_changes(session, consultation, question))
    )
    columns = ("number", "when", "who", "what", "before", "after", "comments moved", "undone")
    return csv_file(columns, rows)


def find_version(
    session: Session, consultation_id: UUID, question: str, *, counted: Counted | None = None
) -> Version | None:
    """Return the list that was signed off last and not taken back, or None.

    With its counts now, it says whether they are as they were signed off.
    """
    signed = find_signed(session, consultation_id, question)
    if signed is None:
        return None
    later = _changes_of(consultation_id, question).where(
        ThemeChange.id > signed.change_id,
        ThemeChange.undone_at.is_(None),
        ThemeChange.action != ThemeAction.CHECKED,
    )
    return Version(
        number=signed.number,
        signed_at=signed.signed_at,
        by=signed.officer.name,
        is_changed=session.scalars(later.limit(1)).first() is not None,
        is_recounted=counted is not None and _is_recounted(signed, counted),
    )


def _is_recounted(signed: SignedList, counted: Counted) -> bool:
    """Return whether a theme that is signed and still shown, or the base, is counted otherwise."""
    return counted.base != signed.base or any(
        counted.people.get(one["key"], (one["people"], one["first"]))
        != (one["people"], one["first"])
        for one in signed.themes["themes"]
    )


def find_signed(session: Session, consultation_id: UUID, question: str) -> SignedList | None:
    """Return the row of the list that was signed off last and not taken back, or None."""
    return session.scalars(
        select(SignedList)
        .where(
            SignedList.consultation_id == consultation_id,
            SignedList.question == question,
            SignedList.taken_back_at.is_(None),
        )
        .order_by(SignedList.number.desc())
        .limit(1)
    ).first()


def _changes_of(consultation_id: UUID, question: str) -> Select[ThemeChange]:
    return select(ThemeChange).where(
        ThemeChange.consultation_id == consultation_id, ThemeChange.question == question
    )


def in_words(change: ThemeChange) -> Logged:
    """Return a change as the log shows it."""
    undone = ""
    if change.undone_at is not None and change.undoer is not None:
        undone = f"{change.undoer.name}, {moment_in_words(change.undone_at)}"
    return Logged(
        id=change.id,
        at=moment_in_words(change.changed_at),
        by=change.officer.name,
        what=_IN_WORDS[change.action],
        before=change.before,
        after=change.after,
        comments=change.comments,
        undone=undone,
    )
