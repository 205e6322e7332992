"""Themes as officers read them: how many people, in what tone, in whose words, said by whom."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.questions import Choice, Faces, OneOf, Scale
from voice.analysis.comparison import GroupCount, compare_groups
from voice.analysis.suppression import HIDDEN, PUBLIC_SMALLEST_COUNT, show_officers
from voice.models import (
    Analysis,
    AnswerRow,
    Consultation,
    Response,
    Theme,
    ThemeStatus,
)
from voice.reports.figures import Figure
from voice.services import (
    audits,
    capacities,
    results,
    theme_answers,
    theme_log,
    themes,
)
from voice.services.consultations import current_survey
from voice.services.gathered_themes import HeardIn, LocalityTable
from voice.services.quotes import Quote, Quoting
from voice.services.theme_behind import Behind
from voice.services.theme_beside import Beside, read_beside

MAX_GROUPS = 10  # options of a question that people are compared by
FEW_PEOPLE = 10  # below this, officers are warned
SMALL_BASE = 30  # below this, shares are said with care: one person is more than 3 per cent
TONES = ("positive", "mixed", "neutral", "negative")


@dataclass(frozen=True, slots=True)
class SaidMore:
    """A group that raises a theme more than everybody else, beyond chance."""

    question: str
    group: Figure
    others: Figure


@dataclass(frozen=True, slots=True)
class ThemeView:
    """One theme with everything merged into it; `people` counts each person once."""

    id: UUID
    key: str
    label: str
    found_label: str
    description: str
    status: ThemeStatus
    edition: int
    people: Figure
    first: Figure  # who name it first: each person names one theme first
    tones: tuple[Figure, ...]
    quoted: tuple[Quote, ...]
    said_more_by: tuple[SaidMore, ...]
    merged: tuple[Theme, ...]
    heard: tuple[HeardIn, ...] = ()  # the gatherings at which it was raised too
    speaking: tuple[str, ...] = ()  # such as "1 committee", among the people
    is_indicative: bool = False  # its figures are, for the list is not audited well enough
    swapped: int = 0  # quotes that somebody set aside for others

    @property
    def quotes(self) -> tuple[str, ...]:
        """The words that are quoted, without who said them."""
        return tuple(quote.words for quote in self.quoted)

    @property
    def is_small(self) -> bool:
        """Whether so few people stand behind it that one of them might be recognised."""
        return 0 < self.people.count < FEW_PEOPLE

    @property
    def is_only_heard(self) -> bool:
        """Whether it comes from gatherings alone, so that no number of people stands behind it."""
        return self.people.count == 0 and bool(self.heard)

    @property
    def is_too_small_to_publish(self) -> bool:
        """Whether no number and no quote of it may be shown in public (CON-7)."""
        return self.people.count < PUBLIC_SMALLEST_COUNT


@dataclass(frozen=True, slots=True)
class QuestionThemes:
    """Everything found in the answers to one question. `analysis` is None before the first."""

    code: str
    text: str
    analysis: Analysis | None
    base: int
    answered: int
    shown: tuple[ThemeView, ...]
    hidden: tuple[ThemeView, ...]
    unassigned: int
    without_content: int | None  # None where it would betray how many were removed
    removed: str
    new_answers: int
    job: str  # "", "waiting", "failed" or "in use"
    heard: tuple[HeardIn, ...] = ()  # every gathering that spoke to the question
    localities: LocalityTable | None = None
    version: theme_log.Version | None = None  # the list that was signed off last
    service: str = ""  # that the question asks about, such as a team
    standing: audits.Standing = field(default_factory=audits.Standing)  # how far to believe it
    is_named: bool = False  # somebody has worked on them, so that they are not found anew
    tones: tuple[Figure, ...] = ()  # of all who said something, whether they raise a theme or not
    beside: Beside = field(default_factory=Beside)

    def find(self, theme_id: UUID) -> ThemeView | None:
        """Return one theme, hidden or not; None while it is merged into another."""
        return next((one for one in (*self.shown, *self.hidden) if one.id == theme_id), None)

    @property
    def points(self) -> int:
        """How many points were noted at gatherings."""
        return sum(len(each.quotes) + len(each.reported) for each in self.heard)

    @property
    def is_small(self) -> bool:
        """Whether so few people wrote here that they cannot speak for everybody."""
        return 0 < self.base < SMALL_BASE

    @property
    def signed_off(self) -> tuple[ThemeView, ...]:
        """The themes that a person stands by."""
        return tuple(one for one in self.shown if one.status is ThemeStatus.SIGNED_OFF)


def read_themes(
    session: Session, consultation: Consultation, code: str, *, behind: Behind | None = None
) -> QuestionThemes:
    """Return the themes of a question, most people's first; `behind` is read if it is not given.

    Raises:
        NotFoundError: if there is no such question.
    """
    question = themes.get_question(consultation, code)
    behind = behind or Behind.read(session, consultation, code)
    rows = themes.themes_of(session, consultation, code)
    standing = audits.standing(session, consultation, code, rows)
    quoting = Quoting.read(session, consultation, behind)
    views = _marked(_views(session, consultation, rows, behind, quoting=quoting), standing)
    shown = tuple(one for one in views if one.status is not ThemeStatus.HIDDEN)
    parts = _parts(shown, rows)
    analysis = find_analysis(session, consultation, code)
    beside = read_beside(session, consultation, question, behind, parts, quoting=quoting)
    return QuestionThemes(
        code=code,
        text=question.plain_text,
        analysis=analysis,
        base=len(behind.people),
        answered=len(behind.readable),
        shown=shown,
        hidden=tuple(one for one in views if one.status is ThemeStatus.HIDDEN),
        unassigned=len(behind.unassigned),
        without_content=_without_content(behind, analysis),
        removed=theme_answers.removed_in_words(behind.removed),
        new_answers=_new_answers(behind),
        job=_job_state(session, consultation, code),
        heard=behind.gathered.everything,
        localities=behind.gathered.by_locality(parts),
        version=_version(session, consultation, code, shown=shown, base=len(behind.people)),
        service=current_survey(consultation).service_of(question),
        tones=_count_tones([behind.readable[one].tone for one in behind.people]),
        beside=beside,
        standing=standing,
        is_named=themes.are_worked_on(session, consultation, code),
    )


def _marked(views: Iterable[ThemeView], standing: audits.Standing) -> list[ThemeView]:
    """Return the views, each with whether its figures are indicative."""
    return [replace(view, is_indicative=standing.is_indicative) for view in views]


def _new_answers(behind: Behind) -> int:
    """Return how many answers and points came in since the themes were found."""
    return sum(row.tone is None for row in behind.readable.values()) + behind.gathered.unread


def _without_content(behind: Behind, analysis: Analysis | None) -> int | None:
    if analysis is None or 0 < behind.removed < PUBLIC_SMALLEST_COUNT:
        return None
    return analysis.without_content


def _version(
    session: Session,
    consultation: Consultation,
    code: str,
    *,
    shown: Iterable[ThemeView],
    base: int,
) -> theme_log.Version | None:
    """Return the list that was signed off last, set beside the counts of the themes on view."""
    people = {view.key: (view.people.count, view.first.count) for view in shown}
    counted = theme_log.Counted(base, people)
    return theme_log.find_version(session, consultation.id, code, counted=counted)


def get_view(session: Session, consultation: Consultation, theme: Theme) -> ThemeView | None:
    """Return one theme as officers read it; None while it is merged into another."""
    rows = themes.themes_of(session, consultation, theme.question)
    behind = Behind.read(session, consultation, theme.question)
    quoting = Quoting.read(session, consultation, behind)
    found = _views(session, consultation, rows, behind, quoting=quoting)
    return next((one for one in found if one.id == theme.id), None)


def find_analysis(session: Session, consultation: Consultation, code: str) -> Analysis | None:
    """Return the latest analysis of a question, or None."""
    return session.scalar(
        select(Analysis).where(
            Analysis.consultation_id == consultation.id, Analysis.question == code
        )
    )


def _views(
    session: Session,
    consultation: Consultation,
    rows: Iterable[Theme],
    behind: Behind,
    *,
    quoting: Quoting,
) -> list[ThemeView]:
    """Return a view of each theme that is not merged away, most people first."""
    by_id = {theme.id: theme for theme in rows}
    parts: dict[UUID, list[Theme]] = defaultdict(list)
    for theme in by_id.values():
        parts[_root(theme, by_id)].append(theme)
    groups = _groups(session, consultation, behind.people)
    placed = sorted(parts, key=lambda root: (by_id[root].place, by_id[root].key))
    counted = {root: parts[root] for root in placed if by_id[root].status is not ThemeStatus.HIDDEN}
    firsts = behind.count_firsts(counted)
    views = [
        _view(by_id[root], parts[root], behind, groups, first=firsts[root], quoting=quoting)
        for root in parts
    ]
    return sorted(views, key=lambda one: (-one.people.count, by_id[one.id].place, one.key))


def _root(theme: Theme, by_id: Mapping[UUID, Theme]) -> UUID:
    while theme.merged_into_id is not None:
        theme = by_id[theme.merged_into_id]
    return theme.id


def _view(
    root: Theme,
    parts: list[Theme],
    behind: Behind,
    groups: Mapping[str, Mapping[UUID, str]],
    *,
    first: int,
    quoting: Quoting,
) -> ThemeView:
    people = behind.people_of(parts)
    return ThemeView(
        id=root.id,
        key=root.key,
        label=root.label,
        found_label=root.found_label,
        description=root.description,
        status=root.status,
        edition=root.edition,
        people=Figure(root.label, len(people), len(behind.people)),
        first=Figure(root.label, first, len(behind.people)),
        tones=_count_tones(behind.tones_of(parts).values()),
        quoted=quoting.choose(parts, behind),
        swapped=sum(len(quoting.aside.get(part.id, ())) for part in parts),
        said_more_by=tuple(_said_more(people, groups)),
        merged=tuple(part for part in parts if part is not root),
        heard=behind.gathered.heard_in(parts),
        speaking=capacities.count_in_words(
            behind.spoke_as[one] for one in people if one in behind.spoke_as
        ),
    )


def _count_tones(spoken: Collection[str | None]) -> tuple[Figure, ...]:
    """Return how many people speak in each tone in which any does."""
    tones = Counter(spoken)
    return tuple(Figure(tone, tones[tone], len(spoken)) for tone in TONES if tones[tone])


def _parts(
    views: Iterable[ThemeView], rows: Iterable[Theme]
) -> list[tuple[str, tuple[Theme, ...]]]:
    """Return each theme's name with the rows that are counted under it."""
    by_id = {row.id: row for row in rows}
    return [(view.label, (by_id[view.id], *view.merged)) for view in views]


def _groups(
    session: Session, consultation: Consultation, people: frozenset[UUID]
) -> dict[str, dict[UUID, str]]:
    """Return, for each question with few options, which one each of these people chose."""
    survey = current_survey(consultation)
    asked: dict[str, OneOf] = {
        question.code: question
        for question in survey.questions
        if isinstance(question, Choice | Scale | Faces) and len(question.options) <= MAX_GROUPS
    }
    rows = session.execute(
        select(AnswerRow.response_id, AnswerRow.question, AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(
            results.counting_in(consultation), AnswerRow.question.in_(asked), AnswerRow.is_on_path
        )
    )
    groups: dict[str, dict[UUID, str]] = defaultdict(dict)
    for response, code, values in rows:
        option = asked[code].option(values[0]) if values else None
        if option is not None and response in people:
            groups[asked[code].text][response] = option.label
    return groups


def _said_more(people: set[UUID], groups: Mapping[str, Mapping[UUID, str]]) -> Iterable[SaidMore]:
    for question, chosen in groups.items():
        bases = Counter(chosen.values())
        said = Counter(chosen[one] for one in people if one in chosen)
        counts = {group: GroupCount(said[group], base) for group, base in bases.items()}
        for one in compare_groups(counts):
            if one.says_more and show_officers(one.mentions, one.comments).text != HIDDEN:
                rest = sum(said.values()) - one.mentions, sum(bases.values()) - one.comments
                yield SaidMore(
                    question,
                    Figure(one.group, one.mentions, one.comments),
                    Figure("everybody else", *rest),
                )


def _job_state(session: Session, consultation: Consultation, code: str) -> str:
    job = themes.find_job(session, consultation, code)
    if job is None or (job.finished_at is not None and not job.problem):
        return ""
    if job.finished_at is None:
        return "waiting"
    return "in use" if job.problem == themes.ThemesInUseError.__name__ else "failed"
