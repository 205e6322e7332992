"""Audits: a random sample that people code without seeing the machine, and what it says."""

import random
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis.coding import auditing
from voice.analysis.coding.auditing import FEWEST_AUDITED, GOOD_F1, Audited, Counted, Interval
from voice.errors import VoiceError
from voice.models import AuditSample, Code, CodePurpose, Consultation, Officer, Theme, ThemeStatus
from voice.services import audit, chosen, learnt, officers, themes
from voice.services.learnt import Books

FEWEST_DRAWN, MOST_AUDITED = FEWEST_AUDITED, 100
_SEEDS = 2**31 - 1


class AuditRefusedError(VoiceError):
    """No sample can be drawn like this: "size" or "nothing" to draw from."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the figures of a list may be believed. Without an audit there are no figures."""

    coded: int = 0
    wanted: int = FEWEST_AUDITED
    officers: int = 0
    agreement: Interval | None = None  # of the machine with people: mean F1
    alpha: float | None = None  # of the officers with one another
    both: int = 0  # answers that two officers or more coded
    has_changed: bool = False  # themes were added since the sample was drawn
    is_as_measured: bool = True  # the list of themes has not changed since it was measured
    counts: Mapping[str, Interval] | None = None  # theme id -> its count, calibrated

    @property
    def is_indicative(self) -> bool:
        """Whether every figure of the list is to be read with that word."""
        good = self.agreement is not None and self.agreement.estimate >= GOOD_F1
        return not good or self.coded < self.wanted or self.has_changed or not self.is_as_measured

    @property
    def sentence(self) -> str:
        """Why, in one sentence; the same for every page and file."""
        if self.agreement is None:
            return (
                "These figures are indicative: no person has checked a random sample of the "
                "answers yet, so nobody knows how often the machine is right."
            )
        if self.coded < self.wanted:
            return (
                f"These figures are indicative: {self.coded} answers of the random sample are "
                f"coded, and at least {self.wanted} are needed."
            )
        if self.has_changed:
            return "These figures are indicative: themes were added since the audit."
        if not self.is_as_measured:
            return "These figures are indicative: the list was changed since the audit measured it."
        found = self.agreement
        measured = f"{found.estimate:.2f} (95% interval {found.low:.2f} to {found.high:.2f})"
        if self.is_indicative:
            return (
                f"These figures are indicative: on {self.coded} random answers people and the "
                f"machine agree at F1 {measured}, and {GOOD_F1} is needed."
            )
        agreed = f"people and the machine agree at F1 {measured}"
        return f"Audited: on {self.coded} random answers {agreed}."


def find_sample(session: Session, consultation: Consultation, code: str) -> AuditSample | None:
    """Return the latest sample of a question, or None."""
    return session.scalars(
        select(AuditSample)
        .where(AuditSample.consultation_id == consultation.id, AuditSample.question == code)
        .order_by(AuditSample.drawn_at.desc(), AuditSample.id)
        .limit(1)
    ).first()


def draw(
    session: Session,
    officer: Officer,
    consultation: Consultation,
    code: str,
    *,
    size: int,
    now: datetime,
) -> AuditSample:
    """Draw a random sample of answers that say something and that nobody has coded.

    Of fewer answers than `size`, all. Earlier samples stay written down, and count no more.

    Raises:
        NotAllowedError: if the officer may only read.
        AuditRefusedError: "size" unless it is 30 to 100; "nothing" if there is no such answer.
    """
    officers.check_may_change(officer)
    themes.get_question(consultation, code)
    if not FEWEST_AUDITED <= size <= MOST_AUDITED:
        raise AuditRefusedError("size")
    books = learnt.read_books(session, consultation, code)
    free = _free(books)
    if not free:
        raise AuditRefusedError("nothing")
    offered = [str(theme.id) for theme in choices(books)]
    sample = AuditSample(
        consultation_id=consultation.id, question=code, seed=secrets.randbelow(_SEEDS),
        drawn_at=now, drawn_by=officer.id, theme_ids=offered, figures={},
    )  # fmt: skip
    session.add(sample)
    session.flush()
    chance = random.Random(sample.seed)  # noqa: S311 - the seed is kept, so that it can be drawn again
    drawn = chance.sample(free, min(size, len(free)))
    chosen.put(session, consultation, code, drawn, sample=sample, now=now)
    audit.record(session, officer, "audit sample drawn", sample.id, now=now)
    return sample


def _free(books: Books) -> list[UUID]:
    """Return the answers that say something and that nobody has coded, in an order."""
    said = [one for one, written in books.answers.items() if written.tone]
    return sorted(
        (one for one in said if one not in books.codes and one not in books.audited), key=str
    )


def choices(books: Books) -> list[Theme]:
    """Return the themes that an answer may be given: neither merged nor hidden, in their order."""
    return _on_offer(books.themes)


def _on_offer(rows: Iterable[Theme]) -> list[Theme]:
    return [
        theme
        for theme in rows
        if theme.merged_into_id is None and theme.status is not ThemeStatus.HIDDEN
    ]


def given_by(
    session: Session, consultation: Consultation, code: str, *, sample: AuditSample
) -> dict[UUID, dict[UUID, Code]]:
    """Return, for each officer, the code that stands of each answer of the sample."""
    drawn = set(chosen.places(session, consultation, code, sample=sample).values())
    rows = session.scalars(
        select(Code)
        .where(
            Code.consultation_id == consultation.id,
            Code.question == code,
            Code.purpose == CodePurpose.AUDIT,
            Code.taken_back_at.is_(None),
        )
        .order_by(Code.id)
    )
    given: dict[UUID, dict[UUID, Code]] = defaultdict(dict)
    for row in rows:
        if row.response_id in drawn:
            given[row.officer_id][row.response_id] = row
    return given


def coders(session: Session, consultation: Consultation, code: str) -> list[tuple[str, int]]:
    """Return who coded how many answers of the latest sample, by name."""
    sample = find_sample(session, consultation, code)
    if sample is None:
        return []
    given = given_by(session, consultation, code, sample=sample)
    return sorted((session.get_one(Officer, one).name, len(coded)) for one, coded in given.items())


def measure(session: Session, consultation: Consultation, code: str, *, now: datetime) -> None:
    """Keep what the latest sample says of the list as it stands now. The worker's work."""
    sample = find_sample(session, consultation, code)
    if sample is None:
        return
    books = learnt.read_books(session, consultation, code)
    given = given_by(session, consultation, code, sample=sample)
    labels = _labels(books, given)
    found = {one: _keys(books, books.mentions.get(one, frozenset())) for one in labels}
    audited: list[Audited] = [(labels[one], found[one]) for one in sorted(labels, key=str)]
    standing = Standing(
        coded=len(audited),
        wanted=min(FEWEST_AUDITED, len(chosen.places(session, consultation, code, sample=sample))),
        officers=len(given),
        agreement=auditing.mean_f1(audited) if audited else None,
        alpha=auditing.masi_alpha(labels),
        both=sum(len(several) > 1 for several in labels.values()),
        counts=_counts(books, audited) if audited else None,
    )
    sample.figures = asdict(standing) | {"list": _shape(books.themes)}
    sample.measured_at = now
    session.flush()


def standing(
    session: Session, consultation: Consultation, code: str, rows: Sequence[Theme] | None = None
) -> Standing:
    """Return how far the figures of a list may be believed: as measured last, if it still stands.

    `rows` are its themes, read if they are not given.

    Of a list that was changed since, no calibrated counts.
    """
    sample = find_sample(session, consultation, code)
    if sample is None:
        return Standing()
    rows = themes.themes_of(session, consultation, code) if rows is None else rows
    return _standing_of(sample, rows)


def list_audited(
    session: Session, rows: Mapping[tuple[UUID, str], Sequence[Theme]]
) -> frozenset[tuple[UUID, str]]:
    """Return which of these lists are audited well enough: consultation, question and themes."""
    wanted = {consultation for consultation, _ in rows}
    drawn = (
        select(AuditSample)
        .where(AuditSample.consultation_id.in_(wanted))
        .order_by(AuditSample.drawn_at, AuditSample.id.desc())
    )
    latest = {(one.consultation_id, one.question): one for one in session.scalars(drawn)}
    return frozenset(
        place
        for place, sample in latest.items()
        if place in rows and not _standing_of(sample, rows[place]).is_indicative
    )


def _standing_of(sample: AuditSample, rows: Sequence[Theme]) -> Standing:
    if not sample.figures:
        return Standing()
    measured = _read(sample.figures)
    is_as_measured = sample.figures.get("list") == _shape(rows)
    return replace(
        measured,
        has_changed=any(str(theme.id) not in sample.theme_ids for theme in _on_offer(rows)),
        is_as_measured=is_as_measured,
        counts=measured.counts if is_as_measured else None,
    )


def _shape(rows: Iterable[Theme]) -> list[str]:
    """Return what changes when a theme comes, goes, is hidden, shown, merged or parted again."""
    return sorted(
        f"{row.id} {row.merged_into_id or ''} {row.status is ThemeStatus.HIDDEN}" for row in rows
    )


def _read(figures: Mapping[str, Any]) -> Standing:
    read = {name: value for name, value in figures.items() if name != "list"}
    if read["agreement"] is not None:
        read["agreement"] = Interval(**read["agreement"])
    if read["counts"] is not None:
        read["counts"] = {theme: Interval(**one) for theme, one in read["counts"].items()}
    return Standing(**read)


def _labels(
    books: Books, given: Mapping[UUID, Mapping[UUID, Code]]
) -> dict[UUID, list[frozenset[str]]]:
    """Return what each officer gave each answer, but for those that were corrected since."""
    labels: dict[UUID, list[frozenset[str]]] = defaultdict(list)
    by_name = {str(theme): theme for theme in books.counted_under}
    for officer in sorted(given, key=str):
        for response, row in given[officer].items():
            if response in books.answers and response not in books.codes:
                named = {by_name[one] for one in row.theme_ids if one in by_name}
                labels[response].append(_keys(books, frozenset(named)))
    return labels


def _keys(books: Books, named: frozenset[UUID]) -> frozenset[str]:
    shown = {theme.id for theme in choices(books)}
    return frozenset(str(one) for one in books.under(named) & shown)


def _counts(books: Books, audited: Sequence[Audited]) -> dict[str, Interval]:
    people = [one for one, written in books.answers.items() if written.tone]
    raised = {one: books.under(books.mentions.get(one, frozenset())) for one in people}
    others = [one for one in people if one not in books.codes]
    counts = {}
    for theme in choices(books):
        by_machine = sum(theme.id in raised[one] for one in others)
        by_people = sum(theme.id in raised[one] for one in people) - by_machine
        counted = Counted(by_people, by_machine, len(others))
        counts[str(theme.id)] = auditing.calibrate(str(theme.id), audited, counted)
    return counts
