"""Results by year group: what pupils chose most, counted as they send, with no slow analysis.

A year group of fewer than five is counted together with others, so that no pupil can be told.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.places import translated
from surveys.questions import OneOf
from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT, ShownCount, show_officers
from voice.models import (
    AnswerRow,
    Consultation,
    Lesson,
    Mention,
    Response,
    Theme,
    ThemeStatus,
)
from voice.services import lessons
from voice.services.consultations import current_survey
from voice.services.lessons import YEAR_GROUPS
from voice.services.results import counting_in

TOP = 3
NOT_SAID = "Year group not said"


@dataclass(frozen=True, slots=True)
class TopAnswers:
    """The options chosen most in answer to one question, or the themes raised most."""

    text: str
    answered: int | None  # None where it could tell how many chose an option not shown
    rows: tuple[tuple[str, ShownCount], ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """One year group, or several small ones counted together."""

    years: tuple[str, ...]
    people: int
    questions: tuple[TopAnswers, ...]


@dataclass(frozen=True, slots=True)
class YearGroups:
    """The year groups in their order. `too_few` says that none is large enough to be shown."""

    shown: tuple[YearGroup, ...]
    people: int
    too_few: bool
    language: str = "en"  # in which the questions and answers are


def by_year_group(
    session: Session,
    consultation: Consultation,
    lesson: Lesson | None = None,
    *,
    language: str = "",
) -> YearGroups:
    """Return what each year group chose most, of one lesson or of every one.

    In `language`, if the survey speaks it.
    """
    chosen = [counting_in(consultation), Response.lesson_id.is_not(None)]
    if lesson is not None:
        chosen.append(Response.lesson_id == lesson.id)
    members = _members(session, chosen, lesson)
    merged = merge_small({year: len(them) for year, them in members.items()})
    given = _given(session, chosen)
    themes = _themes(session, consultation, chosen)
    survey = translated(current_survey(consultation), language)
    shown = []
    for years in merged:
        them = set().union(*(members[year] for year in years))
        questions = (*_top_options(survey, given, them), *_top_themes(survey, themes, them))
        shown.append(YearGroup(tuple(each or NOT_SAID for each in years), len(them), questions))
    people = sum(len(them) for them in members.values())
    too_few = bool(people) and not shown
    return YearGroups(tuple(shown), people, too_few, survey.language)


def _members(
    session: Session, chosen: Sequence[ColumnElement[bool]], lesson: Lesson | None
) -> dict[str, set[UUID]]:
    """Return who counts, by year group.

    Of one lesson: whoever sent by its end. Those who finish later are added five at a time, so that
    looking again never tells what one pupil chose.
    """
    rows = session.execute(
        select(Response.id, Response.year_group, Response.submitted_at)
        .where(*chosen)
        .order_by(Response.submitted_at, Response.id)
    )
    end = lessons.end_of(lesson) if lesson is not None else None
    in_time: defaultdict[str, list[UUID]] = defaultdict(list)
    later: defaultdict[str, list[UUID]] = defaultdict(list)
    for response_id, year_group, sent_at in rows:
        is_later = end is not None and sent_at is not None and sent_at > end
        (later if is_later else in_time)[year_group].append(response_id)
    for year_group, them in later.items():
        in_time[year_group] += them[: _rounded_down(len(them))]
    return {year_group: set(them) for year_group, them in in_time.items() if them}


def _rounded_down(count: int) -> int:
    return count - count % OFFICERS_SMALLEST_COUNT


def merge_small(people: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Return the year groups to show, in their order, the small ones joined until large enough.

    Where the small ones together are still too few, the smallest of the others joins them, because
    what is left out could be found by taking the rest away. Empty when all together are too few.
    """
    in_order = [each for each in (*YEAR_GROUPS, "") if people.get(each)]
    small = [each for each in in_order if people[each] < OFFICERS_SMALLEST_COUNT]
    large = [each for each in in_order if each not in small]
    while small and sum(people[each] for each in small) < OFFICERS_SMALLEST_COUNT:
        if not large:
            return []
        smallest = min(large, key=lambda each: people[each])
        large.remove(smallest)
        small.append(smallest)
    together = [tuple(each for each in in_order if each in small)] if small else []
    return [*((each,) for each in large), *together]


Given = dict[str, list[tuple[UUID, Sequence[str]]]]


def _given(session: Session, chosen: Sequence[ColumnElement[bool]]) -> Given:
    answers = (
        select(AnswerRow.question, AnswerRow.response_id, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(*chosen, AnswerRow.is_on_path)
    )
    given: Given = defaultdict(list)
    for question, response_id, values in session.execute(answers):
        if values:
            given[question].append((response_id, values))
    return given


def _themes(
    session: Session, consultation: Consultation, chosen: Sequence[ColumnElement[bool]]
) -> dict[str, list[tuple[str, UUID]]]:
    """Return who raises which signed-off theme, by question; a merged one counts as its whole."""
    label = func.coalesce(
        select(Theme.label).where(Theme.id == Theme.merged_into_id).scalar_subquery(), Theme.label
    )
    found = (
        select(Theme.question, label, Mention.response_id)
        .join(Mention, Mention.theme_id == Theme.id)
        .join(Response, Response.id == Mention.response_id)
        .where(
            *chosen,
            Theme.consultation_id == consultation.id,
            Theme.status == ThemeStatus.SIGNED_OFF,
        )
    )
    raised: defaultdict[str, list[tuple[str, UUID]]] = defaultdict(list)
    for question, name, response_id in session.execute(found):
        raised[question].append((name, response_id))
    return raised


def _top_options(survey: Survey, given: Given, them: set[UUID]) -> list[TopAnswers]:
    found = []
    for question in survey.questions:
        answered = [values for one, values in given.get(question.code, ()) if one in them]
        if not isinstance(question, OneOf) or len(answered) < OFFICERS_SMALLEST_COUNT:
            continue
        counts = Counter(value for values in answered for value in values)
        labels = {option.code: option.label for option in question.options}
        rows = _shown_rows(counts, len(answered))
        if rows:
            named = tuple((labels.get(code, code), shown) for code, shown in rows)
            answers = None if _hides_any(counts) else len(answered)
            found.append(TopAnswers(question.plain_text, answers, named))
    return found


def _hides_any(counts: Counter[str]) -> bool:
    return any(count < OFFICERS_SMALLEST_COUNT for count in counts.values())


def _shown_rows(counts: Counter[str], answered: int) -> list[tuple[str, ShownCount]]:
    """Return the options chosen most by five or more.

    Where fewer chose another one, without exact numbers: taking them away would tell how many.
    """
    top = [pair for pair in counts.most_common(TOP) if pair[1] >= OFFICERS_SMALLEST_COUNT]
    if _hides_any(counts):
        return [(code, ShownCount(f"{_rounded_down(count)} or more")) for code, count in top]
    return [(code, show_officers(count, answered)) for code, count in top]


def _top_themes(
    survey: Survey, raised: Mapping[str, list[tuple[str, UUID]]], them: set[UUID]
) -> list[TopAnswers]:
    found = []
    for question in survey.questions:
        pairs = {(name, one) for name, one in raised.get(question.code, ()) if one in them}
        counts = Counter(name for name, _ in sorted(pairs))
        enough = [pair for pair in counts.most_common(TOP) if pair[1] >= OFFICERS_SMALLEST_COUNT]
        if enough:
            rows = tuple((name, show_officers(count, len(them))) for name, count in enough)
            found.append(TopAnswers(f"Themes: {question.plain_text}", len(them), rows))
    return found
