"""Themes: people here rename, describe, merge, hide and check what the analysis found."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.questions import AnyQuestion, FreeText
from voice.errors import ChangedMeanwhileError, NotFoundError, VoiceError
from voice.models import (
    Code,
    CodePurpose,
    Consultation,
    Job,
    Officer,
    Theme,
    ThemeAction,
    ThemeStatus,
)
from voice.reports import percentages
from voice.services import audit, jobs, officers, theme_answers, theme_log
from voice.services.consultations import current_survey
from voice.services.theme_keeping import Edit, keeping

MAX_LABEL_CHARS = 120
MAX_NOTE_CHARS = 1_000
MAX_KEYWORDS = 8
MAX_KEYWORD_CHARS = 200  # room for an example

_TO_CHECK = (ThemeStatus.FOUND, ThemeStatus.CHECKED)


class ThemesInUseError(VoiceError):
    """Somebody has worked on the themes of this question, so they are not found anew."""


class ThemeRefusedError(VoiceError):
    """The theme cannot be changed like this; the message says why."""


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
    if theme is None or theme.place < 0:
        raise NotFoundError("theme")
    wording = [selectinload(Consultation.versions)]  # once, and not at each question about it
    consultation = session.get_one(Consultation, theme.consultation_id, options=wording)
    officers.check_may_open(session, officer, consultation)
    return theme, consultation


def themes_of(session: Session, consultation: Consultation, code: str) -> Sequence[Theme]:
    """Return every theme of a question, merged and hidden ones too, as the analysis placed them."""
    found = select(Theme).where(
        Theme.consultation_id == consultation.id, Theme.question == code, Theme.place >= 0
    )
    return session.scalars(found.order_by(Theme.place, Theme.key)).all()


def is_worked_on(theme: Theme) -> bool:
    """Return whether a person has changed this theme or signed it off."""
    return (
        theme.status is not ThemeStatus.FOUND
        or theme.merged_into_id is not None
        or theme.label != theme.found_label
    )


def are_worked_on(session: Session, consultation: Consultation, code: str) -> bool:
    """Return whether a person has changed any theme of a question, or which answers raise it."""
    coded = select(Code.id).where(
        Code.consultation_id == consultation.id,
        Code.question == code,
        Code.purpose != CodePurpose.AUDIT,
        Code.taken_back_at.is_(None),
    )
    return (
        theme_log.find_latest(session, consultation.id, code) is not None
        or session.scalar(coded.limit(1)) is not None
        or any(is_worked_on(theme) for theme in themes_of(session, consultation, code))
    )


def subject_of(consultation: Consultation, code: str) -> str:
    """Return how a job names a question of a consultation."""
    return jobs.of_question(consultation.slug, code)


def find_job(session: Session, consultation: Consultation, code: str) -> Job | None:
    """Return the newest reading of all answers to this question that was asked for, or None."""
    subject = subject_of(consultation, code)
    asked = [jobs.find_latest(session, kind, subject) for kind in (jobs.ANALYSE, jobs.JOIN)]
    return max((job for job in asked if job is not None), key=lambda job: job.id, default=None)


def ask_for_analysis(
    session: Session, consultation: Consultation, code: str, officer: Officer, *, now: datetime
) -> Job:
    """Ask a worker to find the themes of a question anew; what waits already is not asked twice.

    Where somebody has worked on them, answers that came in since join them instead: nothing that
    was named is found anew.

    Raises:
        NotAllowedError: if the officer may only read.
    """
    officers.check_may_change(officer)
    get_question(consultation, code)
    subject = subject_of(consultation, code)
    is_named = are_worked_on(session, consultation, code)
    action = "new answers asked to join" if is_named else "themes asked for"
    audit.record(session, officer, action, subject, now=now)
    return jobs.enqueue(session, jobs.JOIN if is_named else jobs.ANALYSE, subject, now=now)


def rename(session: Session, theme_id: UUID, label: str, *, edit: Edit) -> Theme:
    """Call a theme by another name; a sign-off is taken back with it.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: as `read_label` and `check_own_words`, and "taken" if another theme has
            this name.
    """
    theme = take_up(session, theme_id, edit)
    typed, label = label, read_label(label)
    if label == theme.label:
        return theme
    check_own_words(session, (theme.consultation_id, theme.question), label=[typed])
    check_free(session, theme.consultation_id, theme.question, label)
    with keeping(session, edit, ThemeAction.RENAMED, theme.consultation_id, theme.question) as kept:
        kept.watch(theme)
        kept.before, kept.after = theme.label, label
        theme.label = label
        take_back_sign_off(theme)
    return theme


def describe(
    session: Session, theme_id: UUID, note: str, keywords: Sequence[str], *, edit: Edit
) -> Theme:
    """Say when a theme holds, and by which words or examples; a sign-off is taken back with it.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: as `read_note`, `read_keywords` and `check_own_words`.
    """
    theme = take_up(session, theme_id, edit)
    typed, note, words = note, read_note(note), read_keywords(keywords)
    if (note, words) == (theme.description, list(theme.words)):
        return theme
    place = (theme.consultation_id, theme.question)
    check_own_words(session, place, note=[typed], keywords=keywords)
    with keeping(
        session, edit, ThemeAction.DESCRIBED, theme.consultation_id, theme.question
    ) as kept:
        kept.watch(theme)
        kept.before = f"{theme.label}: {_described(theme.description, theme.words)}"
        kept.after = _described(note, words)
        theme.description, theme.words = note, words
        take_back_sign_off(theme)
    return theme


def merge(session: Session, theme_id: UUID, into_id: UUID, *, edit: Edit) -> Theme:
    """Count a theme and everybody who raised it under another one; it can be undone.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: if the other is of another question, hidden, or part of this one.
    """
    theme = take_up(session, theme_id, edit)
    into, _ = get_theme(session, edit.officer, into_id)
    is_same_question = (into.consultation_id, into.question) == (
        theme.consultation_id,
        theme.question,
    )
    if not is_same_question or into.status is ThemeStatus.HIDDEN:
        raise ThemeRefusedError("into")
    if theme.id in _chain(session, into):
        raise ThemeRefusedError("into")
    with keeping(session, edit, ThemeAction.MERGED, theme.consultation_id, theme.question) as kept:
        kept.watch(theme, into)
        kept.before, kept.after = theme.label, into.label
        theme.merged_into_id = into.id
        theme.status = ThemeStatus.FOUND
        take_back_sign_off(theme)
        take_back_sign_off(into)
    return theme


def unmerge(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Let a merged theme stand alone again.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = take_up(session, theme_id, edit)
    if theme.merged_into_id is None:
        return theme
    into = session.get_one(Theme, theme.merged_into_id)
    with keeping(
        session, edit, ThemeAction.UNMERGED, theme.consultation_id, theme.question
    ) as kept:
        kept.watch(theme, into)
        kept.before, kept.after = into.label, theme.label
        take_back_sign_off(into)
        theme.merged_into_id = None
    return theme


def hide(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Leave a theme out of every report; it can be undone.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = take_up(session, theme_id, edit)
    with keeping(session, edit, ThemeAction.HIDDEN, theme.consultation_id, theme.question) as kept:
        kept.watch(theme)
        kept.before = theme.label
        take_back_sign_off(theme)
        theme.status = ThemeStatus.HIDDEN
    return theme


def show_again(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Bring a theme that is hidden, checked or signed off back to as it was found, its name kept.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
    """
    theme = take_up(session, theme_id, edit)
    with keeping(session, edit, ThemeAction.BACK, theme.consultation_id, theme.question) as kept:
        kept.watch(theme)
        kept.before = theme.label
        theme.status = ThemeStatus.FOUND
        take_back_sign_off(theme)
    return theme


def check(session: Session, theme_id: UUID, *, edit: Edit) -> Theme:
    """Say that a person has read what is behind the theme; it counts once the list is signed off.

    Raises:
        NotAllowedError, NotFoundError, ChangedMeanwhileError: as every change of a theme.
        ThemeRefusedError: "status" if it is hidden, merged into another or signed off.
    """
    theme = take_up(session, theme_id, edit)
    if theme.merged_into_id is not None or theme.status not in _TO_CHECK:
        raise ThemeRefusedError("status")
    with keeping(session, edit, ThemeAction.CHECKED, theme.consultation_id, theme.question) as kept:
        kept.watch(theme)
        kept.before = theme.label
        theme.status = ThemeStatus.CHECKED
    return theme


def read_label(raw: str) -> str:
    """Return what an officer typed as a theme's name, who somebody is masked.

    Raises:
        ThemeRefusedError: "label" if the name is empty or too long, "bare" if it holds a percentage
            with no number of people, "unrated" with no response rate (E15).
    """
    label = theme_answers.masked(" ".join(raw.split()))
    if not label or len(label) > MAX_LABEL_CHARS:
        raise ThemeRefusedError("label")
    if fault := percentages.fault_in(label):
        raise ThemeRefusedError(fault[1])
    return label


def read_note(raw: str) -> str:
    """Return what an officer typed as a theme's note, who somebody is masked.

    Raises:
        ThemeRefusedError: "note" if it is too long.
    """
    note = theme_answers.masked(" ".join(raw.split()))
    if len(note) > MAX_NOTE_CHARS:
        raise ThemeRefusedError("note")
    return note


def read_keywords(raw: Sequence[str]) -> list[str]:
    """Return the keywords and examples that an officer typed, each once, none empty, masked.

    Raises:
        ThemeRefusedError: "keywords" if there are too many, or one is too long.
    """
    plain = (" ".join(each.split()) for each in raw)
    words = list(dict.fromkeys(theme_answers.masked(each) for each in plain if each))
    if len(words) > MAX_KEYWORDS or any(len(word) > MAX_KEYWORD_CHARS for word in words):
        raise ThemeRefusedError("keywords")
    return words


def check_own_words(session: Session, place: tuple[UUID, str], **typed: Sequence[str]) -> None:
    """Let an officer's own words through, by the box in which they are typed.

    `place` is the consultation's id and the question's code.

    Raises:
        ThemeRefusedError: "quote in" and the box, if they hold a quote of somebody's answer, which
            would outlive the answer.
    """
    if not any(
        theme_answers.is_long_enough_to_quote(each) for box in typed.values() for each in box
    ):
        return
    consultation = session.get_one(Consultation, place[0])
    written = theme_answers.every_words(session, consultation, place[1])
    for box, texts in typed.items():
        if theme_answers.holds_a_quote(texts, written):
            raise ThemeRefusedError(f"quote in {box}")


def check_free(session: Session, consultation_id: UUID, question: str, label: str) -> None:
    """Let a name through that no theme of the question on view has, whatever its case.

    Raises:
        ThemeRefusedError: "taken" if one has it.
    """
    named = select(Theme.label).where(
        Theme.consultation_id == consultation_id,
        Theme.question == question,
        Theme.merged_into_id.is_(None),
        Theme.status != ThemeStatus.HIDDEN,
    )
    if label.casefold() in {each.casefold() for each in session.scalars(named)}:
        raise ThemeRefusedError("taken")


def take_up(session: Session, theme_id: UUID, edit: Edit) -> Theme:
    """Return the theme, locked, if the officer may change it and has seen its latest edition.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if there is no such theme, or it is another team's.
        ChangedMeanwhileError: if it was changed since.
    """
    officers.check_may_change(edit.officer)
    get_theme(session, edit.officer, theme_id)
    theme = session.get_one(Theme, theme_id, with_for_update=True, populate_existing=True)
    if theme.edition != edit.edition:
        raise ChangedMeanwhileError("theme")
    return theme


def take_back_sign_off(theme: Theme) -> None:
    """Let a theme wait to be checked again; one that is hidden stays hidden."""
    if theme.status in (ThemeStatus.SIGNED_OFF, ThemeStatus.CHECKED):
        theme.status = ThemeStatus.FOUND
    theme.signed_off_at = None
    theme.signed_off_by = None


def _described(note: str, words: Sequence[str]) -> str:
    return f"{note} [{' | '.join(words)}]".strip()


def _chain(session: Session, theme: Theme) -> list[UUID]:
    """Return the theme and those it is merged into, one after the other."""
    chain = [theme.id]
    while theme.merged_into_id is not None and theme.merged_into_id not in chain:
        theme = session.get_one(Theme, theme.merged_into_id)
        chain.append(theme.id)
    return chain
