"""Results: what came in to each question, and how many people stand behind every figure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from surveys.condition_words import asked_of
from surveys.engine import Survey
from surveys.measures import Grid, Pair, Percent, Ranking
from surveys.questions import (
    AnyQuestion,
    CardSort,
    Faces,
    MediaQuestion,
    Number,
    OneOf,
    Postcode,
    Scale,
)
from voice.analysis.suppression import HIDDEN, publish_mean, show_officers
from voice.clock import in_london
from voice.models import AnswerRow, Channel, Consultation, EntryCheck, Officer, Response
from voice.reports.figures import Figure, QuestionFigures, rate_of, rate_words
from voice.reports.measures import measure_note, measure_table
from voice.services import audit
from voice.services.consultations import current_survey

FEWEST_TO_JOIN = 4  # options of a scale whose first two are also shown together
MAX_DAYS_SHOWN = 21
CHANNELS = {each: each.label for each in Channel}


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came in to a consultation. Everything but `begun` speaks of responses sent in.

    `counting` are those that figures and themes rest on. `rate` is None while nobody knows how
    many people were asked.
    """

    submitted: int
    respondents: int  # those who sent them in; one may answer again to add more
    counting: int
    counting_respondents: int  # those who sent in the ones that count
    begun: int  # begun and not sent in
    late: int
    late_waiting: int  # too late to count unless an officer decides that they do
    late_included: int  # too late, and an officer decided that they count
    rate: Figure | None
    by_channel: tuple[Figure, ...]
    by_time: tuple[Figure, ...]
    by_wave: tuple[Figure, ...]
    is_by_week: bool

    @property
    def rate_words(self) -> str:
        """The response rate, as it stands beside every percentage."""
        return rate_words(self.rate)


@dataclass(frozen=True, slots=True)
class _Sent:
    channel: Channel
    started_at: datetime
    submitted_at: datetime
    is_late: bool
    counts: bool
    wave: str
    respondent: str


def counting_in(consultation: Consultation) -> ColumnElement[bool]:
    """Return the condition on a response for every figure: sent in, and it counts."""
    return and_(
        Response.consultation_id == consultation.id,
        Response.submitted_at.is_not(None),
        Response.counts,
    )


def count_arrivals(session: Session, consultation: Consultation) -> Arrivals:
    """Return what came in: how much, when, through which door, and what is late."""
    sent = _read_sent(session, consultation)
    counting = [each for each in sent if each.counts]
    begun = select(func.count()).where(
        Response.consultation_id == consultation.id, Response.submitted_at.is_(None)
    )
    too_late = [each for each in sent if _is_too_late(consultation, each)]
    days = Counter(in_london(each.submitted_at).date() for each in counting)
    is_by_week = bool(days) and (max(days) - min(days)).days >= MAX_DAYS_SHOWN
    return Arrivals(
        submitted=len(sent),
        respondents=len({each.respondent for each in sent}),
        counting=len(counting),
        counting_respondents=len({each.respondent for each in counting}),
        begun=session.scalar(begun.select_from(Response)) or 0,
        late=sum(each.is_late for each in sent),
        late_waiting=sum(not each.counts for each in too_late),
        late_included=sum(each.counts for each in too_late),
        rate=rate_of(len(counting), consultation.invited),
        by_channel=_figures(Counter(CHANNELS[each.channel] for each in counting)),
        by_time=_by_week(days) if is_by_week else _by_day(days),
        by_wave=_figures(Counter(each.wave for each in counting if each.wave)),
        is_by_week=is_by_week,
    )


def read_rate(session: Session, consultation: Consultation) -> Figure | None:
    """Return the response rate of every figure; None while nobody knows how many were asked."""
    found = select(func.count()).select_from(Response).where(counting_in(consultation))
    return rate_of(session.scalar(found) or 0, consultation.invited)


def question_figures(
    session: Session,
    consultation: Consultation,
    *,
    wave: str = "",
    among: ColumnElement[bool] | None = None,
) -> tuple[QuestionFigures, ...]:
    """Return the figures of every question, in the order of the survey.

    Of one wave if named, and among the responses that meet the condition if there is one.
    """
    chosen = counting_in(consultation)
    if among is not None:
        chosen = and_(chosen, among)
    if wave:
        chosen = and_(chosen, Response.wave == wave)
    people = session.scalar(select(func.count()).select_from(Response).where(chosen)) or 0
    given = answers_given(session, chosen)
    survey: Survey = current_survey(consultation)
    asked = (each for each in survey.questions if each.takes_answer and not each.equality)
    figures = (_read_question(each, given[each.code], people) for each in asked)
    conditions = {each.code: asked_of(each.ask_if, survey) for each in survey.questions}
    return tuple(replace(each, asked_of=conditions[each.code]) for each in figures)


def answers_given(
    session: Session, chosen: ColumnElement[bool]
) -> defaultdict[str, list[Sequence[str]]]:
    """Return what the chosen responses answered to each question; no values means skipped."""
    given: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    answers = (
        select(AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(chosen, AnswerRow.is_on_path)
    )
    for question, values in session.execute(answers):
        given[question].append(values)
    return given


def decide_late(
    session: Session, consultation: Consultation, officer: Officer, *, include: bool, now: datetime
) -> int:
    """Let the responses that came too late count, or not, and return how many that changes."""
    late = session.scalars(
        select(Response).where(Response.consultation_id == consultation.id, Response.is_late)
    )
    changed = 0
    for response in late:
        begun, sent = response.started_at, response.submitted_at
        if sent is None or consultation.takes_answers(sent, begun_at=begun):
            continue
        if response.entry_check is EntryCheck.WAITING:
            continue
        changed += response.counts is not include
        response.counts = include
    action = "late responses included" if include else "late responses left out"
    audit.record(session, officer, action, consultation.id, now=now)
    return changed


def _read_sent(session: Session, consultation: Consultation) -> list[_Sent]:
    rows = session.execute(
        select(
            Response.channel,
            Response.started_at,
            Response.submitted_at,
            Response.is_late,
            Response.counts,
            Response.wave,
            Response.respondent,
        ).where(Response.consultation_id == consultation.id, Response.submitted_at.is_not(None))
    )
    return [
        _Sent(channel, started_at, submitted_at, is_late, counts, wave, respondent)
        for channel, started_at, submitted_at, is_late, counts, wave, respondent in rows
        if submitted_at is not None
    ]


def _is_too_late(consultation: Consultation, sent: _Sent) -> bool:
    in_time = consultation.takes_answers(sent.submitted_at, begun_at=sent.started_at)
    return sent.is_late and not in_time


def _figures(counts: Counter[str]) -> tuple[Figure, ...]:
    total = sum(counts.values())
    return tuple(Figure(label, count, total) for label, count in counts.most_common())


def _by_day(days: Counter[date]) -> tuple[Figure, ...]:
    total = sum(days.values())
    return tuple(Figure(f"{day:%a} {day.day} {day:%B}", days[day], total) for day in sorted(days))


def _by_week(days: Counter[date]) -> tuple[Figure, ...]:
    weeks: Counter[date] = Counter()
    for day, count in days.items():
        weeks[day - timedelta(days=day.weekday())] += count
    total = sum(weeks.values())
    return tuple(
        Figure(f"Week from {week.day} {week:%B %Y}", weeks[week], total) for week in sorted(weeks)
    )


def _read_question(
    question: AnyQuestion, given: Sequence[Sequence[str]], people: int
) -> QuestionFigures:
    answered = [values for values in given if values]
    base = len(answered)
    rows: tuple[Figure, ...] = ()
    together = None
    note = ""
    table = None
    match question:
        case Percent() | Pair() | Ranking() | Grid():
            note = measure_note(question, answered)
            table = measure_table(question, answered)
        case OneOf():
            counts = Counter(value for values in answered for value in values)
            rows = _option_rows(question, counts, base)
            together = _first_two(question, rows)
        case CardSort():
            rows = _pile_rows(question, answered)
        case Postcode():
            rows = _districts(answered)
        case MediaQuestion():
            note = f"{base} sent {question.called}; not text-analysed" if base else ""
        case Number():
            note = _average(values[0] for values in answered)
    return QuestionFigures(
        code=question.code,
        text=question.plain_text,
        kind=question.kind,
        section=question.section,
        base=base,
        skipped=len(given) - base,
        not_asked=people - len(given),
        rows=rows,
        together=together,
        note=note,
        table=table,
    )


def _option_rows(question: OneOf, counts: Counter[str], base: int) -> tuple[Figure, ...]:
    """Return a row for each option, and for each that only an earlier version offered."""
    labels = {option.code: option.label for option in question.options}
    labels |= {code: f"{code} (no longer offered)" for code in sorted(counts) if code not in labels}
    return tuple(Figure(label, counts[code], base) for code, label in labels.items())


def _pile_rows(question: CardSort, answered: Sequence[Sequence[str]]) -> tuple[Figure, ...]:
    """Return a row for each card in each pile, of those who put that card in any."""
    piles = [question.sorted_in(values) for values in answered]
    rows = []
    for card in question.cards:
        counts = Counter(each[card.code] for each in piles if card.code in each)
        base = sum(counts.values())
        rows += [
            Figure(f"{card.label}: {pile.label}", counts[pile.code], base)
            for pile in question.piles
        ]
    return tuple(rows)


def _first_two(question: OneOf, rows: tuple[Figure, ...]) -> Figure | None:
    if not isinstance(question, Scale | Faces) or len(question.options) < FEWEST_TO_JOIN:
        return None
    first, second = rows[:2]
    label = f"{first.label} or {second.label[0].lower()}{second.label[1:]}"
    return Figure(label, first.count + second.count, first.base)


def _districts(answered: Sequence[Sequence[str]]) -> tuple[Figure, ...]:
    """Return the postcode districts that are large enough to show; the rest are one row."""
    counts = Counter(Postcode.district(values[0]) for values in answered)
    base = len(answered)
    shown = [
        Figure(district, count, base)
        for district, count in sorted(counts.items())
        if show_officers(count, base).text != HIDDEN
    ]
    rest = base - sum(figure.count for figure in shown)
    if rest:
        shown.append(Figure("Districts of fewer than 5 people, together", rest, base))
    return tuple(shown)


def _average(values: Iterable[str]) -> str:
    numbers = [int(value) for value in values]
    mean = publish_mean(sum(numbers) / len(numbers), len(numbers)) if numbers else None
    return "" if mean is None else f"Average: {mean}"
