"""The books that learning keeps: what was found in each answer, what people said, what stands now.

What was found is kept apart from the mentions that stand, so that learning twice from the same
corrections gives the same. What people change by hand (a split, an undo) is noticed here, as the
difference between what the machine said last and what stands, and is learnt from like a finding.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, tuple_
from sqlalchemy.orm import Session

from voice.database import insert_into
from voice.models import (
    AnswerReading,
    AnswerRow,
    Code,
    Consultation,
    GatheringMention,
    GatheringPoint,
    Mention,
    Response,
    Theme,
)
from voice.services import chosen, codes, gatherings, theme_answers, theme_log, themes
from voice.services.results import counting_in

Ids = frozenset[UUID]
ROWS_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of one answer: what was found in it (if it was), what was said last."""

    is_found: bool
    found: Ids
    last: Ids


@dataclass(frozen=True, slots=True)
class Written:
    """One answer as it was written. `tone` is None before it was read, "" if it says nothing."""

    words: str
    tone: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """One point that was noted at a gathering, and the themes that it raises."""

    id: UUID
    words: str
    is_read: bool
    themes: Ids


@dataclass(frozen=True, slots=True)
class Books:
    """Everything that learning stands on, for one question, as it was read."""

    themes: tuple[Theme, ...]
    counted_under: Mapping[UUID, UUID]
    answers: Mapping[UUID, Written]
    mentions: Mapping[UUID, Ids]
    readings: Mapping[UUID, Settled]
    codes: Mapping[UUID, tuple[UUID, ...]]
    ever_coded: frozenset[UUID]
    audited: frozenset[UUID]  # never learnt from
    points: tuple[Point, ...]
    touched: Set[UUID] = frozenset()  # themes that officers changed, maybe back

    def settle(self, response: UUID) -> Settled | None:
        """Return what is known of an answer, with what people changed since; None if it is new."""
        before = self.readings.get(response)
        stands = self.mentions.get(response, frozenset())
        if before is None:
            if self.answers[response].tone is None:
                return None
            if response in self.ever_coded:
                return Settled(False, frozenset(), frozenset())
            return Settled(True, stands, stands)
        if response in self.ever_coded or stands == before.last:
            return before
        if not before.is_found:
            return Settled(True, stands, stands)
        found = (before.found | (stands - before.last)) - (before.last - stands)
        return Settled(True, found, stands)

    def under(self, themes_of_answer: Iterable[UUID]) -> frozenset[UUID]:
        """Return the themes that these count under."""
        return frozenset(self.counted_under[one] for one in themes_of_answer)


@dataclass(frozen=True, slots=True)
class Said:
    """What the machine says of one answer now: how strongly it raises which themes."""

    settled: Settled
    themes: Mapping[UUID, float]


def read_books(session: Session, consultation: Consultation, code: str) -> Books:
    """Return what is known of the answers to a question; of none set apart (SAF-8)."""
    rows = tuple(themes.themes_of(session, consultation, code))
    counted_under = codes.roots(rows)
    mentions: dict[UUID, set[UUID]] = defaultdict(set)
    raised = select(Mention.response_id, Mention.theme_id).where(
        Mention.theme_id.in_(select(Theme.id).where(_ours(consultation, code, Theme)))
    )
    for response, theme in session.execute(raised):
        mentions[response].add(theme)
    coded = select(Code.response_id).where(
        _ours(consultation, code, Code), Code.purpose.in_(codes.LEARNT_FROM)
    )
    return Books(
        rows,
        counted_under,
        _answers(session, consultation, code),
        {one: frozenset(several) for one, several in mentions.items()},
        _readings(session, consultation, code, known=counted_under),
        codes.latest(session, consultation, code),
        frozenset(session.scalars(coded.distinct())),
        chosen.audited(session, consultation, code),
        tuple(_points(session, consultation, code)),
        theme_log.list_touched(session, consultation.id, code),
    )


def write(
    session: Session,
    consultation: Consultation,
    code: str,
    *,
    books: Books,
    said: Mapping[UUID, Said],
) -> None:
    """Let each of these answers raise what the machine says of it, but for those people coded.

    Answers, themes and codes may have changed since the books were read: what is gone is left
    out, and what people say stands.
    """
    coded = codes.latest(session, consultation, code)
    here = _answers(session, consultation, code).keys()
    known = {theme.id for theme in themes.themes_of(session, consultation, code)}
    gone: list[tuple[UUID, UUID]] = []
    new: list[dict[str, object]] = []
    kept: list[dict[str, object]] = []
    for response, one in said.items():
        if response not in here:
            continue
        last = one.settled.last
        if response not in coded:
            stands = books.mentions.get(response, frozenset())
            stays = {each for each in stands if books.counted_under[each] in one.themes}
            added = {each for each in one.themes if each in known} - books.under(stays)
            gone += [(theme, response) for theme in stands - stays]
            new += [
                {"theme_id": theme, "response_id": response, "strength": one.themes[theme]}
                for theme in added
            ]
            last = frozenset(stays | added)
        now_known = Settled(one.settled.is_found, one.settled.found, last)
        if books.readings.get(response) != now_known:
            kept.append(_row(consultation, code, response, now_known))
    _write_mentions(session, gone, new)
    _write_readings(session, kept)


def write_points(session: Session, new: Mapping[UUID, Mapping[UUID, float]]) -> None:
    """Let these points of gatherings raise these themes, so strongly; they are read with it."""
    for point_id, raised in new.items():
        point = session.get(GatheringPoint, point_id)
        if point is None:
            continue
        point.is_read = True
        session.add_all(
            GatheringMention(theme_id=theme, point_id=point_id, strength=strength)
            for theme, strength in raised.items()
            if session.get(Theme, theme) is not None
        )
    session.flush()


def _answers(session: Session, consultation: Consultation, code: str) -> dict[UUID, Written]:
    apart = theme_answers.responses_set_apart(session, consultation)
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.values, AnswerRow.tone)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.question == code, AnswerRow.is_on_path)
    )
    return {
        one: Written(values[0], tone) for one, values, tone in rows if values and one not in apart
    }


def _points(session: Session, consultation: Consultation, code: str) -> Iterator[Point]:
    noted = gatherings.readable_points(session, consultation, code)
    raised: dict[UUID, set[UUID]] = defaultdict(set)
    ours = select(Theme.id).where(_ours(consultation, code, Theme))
    if noted:
        rows = select(GatheringMention.point_id, GatheringMention.theme_id)
        for of_point, theme in session.execute(rows.where(GatheringMention.theme_id.in_(ours))):
            raised[of_point].add(theme)
    for one, point in sorted(noted.items(), key=lambda each: str(each[0])):
        yield Point(one, point.words, point.is_read, frozenset(raised[one]))


def _readings(
    session: Session, consultation: Consultation, code: str, *, known: Collection[UUID]
) -> dict[UUID, Settled]:
    rows = session.execute(
        select(
            AnswerReading.response_id,
            AnswerReading.is_found,
            AnswerReading.found,
            AnswerReading.last,
        ).where(_ours(consultation, code, AnswerReading))
    )
    by_name = {str(one): one for one in known}

    def read(names: list[str]) -> Ids:
        return frozenset(by_name[name] for name in names if name in by_name)

    return {one: Settled(is_found, read(found), read(last)) for one, is_found, found, last in rows}


def _ours(
    consultation: Consultation, code: str, table: type[Theme | Code | AnswerReading]
) -> ColumnElement[bool]:
    return and_(table.consultation_id == consultation.id, table.question == code)


def _row(
    consultation: Consultation, code: str, response: UUID, settled: Settled
) -> dict[str, object]:
    return {
        "response_id": response,
        "question": code,
        "consultation_id": consultation.id,
        "is_found": settled.is_found,
        "found": sorted(map(str, settled.found)),
        "last": sorted(map(str, settled.last)),
    }


def _write_mentions(
    session: Session, gone: list[tuple[UUID, UUID]], new: list[dict[str, object]]
) -> None:
    for start in range(0, len(gone), ROWS_AT_ONCE):
        pairs = gone[start : start + ROWS_AT_ONCE]
        of_these = tuple_(Mention.theme_id, Mention.response_id).in_(pairs)
        session.execute(
            delete(Mention).where(of_these), execution_options={"synchronize_session": False}
        )
    if new:
        rows = [{**each, "is_quote": False} for each in new]
        session.execute(insert_into(session, Mention).on_conflict_do_nothing(), rows)


def _write_readings(session: Session, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    insert = insert_into(session, AnswerReading)
    changed = {name: insert.excluded[name] for name in ("is_found", "found", "last")}
    keys = ["response_id", "question"]
    session.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)
