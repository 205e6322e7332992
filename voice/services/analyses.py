"""Analyses: read what people wrote to a question, find its themes, and keep them.

Loads the whole analysis, so only the worker and the commands may import this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.aliases import Aliases
from voice.analysis.comments import find_themes
from voice.analysis.content import has_content
from voice.analysis.findings import Comment, Report
from voice.analysis.findings import Theme as FoundTheme
from voice.analysis.tone import read_tone
from voice.analysis.words import split_units
from voice.database import Database
from voice.errors import NotFoundError
from voice.models import Analysis, Consultation, GatheringMention, Mention, Theme
from voice.services import (
    answer_notes,
    answer_vectors,
    concerns,
    consultations,
    gatherings,
    theme_answers,
    themes,
)
from voice.services.theme_answers import masked


@dataclass(frozen=True, slots=True)
class Gathered:
    """The words that may be analysed, as they were at `at`.

    `points` are the ids of those comments that were noted at gatherings: themes are found in them
    as well, and they are counted among nobody's answers.
    """

    comments: tuple[Comment, ...]
    at: datetime
    points: frozenset[str] = frozenset()


def analyse_question(
    database: Database, subject: str, now: datetime, *, aliases: Aliases | None = None
) -> Callable[[Session], None]:
    """Find the themes of the question that a job names; what is returned keeps them.

    `aliases` are the names of one thing, ours unless a council has its own too. No lock is held
    while the words are read, so that people can go on answering.

    Raises:
        NotFoundError: if there is no such question.
        ThemesInUseError: when they are kept, if somebody has worked on the themes meanwhile.
    """
    with database.reading() as session:
        named = named_by(session, subject)
        gathered = gather(session, *named, now=now)
        answer_vectors.recall(session, *named)
    report = find_themes(gathered.comments, aliases=aliases)

    def keep(session: Session) -> None:
        keep_report(session, *named_by(session, subject), gathered, report)

    return keep


def gather(session: Session, consultation: Consultation, code: str, *, now: datetime) -> Gathered:
    """Return the words that were sent in, count, and belong to no response with an alert.

    Those of a response with any other concern are counted, and no theme is named by them.

    Raises:
        NotFoundError: if there is no such question.
    """
    asked = themes.get_question(consultation, code).plain_text
    words = theme_answers.readable_words(session, consultation, code)
    worrying = concerns.responses_with_concerns(session, consultation)
    comments = tuple(
        Comment(str(one), text, asked, may_be_quoted=one not in worrying)
        for one, text in sorted(words.items())
    )
    noted = gatherings.readable_points(session, consultation, code)
    raised = gatherings.worrying_words(session, consultation, alerts_only=False)
    heard = tuple(
        Comment(
            str(one),
            point.words,
            asked,
            may_be_quoted=(point.gathering_id, point.words) not in raised,
        )
        for one, point in sorted(noted.items())
    )
    return Gathered(comments + heard, now, frozenset(each.id for each in heard))


def keep_report(
    session: Session, consultation: Consultation, code: str, gathered: Gathered, report: Report
) -> Analysis:
    """Keep what was found in place of what was found before.

    Raises:
        ThemesInUseError: if somebody has worked on the themes.
    """
    before = themes.themes_of(session, consultation, code)
    if themes.are_worked_on(session, consultation, code):
        raise themes.ThemesInUseError(code)
    for theme in before:
        session.delete(theme)
    analysis = latest_or_new(session, consultation, code)
    analysis.made_at = gathered.at
    analysis.model = report.model
    analysis.base = len(report.ranked.keys() - gathered.points)
    analysis.without_content = len(set(report.without_content) - gathered.points)
    analysis.unassigned = len(set(report.unassigned) - gathered.points)
    analysis.seconds, analysis.learnt_from = report.seconds, ""
    session.add(analysis)
    session.flush()
    still_here = theme_answers.readable_words(session, consultation, code)
    rows = [
        theme_row(consultation, code, found, place, set(still_here))
        for place, found in enumerate(report.themes)
    ]
    session.add_all(rows)
    session.flush()
    _keep_points(session, consultation, code, gathered, list(zip(rows, report.themes, strict=True)))
    keep_tones(session, consultation, code, gathered)
    answer_notes.keep(session, consultation, code, report.notes, among=still_here.keys())
    session.flush()
    return analysis


def theme_row(
    consultation: Consultation, code: str, found: FoundTheme, place: int, still_here: set[UUID]
) -> Theme:
    """Return a theme as it is stored; its own words are masked, for analysts read them too.

    Only answers that are `still_here` raise it.
    """
    label = masked(found.label)
    row = Theme(
        consultation_id=consultation.id,
        question=code,
        key=found.key,
        label=label,
        found_label=label,
        # An example is a quote: quotes are chosen as they are read, when all concerns are known.
        description=masked(found.description.partition("For example: ")[0].strip()),
        words=[masked(word) for word in found.words],
        place=place,
    )
    row.mentions = [
        Mention(
            response_id=UUID(mention.comment_id),
            strength=mention.strength,
            is_quote=mention.comment_id in found.quotes,
            tone=mention.tone.value if mention.tone else None,
        )
        for mention in found.mentions
        if UUID(mention.comment_id) in still_here
    ]
    return row


def _keep_points(
    session: Session,
    consultation: Consultation,
    code: str,
    gathered: Gathered,
    found: Sequence[tuple[Theme, FoundTheme]],
) -> None:
    """Write down which points of gatherings raise which theme, and that they were read."""
    noted = gatherings.readable_points(session, consultation, code)
    for one, point in noted.items():
        point.is_read = point.is_read or str(one) in gathered.points
    for row, theme in found:
        session.add_all(
            GatheringMention(
                theme_id=row.id, point_id=UUID(mention.comment_id), strength=mention.strength
            )
            for mention in theme.mentions
            if mention.comment_id in gathered.points and UUID(mention.comment_id) in noted
        )


def latest_or_new(session: Session, consultation: Consultation, code: str) -> Analysis:
    """Return the latest analysis of a question, or a new one that nobody has added yet."""
    earlier = select(Analysis).where(
        Analysis.consultation_id == consultation.id, Analysis.question == code
    )
    found = session.scalar(earlier)
    return found or Analysis(consultation_id=consultation.id, question=code)


def named_by(session: Session, subject: str) -> tuple[Consultation, str]:
    """Return the consultation and the question that a job names.

    Raises:
        NotFoundError: if there is no such consultation.
    """
    slug, _, code = subject.partition("/")
    return _get_consultation(session, slug), code


def keep_tones(session: Session, consultation: Consultation, code: str, gathered: Gathered) -> None:
    """Write down each answer's tone: "" when it says nothing; None means that nobody read it."""
    rows = theme_answers.answer_rows(session, consultation, code)
    for comment in gathered.comments:
        row = rows.get(UUID(comment.id))
        if row is not None and row.values == [comment.text]:
            speaks = has_content(comment.text)
            units = split_units(comment.text) if speaks else ()
            row.tone = read_tone(units, comment.question).value if speaks else ""


def _get_consultation(session: Session, slug: str) -> Consultation:
    consultation = consultations.find_by_slug(session, slug)
    if consultation is None:
        raise NotFoundError("consultation")
    return consultation
