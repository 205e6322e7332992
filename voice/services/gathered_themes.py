"""Gatherings in the themes: what was heard there, beside what people answered, never among it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.dates import date_in_words
from voice.models import (
    Capacity,
    Consultation,
    Gathering,
    GatheringMention,
    GatheringPoint,
    Theme,
)
from voice.services import gatherings
from voice.services.consultations import current_survey
from voice.services.theme_answers import masked, quotable

KINDS = {
    Capacity.FOCUS_GROUP: "Focus group",
    Capacity.EVENT: "Event",
    Capacity.VISIT_NOTE: "Member visit",
    Capacity.EVIDENCE: "Evidence session",
    Capacity.LETTER: "Letter",
}
NO_LOCALITY = "No locality given"


@dataclass(frozen=True, slots=True)
class HeardIn:
    """One gathering as a theme report shows it; every word is masked.

    `quotes` are the speakers' own words. `reported` is what somebody noted that they said: it is
    never printed as a quotation.
    """

    label: str  # such as "Focus group (9 people)"
    where: str  # such as "Southcourt Children’s Centre, 3 May 2026"
    locality: str
    quotes: tuple[str, ...]
    reported: tuple[str, ...]

    @property
    def words(self) -> str:
        """The label and where it was, on one line."""
        return ", ".join(each for each in (self.label, self.where) if each)


@dataclass(frozen=True, slots=True)
class LocalityRow:
    """How many points of each locality raise one theme, in the order of the localities."""

    theme: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LocalityTable:
    """Themes by locality: how often each was raised at the gatherings of each place."""

    localities: tuple[str, ...]
    gatherings: tuple[int, ...]  # how many were held in each
    rows: tuple[LocalityRow, ...]

    @property
    def head(self) -> tuple[str, ...]:
        """The headings of a table: the theme, and each locality with how many were held there."""
        held = zip(self.localities, self.gatherings, strict=True)
        return ("Theme", *(f"{place} ({number})" for place, number in held))

    @property
    def cells(self) -> tuple[tuple[str | int, ...], ...]:
        """The rows of a table: a theme's name, and its points in each locality."""
        return tuple((row.theme, *row.points) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was heard at gatherings about one question, now."""

    gatherings: Mapping[UUID, Gathering]
    points: Mapping[UUID, GatheringPoint]
    raised: Mapping[UUID, frozenset[UUID]]  # theme -> points, before merging
    unquotable: frozenset[tuple[UUID, str]]
    removed: int
    name_as: str  # what a name in a quote becomes

    @classmethod
    def read(cls, session: Session, consultation: Consultation, code: str) -> "Gathered":
        """Return it without any point that raised an alert (SAF-8)."""
        points = gatherings.readable_points(session, consultation, code)
        found = session.scalars(
            select(Gathering)
            .where(Gathering.id.in_({each.gathering_id for each in points.values()}))
            .order_by(Gathering.held_on, Gathering.recorded_at, Gathering.id)
        )
        raised: dict[UUID, set[UUID]] = defaultdict(set)
        mentions = session.execute(
            select(GatheringMention.theme_id, GatheringMention.point_id)
            .join(Theme, Theme.id == GatheringMention.theme_id)
            .where(Theme.consultation_id == consultation.id, Theme.question == code)
        )
        for theme, point in mentions:
            if point in points:
                raised[theme].add(point)
        every = session.scalars(
            select(GatheringPoint.id)
            .join(Gathering, Gathering.id == GatheringPoint.gathering_id)
            .where(Gathering.consultation_id == consultation.id, GatheringPoint.question == code)
        ).all()
        return cls(
            gatherings={each.id: each for each in found},
            points=points,
            raised={theme: frozenset(each) for theme, each in raised.items()},
            unquotable=frozenset(
                gatherings.worrying_words(session, consultation, alerts_only=False)
            ),
            removed=len(every) - len(points),
            name_as=current_survey(consultation).name_as,
        )

    @property
    def unread(self) -> int:
        """How many points came in since the last analysis."""
        return sum(not point.is_read for point in self.points.values())

    @property
    def everything(self) -> tuple[HeardIn, ...]:
        """Every gathering with all its points about this question, the earliest first."""
        return self._heard(self.points)

    def heard_in(self, themes: Iterable[Theme]) -> tuple[HeardIn, ...]:
        """Return the gatherings at which any of these themes was raised, with those points."""
        return self._heard(self._points_of(themes))

    def by_locality(self, views: Sequence[tuple[str, Sequence[Theme]]]) -> LocalityTable | None:
        """Return the themes by locality; None unless at least two are named.

        `views` are the themes' names, each with everything merged into it.
        """
        placed = self._localities()
        held = Counter(placed.values())
        localities = sorted(set(held) - {NO_LOCALITY}, key=str.casefold)
        if len(localities) <= 1:
            return None
        localities += [NO_LOCALITY] if NO_LOCALITY in held else []
        rows = []
        for label, parts in views:
            points = (self.points[each] for each in self._points_of(parts))
            where = Counter(placed[each.gathering_id] for each in points)
            rows.append(LocalityRow(label, tuple(where[each] for each in localities)))
        return LocalityTable(
            tuple(localities),
            tuple(held[each] for each in localities),
            tuple(row for row in rows if any(row.points)),
        )

    def _localities(self) -> dict[UUID, str]:
        """Return each gathering's locality, in its most usual spelling."""
        usual = Counter(each.locality for each in self.gatherings.values())
        spelt: dict[str, str] = {}
        for locality in sorted(usual, key=lambda each: (-usual[each], each.isupper(), each)):
            spelt.setdefault(locality.casefold(), locality or NO_LOCALITY)
        return {one: spelt[each.locality.casefold()] for one, each in self.gatherings.items()}

    def _points_of(self, themes: Iterable[Theme]) -> set[UUID]:
        return set().union(*(self.raised.get(theme.id, frozenset()) for theme in themes))

    def _heard(self, wanted: Iterable[UUID]) -> tuple[HeardIn, ...]:
        chosen = set(wanted)
        by_gathering: dict[UUID, list[GatheringPoint]] = defaultdict(list)
        for point in self.points.values():
            if point.id in chosen:
                by_gathering[point.gathering_id].append(point)
        return tuple(
            self._heard_in(gathering, by_gathering[gathering.id])
            for gathering in self.gatherings.values()
            if gathering.id in by_gathering
        )

    def _heard_in(self, gathering: Gathering, points: Sequence[GatheringPoint]) -> HeardIn:
        shown = [each for each in points if (gathering.id, each.words) not in self.unquotable]
        return HeardIn(
            label=label_of(gathering),
            where=where_of(gathering),
            locality=gathering.locality,
            quotes=tuple(self._quotable(each) for each in shown if each.is_verbatim),
            reported=tuple(self._quotable(each) for each in shown if not each.is_verbatim),
        )

    def _quotable(self, point: GatheringPoint) -> str:
        return quotable(point.words, name_as=self.name_as)


def label_of(gathering: Gathering) -> str:
    """Return what a gathering is called in every report, such as "Focus group (9 people)"."""
    kind = KINDS[gathering.kind]
    if gathering.headcount is None:
        return kind
    people = "1 person" if gathering.headcount == 1 else f"{gathering.headcount} people"
    return f"{kind} ({people})"


def where_of(gathering: Gathering) -> str:
    """Return where and when it was, as far as somebody wrote it down."""
    day = date_in_words(gathering.held_on.isoformat())
    parts = (masked(gathering.who), masked(gathering.place), day)
    return ", ".join(part for part in parts if part)
