"""The results of a consultation as a folder of files that a meeting can work from."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import moment_in_words
from voice.models import Consultation, InformationVersion
from voice.reports.cross_table import CrossTable
from voice.reports.csv_files import csv_file
from voice.reports.document import briefing_document
from voice.reports.figures import ROUNDING, WHY_WITHHELD, Figure, QuestionFigures, rate_cell
from voice.reports.page import briefing_page
from voice.services import (
    briefings,
    cross_tables,
    information,
    priorities,
    results,
    theme_views,
    themes,
    timeline,
)
from voice.services.information_split import Part, count_split, in_part, may_be_parted
from voice.services.theme_actions import actions_file

Files = dict[str, bytes]
WITHHELD = "withheld"
HOW_WE_COUNT = "\n".join(
    (
        "Only what people sent in counts, and only answers to questions that they were asked.",
        "“of” is how many answered the question; “skipped” were asked and did not; “not asked” "
        "never came to it.",
        ROUNDING,
        "Where people may choose several answers, shares add up to more than 100%.",
        f"{WHY_WITHHELD} In cross-tables so do the counts beside it that would give it away.",
        "The response rate is of those who were asked, where somebody said how many that were.",
    )
)


def results_pack(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> Files:
    """Return the files by name: counts, themes, quotes, dates and the briefing, as at `now`.

    For use inside the council: numbers of 1 to 4 people are withheld, quotes are masked.
    """
    briefing = briefings.write_briefing(session, consultation, council=council, now=now)
    return {
        "how-we-count.txt": f"{HOW_WE_COUNT}\n".encode(),
        "dates.csv": dates_file(session, consultation, now=now),
        "counts.csv": counts_file(session, consultation),
        "cross-tables.csv": cross_tables_file(session, consultation),
        "priorities.csv": _priorities(session, consultation),
        "themes.csv": themes_file(session, consultation),
        "themes-by-wave.csv": actions_file(session, consultation),
        "quotes.csv": _quotes(session, consultation),
        "before-and-after-information.csv": _split(session, consultation),
        "briefing.docx": briefing_document(briefing),
        "briefing.html": briefing_page(briefing).encode(),
    }


def dates_file(session: Session, consultation: Consultation, *, now: datetime) -> bytes:
    """Return every dated step."""
    steps = timeline.list_steps(session, consultation, now=now)
    rows = ((moment_in_words(at), at.isoformat(), words) for at, words in steps)
    return csv_file(("when", "moment", "what"), rows)


def counts_file(session: Session, consultation: Consultation) -> bytes:
    """Return the figures of every question; 1 to 4 people are withheld.

    Of a scale the first two options together stand last, added before the share is rounded.
    """
    columns = ("section", "question", "answer", "people", "of", "percent", "skipped", "not asked")
    rate = _rate(session, consultation)

    def rows() -> Iterator[tuple[object, ...]]:
        for each in results.question_figures(session, consultation):
            about = (each.skipped, each.not_asked, rate)
            if not each.rows:
                yield each.section, each.text, "(answered)", each.base, each.base, None, *about
            for row in (*each.rows, *_top_two(each)):
                count = WITHHELD if row.is_withheld else row.count
                percent = None if row.is_withheld else row.percent
                yield each.section, each.text, row.label, count, row.base, percent, *about

    return csv_file((*columns, "response rate"), rows())


def _top_two(figures: QuestionFigures) -> Iterator[Figure]:
    """Give the first two options of a scale as one figure, unless it tells one that is withheld."""
    if figures.together is not None and not any(row.is_withheld for row in figures.rows[:2]):
        yield figures.together


def cross_tables_file(
    session: Session, consultation: Consultation, tables: Iterable[CrossTable] | None = None
) -> bytes:
    """Return every closed question by every other, or these tables alone, a cell a row.

    Withheld are counts of 1 to 4 people and what would give them away. `of` are those of the group
    who answered the question: every share is of them.
    """
    rate = _rate(session, consultation)
    columns = ("question", "answer", "by the question", "group", "people", "of", "response rate")
    found = cross_tables.cross_all(session, consultation) if tables is None else tables
    rows = (
        (
            each.rows.text,
            answer,
            each.columns.text,
            group,
            WITHHELD if count is None else count,
            base,
            rate,
        )
        for each in found
        for answer, group, count, base in each.figures()
    )
    return csv_file(columns, rows)


def themes_file(session: Session, consultation: Consultation) -> bytes:
    """Return every theme that is not hidden; those that no person signed off have no count."""
    rate = _rate(session, consultation)
    rows = (
        (
            found.text,
            view.label,
            *(_counted(view) if view in found.signed_off else (None, None, None, "no")),
            rate,
            found.version.words if found.version else None,
            "indicative" if view.is_indicative else "audited",
        )
        for found in _found(session, consultation)
        for view in found.shown
    )
    columns = (
        "question",
        "theme",
        "people",
        "of",
        "percent",
        "signed off",
        "response rate",
        "list",
        "figures are",
    )
    return csv_file(columns, rows)


def _counted(view: theme_views.ThemeView) -> tuple[object, ...]:
    people = view.people
    if people.is_withheld:
        return WITHHELD, people.base, None, "yes"
    return people.count, people.base, people.percent, "yes"


def _rate(session: Session, consultation: Consultation) -> str:
    return rate_cell(results.read_rate(session, consultation))


def _quotes(session: Session, consultation: Consultation) -> bytes:
    rows = (
        (found.text, view.label, quote)
        for found in _found(session, consultation)
        for view in found.signed_off
        if not view.is_too_small_to_publish
        for quote in view.quotes
    )
    return csv_file(("question", "theme", "quote, with personal details replaced"), rows)


def _priorities(session: Session, consultation: Consultation) -> bytes:
    rate = _rate(session, consultation)
    rows = (
        (
            each.name,
            each.support.label if each.support else None,
            each.support.guarded_words if each.support else None,
            each.concern.label if each.concern else None,
            each.concern.guarded_words if each.concern else None,
            rate,
        )
        for each in priorities.list_priorities(session, consultation)
    )
    columns = ("priority", "support is", "support", "commonest concern", "raised by")
    return csv_file((*columns, "response rate"), rows)


def _split(session: Session, consultation: Consultation) -> bytes:
    """Return the figures parted by each version of the information after the first.

    No figures where a part is so small that somebody could be recognised: its size alone.
    """
    versions = information.list_versions(session, consultation)[1:]
    rows = (row for each in versions for row in _split_by(session, consultation, each))
    columns = ("information", "published", "begun", "responses", "question", "answer")
    return csv_file((*columns, "people", "of"), rows)


def _split_by(
    session: Session, consultation: Consultation, version: InformationVersion
) -> Iterator[tuple[object, ...]]:
    split = count_split(session, consultation, version.number)
    published = moment_in_words(version.published_at)
    parted = may_be_parted(session, consultation)
    for part, size in ((Part.BEFORE, split.before), (Part.AFTER, split.after)):
        about = (version.number, published, part.value, size)
        if not parted:
            yield *about, WITHHELD, WITHHELD, WITHHELD, WITHHELD
            continue
        among = in_part(version.number, part)
        for each in results.question_figures(session, consultation, among=among):
            for row in each.rows:
                count = WITHHELD if row.is_withheld else row.count
                yield *about, each.text, row.label, count, row.base


def _found(session: Session, consultation: Consultation) -> Iterator[theme_views.QuestionThemes]:
    for question in themes.free_text_questions(consultation):
        yield theme_views.read_themes(session, consultation, question.code)
