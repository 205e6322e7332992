"""Courses: groups of responses, such as of one training course, counted side by side (E8, E12).

A course is a label that an officer gave: to a link, to a follow-up, to a paper or in a file. It is
kept with a response as its `wave`. Nobody who answers writes one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from surveys.answers import storable
from surveys.measures import Pair
from voice.analysis.suppression import (
    OFFICERS_SMALLEST_COUNT,
    PUBLIC_SMALLEST_COUNT,
    gives_away,
    kept_back,
)
from voice.models import AnswerRow, Consultation, FollowUp, Invitee, Link, Response
from voice.reports.measures import WITHHELD, MeasureTable, PairMeans, pair_means
from voice.services.consultations import current_survey
from voice.services.links import CountedLink
from voice.services.results import counting_in

MAX_COURSE_CHARS = 60
INCREASE = "Average increase, in percentage points"
COLUMNS = ("Question", "Course", "Responses", "Before", "After", INCREASE, "Base (n)")
_Answers = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Courses:
    """The courses of a consultation: how many answered, and a table for each pair of figures.

    `named` is false while no course is known. Figures of so few people that they could be
    recognised are withheld, and so is what would give them away.
    """

    named: bool
    tables: tuple[MeasureTable, ...]
    lines: tuple[tuple[str, ...], ...]  # every table as one, in the order of `COLUMNS`


def read_label(session: Session, consultation: Consultation, typed: str) -> str:
    """Return the label of a course as an officer typed it; one that is known stays as it is.

    Raises:
        ValueError: if it is longer than `MAX_COURSE_CHARS`.
    """
    label = " ".join(storable(typed).split())
    if len(label) > MAX_COURSE_CHARS:
        raise ValueError(MAX_COURSE_CHARS)
    known = {each.casefold(): each for each in list_known(session, consultation)}
    return known.get(label.casefold(), label)


def list_known(session: Session, consultation: Consultation) -> list[str]:
    """Return the label of every course of a consultation, by name; of answers already in too."""
    here = consultation.id
    asked = or_(
        FollowUp.consultation_id == here,
        FollowUp.delegates_asked_id == here,
        FollowUp.managers_asked_id == here,
    )
    found = (
        select(Link.wave).where(Link.consultation_id == here),
        select(Invitee.wave).where(Invitee.consultation_id == here),
        select(FollowUp.wave).where(asked),
        select(Response.wave).where(Response.consultation_id == here),
    )
    labels = {label for one in found for label in session.scalars(one.distinct()) if label}
    return sorted(labels, key=lambda label: (label.casefold(), label))


def shown_alone(session: Session, consultation: Consultation) -> frozenset[str]:
    """Return the courses whose answers may be read alone: so many that nobody stands out."""
    counts, apart = _count(session, consultation)
    few = kept_back(counts, smallest=PUBLIC_SMALLEST_COUNT, apart=apart)
    few |= kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT, apart=apart)
    return frozenset(each for each in counts if counts[each]) - few


def withheld_links(
    session: Session, consultation: Consultation, counted: Sequence[CountedLink]
) -> frozenset[UUID]:
    """Return the links whose figures would give a withheld course away: those of such a course.

    And those of none, where so few others answered by none that a course could be worked out.
    """
    counts, apart = _count(session, consultation)
    hidden = kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT, apart=apart)
    by_none = sum(each.sent for each in counted if not each.link.wave)
    few, beside = [counts[each] for each in hidden if counts[each]], max(0, apart - by_none)
    if few and by_none and gives_away(few, smallest=OFFICERS_SMALLEST_COUNT, apart=beside):
        hidden |= {""}
    return frozenset(each.link.id for each in counted if each.link.wave in hidden)


def read_courses(session: Session, consultation: Consultation) -> Courses:
    """Return the courses of a consultation side by side."""
    counts, apart = _count(session, consultation)
    names = list(counts)
    hidden = kept_back(counts, smallest=OFFICERS_SMALLEST_COUNT, apart=apart)
    sent = {each: WITHHELD if each in hidden else str(counts[each]) for each in names}
    pairs = [each for each in current_survey(consultation).questions if isinstance(each, Pair)]
    given = _given(session, consultation, [each.code for each in pairs])
    found = [(each, _side_by_side(names, given[each.code], hidden)) for each in pairs]
    tables = [
        MeasureTable(
            each.plain_text,
            ("Course", "Responses", each.start, each.end, INCREASE, "Base (n)"),
            tuple((name, sent[name], *cells[name]) for name in names),
        )
        for each, cells in found
    ]
    lines = [(each.plain_text, n, sent[n], *cells[n]) for each, cells in found for n in names]
    if not pairs:
        rows = tuple((name, sent[name]) for name in names)
        tables = [MeasureTable("How many answered", ("Course", "Responses"), rows)]
        lines = [("", *row, "", "", "", "") for row in rows]
    return Courses(bool(names), tuple(tables), tuple(lines))


def _count(session: Session, consultation: Consultation) -> tuple[dict[str, int], int]:
    """Return how many responses of each course that is known count, and how many of no course."""
    found = select(Response.wave, func.count()).where(counting_in(consultation))
    counts = Counter({label: number for label, number in session.execute(found.group_by("wave"))})
    named = {label: counts[label] for label in list_known(session, consultation)}
    return named, counts[""]


def _given(
    session: Session, consultation: Consultation, codes: Sequence[str]
) -> Mapping[str, _Answers]:
    """Return the answers to these questions, each with its course."""
    given: defaultdict[str, defaultdict[str, list[Sequence[str]]]]
    given = defaultdict(lambda: defaultdict(list))
    answers = (
        select(Response.wave, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.is_on_path, AnswerRow.question.in_(codes))
    )
    for label, question, values in session.execute(answers):
        given[question][label].append(values)
    return given


def _side_by_side(
    names: Sequence[str], given: _Answers, hidden: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Return the cells of each course: before, after, how much more, and of how many.

    Of a course whose number of responses is `hidden`, nothing: it could be worked out from them.
    """
    means = {name: pair_means(given.get(name, ())) for name in names}
    bases = {name: one.complete for name, one in means.items()}
    apart = pair_means(given.get("", ())).complete
    no_bases = hidden | kept_back(bases, smallest=OFFICERS_SMALLEST_COUNT, apart=apart)
    no_means = no_bases | kept_back(bases, smallest=PUBLIC_SMALLEST_COUNT, apart=apart)
    return {
        name: (
            *_means_in_words(one, is_hidden=name in no_means),
            WITHHELD if name in no_bases else str(one.complete),
        )
        for name, one in means.items()
    }


def _means_in_words(means: PairMeans, *, is_hidden: bool) -> tuple[str, str, str]:
    if not is_hidden and not means.complete:
        return "", "", ""
    if is_hidden or means.start is None or means.end is None or means.increase is None:
        return WITHHELD, WITHHELD, WITHHELD
    return f"{means.start}%", f"{means.end}%", str(means.increase)
