"""Comparisons: the same question in several consultations, side by side and, if alike, together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.differences import Difference, Standing, compare_surveys
from surveys.questions import AnyQuestion, OneOf
from voice.errors import KeptApartError
from voice.models import AnswerRow, Consultation, Response
from voice.reports.figures import Figure, rate_of, rate_words
from voice.services.consultations import current_survey
from voice.services.results import answers_given, counting_in
from voice.services.walls import are_kept_apart

NOT_OFFERED = "not offered"


@dataclass(frozen=True, slots=True)
class Source:
    """One consultation of a comparison: `counting` submissions from `respondents` people."""

    consultation: Consultation
    counting: int
    respondents: int

    @property
    def head(self) -> str:
        """The head of its column: the title, and the response rate of every figure below."""
        rate = rate_of(self.counting, self.consultation.invited)
        return f"{self.consultation.title}. {rate_words(rate)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer, or one group of people, across the sources; None where it cannot be chosen."""

    label: str
    figures: tuple[Figure | None, ...]
    is_alike: bool  # asked alike everywhere, so the figures may be joined and subtracted

    @property
    def together(self) -> Figure | None:
        """All the sources as one, each person counted once for each; None unless asked alike.

        None too while one of them is withheld, which could be worked out from the rest.
        """
        known = [each for each in self.figures if each is not None and not each.is_withheld]
        if not self.is_alike or len(known) < len(self.figures):
            return None
        count, base = sum(each.count for each in known), sum(each.base for each in known)
        return Figure(self.label, count, base)

    @property
    def cells(self) -> list[str]:
        """Each figure in words, as they may be said inside the council."""
        return [NOT_OFFERED if each is None else each.guarded_words for each in self.figures]

    @property
    def change(self) -> int | None:
        """From the first source to the last in percentage points, of the rounded shares.

        None unless asked alike, or while either has nobody, or so few that it is withheld.
        """
        first, last = self.figures[0], self.figures[-1]
        if not self.is_alike or first is None or last is None:
            return None
        if first.percent is None or last.percent is None:
            return None
        return None if first.is_withheld or last.is_withheld else last.percent - first.percent


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in every source. `bases` are those who answered it; None: not asked there.

    `warnings` say in words what differs from the last source, so that nobody joins what is
    not alike.
    """

    question: AnyQuestion
    bases: tuple[int | None, ...]
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]

    @property
    def is_shared(self) -> bool:
        """Whether at least two of the sources ask it."""
        return sum(base is not None for base in self.bases) > 1


class Comparison:
    """Several consultations read side by side, in the order given; the last one leads.

    Raises:
        KeptApartError: if a wall stands between two of them; see `voice.services.two_sides`.
    """

    def __init__(self, session: Session, consultations: Sequence[Consultation]) -> None:
        if are_kept_apart(consultations):
            raise KeptApartError
        self._session = session
        self.sources = tuple(_source(session, each) for each in consultations)
        self._surveys = [current_survey(each) for each in consultations]
        self._given = [answers_given(session, counting_in(each)) for each in consultations]
        leading = self._surveys[-1]
        self._twins = [_by_code(compare_surveys(each, leading)) for each in self._surveys]

    @cached_property
    def questions(self) -> tuple[Compared, ...]:
        """Every question of the leading survey, in its order."""
        return tuple(self._compare(each) for each in self._surveys[-1].questions)

    @cached_property
    def asked_once(self) -> tuple[tuple[Source, AnyQuestion], ...]:
        """The questions that only an earlier source asked."""
        return tuple(
            (source, each.before)
            for source, twins in zip(self.sources, self._twins, strict=True)
            for each in twins.values()
            if each.standing is Standing.REMOVED and each.before is not None
        )

    def by_group(self, code: str, option: str, group: str) -> tuple[Line, ...]:
        """Return how many of each group chose `option`: a line for each option of `group`.

        Both questions are of the leading survey; a source that asks either otherwise has None.
        """
        chosen, grouped = self._surveys[-1].question(code), self._surveys[-1].question(group)
        if not isinstance(chosen, OneOf) or not isinstance(grouped, OneOf):
            return ()
        counts = [
            self._count_groups(place, code, option, group) for place in range(len(self.sources))
        ]
        is_alike = all(
            twins[each].standing is Standing.COMPARABLE
            for twins in self._twins
            for each in (code, group)
        )
        return tuple(
            Line(
                each.label,
                tuple(
                    None if count is None else Figure(each.label, *count[each.code])
                    for count in counts
                ),
                is_alike,
            )
            for each in grouped.options
        )

    def _compare(self, question: AnyQuestion) -> Compared:
        twins = [each[question.code] for each in self._twins]
        is_alike = all(each.standing is Standing.COMPARABLE for each in twins)
        asked = [each.before.code if each.before is not None else None for each in twins]
        given = [
            None if code is None else [values for values in self._given[place][code] if values]
            for place, code in enumerate(asked)
        ]
        return Compared(
            question=question,
            bases=tuple(None if values is None else len(values) for values in given),
            lines=tuple(_lines(question, twins, given, is_alike=is_alike)),
            warnings=tuple(self._warnings(twins)),
        )

    def _warnings(self, twins: Sequence[Difference]) -> Iterable[str]:
        for source, twin in zip(self.sources, twins, strict=True):
            title = source.consultation.title
            if twin.standing is Standing.ADDED:
                yield f"{title} did not ask it."
            elif twin.standing is Standing.CHANGED:
                yield f"Since {title}, it {'; '.join(twin.changes)}."

    def _count_groups(
        self, place: int, code: str, option: str, group: str
    ) -> dict[str, tuple[int, int]] | None:
        """Return how many chose `option`, and how many answered, by the group's option."""
        twins = [self._twins[place][each].before for each in (code, group)]
        if any(each is None for each in twins):
            return None
        asked, grouped = (each.code for each in twins if each is not None)
        given = self._given_by_person(place, (asked, grouped))
        bases: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for answers in given.values():
            for each in answers.get(grouped, ()) if answers.get(asked) else ():
                bases[each] += 1
                counts[each] += option in answers[asked]
        return {each: (counts[each], bases[each]) for each in _codes(twins[1])}

    def _given_by_person(
        self, place: int, codes: Sequence[str]
    ) -> Mapping[UUID, dict[str, list[str]]]:
        found = (
            select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
            .join(Response, Response.id == AnswerRow.response_id)
            .where(
                counting_in(self.sources[place].consultation),
                AnswerRow.is_on_path,
                AnswerRow.question.in_(codes),
            )
        )
        given: dict[UUID, dict[str, list[str]]] = {}
        for response, question, values in self._session.execute(found):
            given.setdefault(response, {})[question] = values
        return given


def _source(session: Session, consultation: Consultation) -> Source:
    found = select(func.count(), func.count(func.distinct(Response.respondent)))
    counting, respondents = session.execute(found.where(counting_in(consultation))).one()
    return Source(consultation, counting, respondents)


def _by_code(differences: Iterable[Difference]) -> dict[str, Difference]:
    return {each.code: each for each in differences}


def _codes(question: AnyQuestion | None) -> list[str]:
    return [each.code for each in question.options] if isinstance(question, OneOf) else []


def _lines(
    question: AnyQuestion,
    twins: Sequence[Difference],
    given: Sequence[Sequence[Sequence[str]] | None],
    *,
    is_alike: bool,
) -> Iterable[Line]:
    """Give a line for each option that any source offers, by its newest label."""
    if not isinstance(question, OneOf):
        return
    labels: dict[str, str] = {}
    for each in [question, *(twin.before for twin in reversed(twins))]:
        if isinstance(each, OneOf):
            labels = labels | {o.code: o.label for o in each.options if o.code not in labels}
    counts = [
        None if values is None else Counter(code for one in values for code in one)
        for values in given
    ]
    offered = [_codes(twin.before) for twin in twins]
    for code, label in labels.items():
        figures = tuple(
            Figure(label, count[code], len(given[place] or ()))
            if count is not None and code in offered[place]
            else None
            for place, count in enumerate(counts)
        )
        yield Line(label, figures, is_alike)
