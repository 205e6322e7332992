"""Signed-off themes across surveys: by service, through the years, and several surveys as one.

Counted are people who raise a theme, each once in a survey; nobody who raised an alert (SAF-8), and
no theme that no person signed off.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from voice.analysis.safeguarding import Tier
from voice.models import AnswerRow, Concern, Consultation, Mention, Response
from voice.reports.figures import Figure, rate_cell
from voice.services import audits
from voice.services.consultations import current_survey
from voice.services.hub_asking import Scope
from voice.services.results import read_rate

NO_SERVICE = "No service named"
NOTHING_SAID = "Nothing said"
NOT_LISTED = "not in that list"  # of the themes that somebody signed off: nobody looked for it
Place = tuple[UUID, str]  # a consultation and one of its questions


@dataclass(frozen=True, slots=True)
class Raised:
    """Who said something in answer to which question, and who raised which theme, by its name."""

    said: dict[Place, set[UUID]]
    themes: dict[Place, dict[str, set[UUID]]]
    waves: dict[UUID, str]
    audited: frozenset[Place]  # whose list is audited well enough; other figures are indicative

    @classmethod
    def read(cls, session: Session, scope: Scope) -> "Raised":
        """Read every question of `scope` in which a theme was signed off."""
        places = {(each.consultation_id, each.question) for each in scope.signed_off.values()}
        spelt = _usual_spelling(scope)
        lists = {place: scope.lists[place] for place in places}
        audited = audits.list_audited(session, lists)
        found = cls(defaultdict(set), defaultdict(lambda: defaultdict(set)), {}, audited)
        for consultation, question, response, wave in session.execute(_speaking(scope)):
            if (consultation, question) in places:
                found.said[consultation, question].add(response)
                found.waves[response] = wave
        mentions = select(Mention.theme_id, Mention.response_id).where(
            Mention.theme_id.in_(scope.signed_off)
        )
        for theme, response in session.execute(mentions):
            root = scope.signed_off[theme]
            here = (root.consultation_id, root.question)
            if response in found.said[here]:
                found.themes[here][spelt[root.label.casefold()]].add(response)
        for root in scope.signed_off.values():  # raised by nobody is known as well
            here = (root.consultation_id, root.question)
            found.themes[here].setdefault(spelt[root.label.casefold()], set())
        return found

    @property
    def names(self) -> list[str]:
        """Every theme's name, those first that most people raise."""
        people: dict[str, int] = defaultdict(int)
        for themes in self.themes.values():
            for name, raised in themes.items():
                people[name] += len(raised)
        return sorted(people, key=lambda name: (-people[name], name.casefold()))


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme in one service. A gap: people said something about it, and nobody this.

    `is_listed`: whether a signed-off list of this service has the theme. `is_indicative`: whether
    one that has it is not audited well enough.
    """

    figure: Figure
    is_gap: bool
    is_listed: bool
    is_indicative: bool

    @property
    def words(self) -> str:
        """The figure as it may be said inside the council, or that nothing was said."""
        if not self.is_listed:
            return NOT_LISTED
        nothing = f"{NOTHING_SAID} ({self.figure.base})"
        return say(nothing if self.is_gap else self.figure.guarded_words, self.is_indicative)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One theme across the services, and in how many services and surveys it comes again."""

    theme: str
    cells: tuple[Cell, ...]
    services: int
    surveys: int

    @property
    def again(self) -> str:
        """In words, where the same is said in several places; "" where it is not."""
        if max(self.services, self.surveys) < 2:
            return ""
        return f"In {_many(self.services, 'service')}, {_many(self.surveys, 'survey')}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Themes as rows, services as columns with how many people said something about each."""

    services: tuple[tuple[str, int], ...]
    rows: tuple[MatrixRow, ...]
    apart: tuple[str, ...]

    @property
    def gaps(self) -> int:
        """How many cells are gaps."""
        return sum(cell.is_gap for row in self.rows for cell in row.cells)

    @property
    def duplicated(self) -> int:
        """How many themes come again in another service or survey."""
        return sum(bool(row.again) for row in self.rows)


def read_matrix(session: Session, scope: Scope) -> Matrix:
    """Return the signed-off themes by the services that questions ask about."""
    raised = Raised.read(session, scope)
    places = _by_service(scope, raised)
    bases = {each: len(_together(raised.said[one] for one in places[each])) for each in places}
    rows = tuple(_row(raised, places, name) for name in raised.names)
    return Matrix(tuple(bases.items()), rows, tuple(each.title for each in scope.apart))


def _by_service(scope: Scope, raised: Raised) -> dict[str, list[Place]]:
    """Return the questions that ask about each service, by its name; those of none come last."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in raised.themes:
        survey = current_survey(scope.by_id[place[0]])
        question = survey.question(place[1])
        service = survey.service_of(question) if question else ""
        found[service or NO_SERVICE].append(place)
    in_order = sorted(found, key=lambda one: (one == NO_SERVICE, one.casefold()))
    return {each: found[each] for each in in_order}


def _row(raised: Raised, places: Mapping[str, list[Place]], name: str) -> MatrixRow:
    cells = [
        _cell(raised, [one for one in places[each] if name in raised.themes[one]], name)
        for each in places
    ]
    surveys = {place[0] for place, themes in raised.themes.items() if themes.get(name)}
    return MatrixRow(
        name,
        tuple(cells),
        services=sum(each.figure.count > 0 for each in cells),
        surveys=len(surveys),
    )


def _cell(raised: Raised, listed: Sequence[Place], name: str) -> Cell:
    """Return a theme's figure of the questions whose signed-off list has it."""
    people = _together(raised.themes[one][name] for one in listed)
    figure = Figure(name, len(people), len(_together(raised.said[one] for one in listed)))
    is_gap = figure.count == 0 and figure.base > 0
    is_indicative = not raised.audited.issuperset(listed)
    return Cell(figure, is_gap=is_gap, is_listed=bool(listed), is_indicative=is_indicative)


@dataclass(frozen=True, slots=True)
class Point:
    """One survey, or one wave of it, in which a theme could be raised."""

    title: str
    slug: str
    wave: str
    closes_at: datetime
    figure: Figure
    asked: str
    is_alike: bool  # worded as in the newest
    rate: str  # how many of those asked answered, or that nobody knows
    is_listed: bool  # whether its signed-off list has the theme; without, the figure has no base
    is_indicative: bool  # its list is not audited well enough

    @property
    def words(self) -> str:
        """The figure as it may be said inside the council, or that nobody looked for it."""
        return say(self.figure.guarded_words, self.is_indicative) if self.is_listed else NOT_LISTED

    @property
    def label(self) -> str:
        """What the chart calls it."""
        return self.wave or f"{self.closes_at:%b %Y}"


def read_theme_trend(session: Session, scope: Scope, name: str) -> tuple[Point, ...]:
    """Return how many raised a theme, survey by survey and wave by wave, the oldest first.

    A survey that was asked the same question and whose signed-off themes lack it has no figure.
    """
    raised = Raised.read(session, scope)
    codes = {place[1] for place, themes in raised.themes.items() if name in themes}
    points = []
    for (consultation_id, code), themes in raised.themes.items():
        if code not in codes:
            continue
        consultation = scope.by_id[consultation_id]
        question = current_survey(consultation).question(code)
        said, people = raised.said[consultation_id, code], themes.get(name, set())
        for wave in sorted({raised.waves[one] for one in said}):
            of_it = {one for one in said if raised.waves[one] == wave}
            points.append((consultation, wave, question.plain_text if question else code,
                           Figure(name, len(people & of_it), len(of_it) if name in themes else 0),
                           name in themes,
                           (consultation_id, code) not in raised.audited))  # fmt: skip
    points.sort(key=lambda one: (one[0].closes_at, one[0].slug, one[1]))
    newest = points[-1][2] if points else ""
    return tuple(
        Point(
            each.title,
            each.slug,
            wave,
            each.closes_at,
            figure,
            asked,
            is_alike=asked == newest,
            rate=rate_cell(read_rate(session, each)),
            is_listed=is_listed,
            is_indicative=is_indicative,
        )
        for each, wave, asked, figure, is_listed, is_indicative in points
    )


def say(words: str, is_indicative: bool) -> str:
    """Return a figure's words, with a word more where its list is not audited well enough."""
    return f"{words}, indicative" if is_indicative else words


def merge_themes(
    session: Session, scope: Scope, consultations: Sequence[Consultation], code: str
) -> list[tuple[str, tuple[tuple[Figure, bool] | None, ...]]]:
    """Return the themes of one free-text question, with the figure of each survey by itself.

    With each, whether it is indicative. None where it is not in that survey's signed-off list.
    """
    raised = Raised.read(session, scope)
    places = [(each.id, code) for each in consultations]
    names = [name for name in raised.names
             if any(name in raised.themes.get(one, {}) for one in places)]  # fmt: skip
    return [
        (
            name,
            tuple(
                (Figure(name, len(raised.themes[one][name]), len(raised.said.get(one, ()))),
                 one not in raised.audited)
                if name in raised.themes.get(one, {}) else None
                for one in places
            ),
        )
        for name in names
    ]  # fmt: skip


def _speaking(scope: Scope) -> Select[UUID, str, UUID, str]:
    alert = and_(Concern.response_id == Response.id, Concern.tier == Tier.ALERT.value)
    return (
        select(Response.consultation_id, AnswerRow.question, Response.id, Response.wave)
        .join(AnswerRow, AnswerRow.response_id == Response.id)
        .where(
            Response.consultation_id.in_(scope.by_id),
            Response.submitted_at.is_not(None),
            Response.counts,
            AnswerRow.is_on_path,
            AnswerRow.tone != "",
            ~exists().where(alert),
        )
    )


def _usual_spelling(scope: Scope) -> dict[str, str]:
    """Return how a name is written that surveys write in several cases: as the newest does."""
    themes = sorted(scope.signed_off.values(), key=lambda each: (each.signed_off_at is not None,
                    each.signed_off_at.timestamp() if each.signed_off_at else 0.0))  # fmt: skip
    return {each.label.casefold(): each.label for each in themes}


def _together(people: Iterable[set[UUID]]) -> set[UUID]:
    return {each for one in people for each in one}


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
