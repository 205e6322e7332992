"""Themes: people here rename, merge, hide and sign off what the analysis found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.questions import AnyQuestion, FreeText
from voice.errors import ChangedMeanwhileError, NotFoundError, VoiceError
from voice.models import Consultation, Job, Officer, Theme, ThemeStatus
from voice.reports import percentages
from voice.services import audit, jobs, officers
from voice.services.consultations import current_survey

MAX_LABEL_CHARS = 120


class ThemesInUseError(VoiceError):
    """Somebody has worked on the themes of this question, so they are not found anew."""


class ThemeRefusedError(VoiceError):
    """The theme cannot be changed like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changes a theme, and the edition that they saw when they decided to."""

    officer: Officer
    edition: int
    now: datetime


def free_text_questions(consultation: Consultation) -> tuple[AnyQuestion, ...]:
    """Return the questions in whose answers themes may be found."""
    questions = current_survey(consultation).questions
    return tuple(each for each in questions if isinstance(each, FreeText))


def get_question(consultation: Consultation, code: str) -> AnyQuestion:
    """Return the free-text question with this code.

    Raises:
        NotFoundError: if the consultation asks none.
    """
    for question in free_text_questions(consultation):
        if question.code == code:
            return question
    raise NotFoundError("question")


def get_theme(session: Session, officer: Officer, theme_id: UUID) -> tuple[Theme, Consultation]:
    """Return a theme and its consultation.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFoundError("theme")
    consultation = session.get_one(Consultation, theme.consultation_id)
    officers.check_may_open(session, officer, consultation)
    return theme, consultation


def themes_of(session: Session, consultation: Consultation, code: str) -> Sequence[Theme]:
    """Return every theme of a question, merged and hidden ones too, as the analysis placed them."""
    found = select(Theme).where(Theme.consultation_id == consultation.id, Theme.question == code)
    return session.scalars(found.order_by(Theme.place, Theme.key)).all()


def is_worked_on(theme: Theme) -> bool:
    """Return whether a person has changed this theme or signed it off."""
    return (
        theme.status is not ThemeStatus.FOUND
        or theme.merged_into_id is not None
        or theme.label != theme.found_label
    )


def subject_of(consultation: Consultation, code: str) -> str:
    """Return how a job names a question of a consultation."""
    return f"{consultation.slug}/{code}"


def find_job(session: Session, consultation: Consultation, code: str) -> Job | None:
    """Return the newest analysis of this question that was asked for, or None."""
    return jobs.find_latest(session, jobs.ANALYSE, subject_of(consultation, code))


def ask_for_analysis(
    session: Session, consultation: Consultation, code: str, officer: Officer, *, now: datetime
) -> Job:
    """Ask a worker to find the themes of a question anew; what waits already is not asked twice.

    Raises:
        NotAllowedError: if the officer may only read.
        ThemesInUseError: if somebody has worked on them.
    """
    officers.check_may_change(officer)
    get_question(consultation, code)
    if any(is_worked_on(theme) for theme in themes_of(session, consultation, code)):
        raise ThemesInUseError(code)
    subject = subject_of(consultation, code)
    audit.record(session, officer, "themes asked for", subject, now=now)
    return jobs.enqueue(session, jobs.ANALYSE, subject, now=now)


def rename(session: Session, theme_id: UUID, label: str, *, edit: Edit) -> Theme:
    """Call a theme by another name; a sign-off is taken back with it.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: "label" if the name is empty or too long, "bare" if it holds a percentage
            with no number of people, "unrated" with no response rate (E15).
    """
    theme = _take_up(session, theme_id, edit)
    label = " ".join(label.split())
    if not label or len(label) > MAX_LABEL_CHARS:
        raise ThemeRefusedError("label")
    if fault := percentages.fault_in(label):
        raise ThemeRefusedError(fault[1])
    if label == theme.label:
        return theme

    def change() -> None:
        theme.label = label
        _take_back_sign_off(theme)

    return _change(session, theme, edit, "theme renamed", change)


def merge(session: Session, theme_id: UUID, into_id: UUID, *, edit: Edit) -> Theme:
    """Count a theme and everybody who raised it under another one; it can be undone.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: if the other is of another question, hidden, or part of this one.
    """
    theme = _take_up(session, theme_id, edit)
    into, _ = get_theme(session, edit.officer, into_id)
    is_same_question = (into.consultation_id, into.question) == (
        theme.consultation_id,
        theme.question,
    )
    if not is_same_question or into.status is ThemeStatus.HIDDEN:
        raise ThemeRefusedError("into")
    if theme.id in _chain(session, into):
        raise ThemeRefusedError("into")

    def change() -> None:
        theme.merged_into_id = into.id
        theme.status = ThemeStatus.FOUND
        _take_back_sign_off(theme)
        _take_back_sign_off(into)

    return _change(session, theme, edit, "theme merged", change)


def unmerge(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Let a merged theme stand alone again.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = _take_up(session, theme_id, edit)

    def change() -> None:
        if theme.merged_into_id is not None:
            _take_back_sign_off(session.get_one(Theme, theme.merged_into_id))
        theme.merged_into_id = None

    return _change(session, theme, edit, "theme merge undone", change)


def hide(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Leave a theme out of every report; it can be undone.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = _take_up(session, theme_id, edit)

    def change() -> None:
        _take_back_sign_off(theme)
        theme.status = ThemeStatus.HIDDEN

    return _change(session, theme, edit, "theme hidden", change)


def show_again(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Bring a hidden theme, or one signed off, back to as it was found, its name kept.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = _take_up(session, theme_id, edit)

    def change() -> None:
        theme.status = ThemeStatus.FOUND
        _take_back_sign_off(theme)

    return _change(session, theme, edit, "theme back to found", change)


def sign_off(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Say that a person has read what is behind the theme and stands by it.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: if it is hidden or merged into another.
    """
    theme = _take_up(session, theme_id, edit)
    if theme.merged_into_id is not None or theme.status is ThemeStatus.HIDDEN:
        raise ThemeRefusedError("status")

    def change() -> None:
        theme.status = ThemeStatus.SIGNED_OFF
        theme.signed_off_at = edit.now
        theme.signed_off_by = edit.officer.id

    return _change(session, theme, edit, "theme signed off", change)


def _take_up(session: Session, theme_id: UUID, edit: Edit) -> Theme:
    """Return the theme, locked, if the officer may change it and has seen its latest edition."""
    officers.check_may_change(edit.officer)
    get_theme(session, edit.officer, theme_id)
    theme = session.get_one(Theme, theme_id, with_for_update=True, populate_existing=True)
    if theme.edition != edit.edition:
        raise ChangedMeanwhileError("theme")
    return theme


def _change(
    session: Session, theme: Theme, edit: Edit, action: str, change: Callable[[], None]
) -> Theme:
    change()
    session.flush()
    audit.record(session, edit.officer, action, theme.id, now=edit.now)
    return theme


def _take_back_sign_off(theme: Theme) -> None:
    if theme.status is ThemeStatus.SIGNED_OFF:
        theme.status = ThemeStatus.FOUND
    theme.signed_off_at = None
    theme.signed_off_by = None


def _chain(session: Session, theme: Theme) -> list[UUID]:
    """Return the theme and those it is merged into, one after the other."""
    chain = [theme.id]
    while theme.merged_into_id is not None and theme.merged_into_id not in chain:
        theme = session.get_one(Theme, theme.merged_into_id)
        chain.append(theme.id)
    return chain
