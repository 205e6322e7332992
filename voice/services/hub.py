"""The hub: one search across surveys, channels and years, in words that tell nobody's name.

Every search is written down with its filters, and by whom (I1). What was searched for stays for
thirty days; what somebody kept as a view, until they delete it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from voice.analysis.aliases import Aliases
from voice.analysis.suppression import HIDDEN, OFFICERS_SMALLEST_COUNT, show_officers
from voice.errors import NotAllowedError, NotFoundError, VoiceError
from voice.models import (
    AnswerRow,
    HubEntry,
    HubNearest,
    HubSearch,
    Mention,
    Officer,
    Response,
    Theme,
)
from voice.services import audit, jobs
from voice.services.consultations import current_survey
from voice.services.hub_asking import Asked, Scope, conditions, may_be_read

MEANING = "hub-meaning"  # the job that finds what means much the same; subject: a search's id
PAGE_ENTRIES = 25
MOST_ALIKE = 25
MAX_NAME_CHARS = 80
FEWEST_PEOPLE = OFFICERS_SMALLEST_COUNT
Line = tuple[HubEntry, str | None]  # with the tone of the answer


class ViewRefusedError(VoiceError):
    """A view cannot be kept like this; the message says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as the hub shows it: masked words, where they come from, and the day."""

    answer_id: UUID
    words: str
    question: str
    title: str
    slug: str
    channel: str
    said_on: date
    service: str
    tone: str
    language: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. `withheld`: so few people are of the group that nothing is shown.

    `meaning` is "" without words, "waiting", "failed" or "found"; `alike` means much the same and
    does not hold the words. `apart` are surveys that were left out, for a wall stands between them.
    """

    answers: int
    people: int
    entries: tuple[Entry, ...]
    number: int
    has_more: bool
    withheld: bool
    meaning: str
    alike: tuple[Entry, ...]
    apart: tuple[str, ...]


def check_may_read(officer: Officer) -> None:
    """Make sure that the officer may read people's words.

    Raises:
        NotAllowedError: if their role reads figures and themes alone.
    """
    if not officer.may_read_answers:
        raise NotAllowedError(officer.role.value)


def keep_search(session: Session, officer: Officer, asked: Asked, *, now: datetime) -> HubSearch:
    """Write down what is searched for, and ask the worker for what means much the same."""
    check_may_read(officer)
    search = HubSearch(officer_id=officer.id, team=officer.team, asked=asked.stored, made_at=now)
    session.add(search)
    session.flush()
    if asked.words:
        jobs.enqueue(session, MEANING, str(search.id), now=now)
    return search


def get_search(session: Session, officer: Officer, search_id: UUID) -> HubSearch:
    """Return a search of the officer's own, or a view that is shared with their team.

    Raises:
        NotFoundError: if there is none, or it is somebody else's.
    """
    search = session.get(HubSearch, search_id)
    if search is None or not _may_open(search, officer):
        raise NotFoundError("search")
    return search


def list_views(session: Session, officer: Officer) -> Sequence[HubSearch]:
    """Return the views that this officer may open, their own and their team's, by name."""
    shared = and_(HubSearch.is_shared, HubSearch.team == officer.team)
    found = select(HubSearch).where(
        HubSearch.name != "", or_(HubSearch.officer_id == officer.id, shared)
    )
    return session.scalars(found.order_by(func.lower(HubSearch.name), HubSearch.made_at)).all()


def name_search(
    session: Session, officer: Officer, search: HubSearch, name: str, *, shared: bool, now: datetime
) -> None:
    """Keep a search as a view, for the officer alone or for their whole team.

    Raises:
        ViewRefusedError: "name" if it has none or a long one, "theirs" if it is somebody else's.
    """
    name = " ".join(name.split())
    if search.officer_id != officer.id:
        raise ViewRefusedError("theirs")
    if not name or len(name) > MAX_NAME_CHARS:
        raise ViewRefusedError("name")
    search.name, search.is_shared = name, shared
    session.flush()
    audit.record(session, officer, "hub view kept", search.id, now=now)


def delete_search(session: Session, officer: Officer, search: HubSearch, *, now: datetime) -> None:
    """Delete a view.

    Raises:
        ViewRefusedError: "theirs" if it is somebody else's.
    """
    if search.officer_id != officer.id:
        raise ViewRefusedError("theirs")
    audit.record(session, officer, "hub view deleted", search.id, now=now)
    session.delete(search)
    session.flush()


def search(
    session: Session,
    officer: Officer,
    kept: HubSearch,
    *,
    number: int = 1,
    now: datetime,
    aliases: Aliases | None = None,
) -> Found:
    """Return a page of what was found, newest first, and write down who looked for what.

    `aliases` are what goes by several names, a council's own among them.

    Raises:
        NotAllowedError: if the officer's role reads figures and nobody's words.
    """
    check_may_read(officer)
    asked = Asked.read(kept.asked)
    scope = Scope(session, officer, survey=asked.survey, aliases=aliases)
    note_taken(session, officer, kept, "hub searched", scope=scope, now=now)
    apart = tuple(each.title for each in scope.apart)
    if leave_out_few(session, scope, asked):
        return Found(0, 0, (), 1, False, True, "", (), apart)
    answers, people = count_found(session, scope, asked)
    start = (number - 1) * PAGE_ENTRIES
    rows = read_entries(session, scope, asked, start=start, limit=PAGE_ENTRIES)
    meaning = _meaning(session, kept) if asked.words else ""
    alike = _alike(session, scope, asked, kept) if meaning == "found" else []
    shown = show_entries(session, scope, [*rows, *alike])
    return Found(
        answers,
        people,
        entries=shown[: len(rows)],
        number=number,
        has_more=answers > number * PAGE_ENTRIES,
        withheld=False,
        meaning=meaning,
        alike=shown[len(rows) :],
        apart=apart,
    )


def note_taken(
    session: Session,
    officer: Officer,
    kept: HubSearch,
    action: str,
    *,
    scope: Scope,
    now: datetime,
) -> None:
    """Write down that `officer` took what a search finds, and by which filters."""
    subject = f"{kept.id} {scope.filters_of(Asked.read(kept.asked))}".strip()
    audit.record(session, officer, action, subject, now=now)


def leave_out_few(session: Session, scope: Scope, asked: Asked) -> bool:
    """Leave out each survey with so few people of the group or place that one might be known.

    Return whether nothing is left for it, so that all is withheld.
    """
    if not asked.narrows_people:
        return False
    many = func.count(func.distinct(Response.respondent))
    found = (
        _joined(select(HubEntry.consultation_id, many))
        .where(may_be_read(scope.by_id), *conditions(scope, asked.who))
        .group_by(HubEntry.consultation_id)
    )
    people = {consultation: number for consultation, number in session.execute(found)}
    few = {one for one, number in people.items() if show_officers(number, number).text == HIDDEN}
    scope.leave_out(few)
    return bool(few) and len(few) == len(people)


def count_found(session: Session, scope: Scope, asked: Asked) -> tuple[int, int]:
    """Return how many answers are found, and of how many responses they are."""
    found = _joined(select(func.count(), func.count(func.distinct(HubEntry.response_id))))
    answers, people = session.execute(
        found.where(may_be_read(scope.by_id), *conditions(scope, asked))
    ).one()
    return answers, people


def read_entries(
    session: Session, scope: Scope, asked: Asked, *, start: int, limit: int
) -> list[Line]:
    """Return `limit` of the entries that are found, the newest first."""
    found = (
        _joined(select(HubEntry, AnswerRow.tone))
        .where(may_be_read(scope.by_id), *conditions(scope, asked))
        .order_by(HubEntry.said_on.desc(), HubEntry.answer_id)
        .offset(start)
        .limit(limit)
    )
    return [(entry, tone) for entry, tone in session.execute(found)]


def _joined(found: Select) -> Select:  # type: ignore[type-arg] # whatever is selected stays so
    return (
        found.select_from(HubEntry)
        .join(AnswerRow, AnswerRow.id == HubEntry.answer_id)
        .join(Response, Response.id == HubEntry.response_id)
    )


def _meaning(session: Session, kept: HubSearch) -> str:
    job = jobs.find_latest(session, MEANING, str(kept.id))
    if job is None or job.finished_at is None:
        return "waiting"
    return "failed" if job.problem else "found"


def _alike(session: Session, scope: Scope, asked: Asked, kept: HubSearch) -> list[Line]:
    """Return what means much the same and is not among what holds the words, likest first."""
    holds: ColumnElement[bool] = and_(*conditions(scope, Asked(words=asked.words)))
    filters = conditions(scope, Asked.read(asked.stored | {"words": ""}))
    found = (
        _joined(select(HubEntry, AnswerRow.tone))
        .join(HubNearest, HubNearest.answer_id == HubEntry.answer_id)
        .where(may_be_read(scope.by_id), *filters, HubNearest.search_id == kept.id, ~holds)
        .order_by(HubNearest.alikeness.desc(), HubEntry.answer_id)
        .limit(MOST_ALIKE)
    )
    return [(entry, tone) for entry, tone in session.execute(found)]


def show_entries(session: Session, scope: Scope, rows: Sequence[Line]) -> tuple[Entry, ...]:
    """Return entries, each with its answer's tone, as they are shown."""
    named = _themes_of(session, scope, {entry.response_id for entry, _ in rows})
    shown = []
    for entry, tone in rows:
        consultation = scope.by_id[entry.consultation_id]
        question = current_survey(consultation).question(entry.question)
        shown.append(
            Entry(
                answer_id=entry.answer_id,
                words=entry.words,
                question=question.plain_text if question else entry.question,
                title=consultation.title,
                slug=consultation.slug,
                channel=entry.channel.label,
                said_on=entry.said_on,
                service=entry.service,
                tone=tone or "",
                language=entry.language,
                themes=named[entry.response_id, entry.consultation_id, entry.question],
            )
        )
    return tuple(shown)


def _themes_of(
    session: Session, scope: Scope, responses: Collection[UUID]
) -> defaultdict[tuple[UUID, UUID, str], tuple[str, ...]]:
    """Return the names of the themes of each answer, by response, consultation and question."""
    found = (
        select(Mention.response_id, Theme.consultation_id, Theme.question, Theme.id)
        .join(Theme, Theme.id == Mention.theme_id)
        .where(Mention.response_id.in_(responses))
        .order_by(Theme.place, Theme.key)
    )
    named: defaultdict[tuple[UUID, UUID, str], tuple[str, ...]] = defaultdict(tuple)
    for response, consultation, question, theme in session.execute(found):
        name, here = scope.themes.get(theme), (response, consultation, question)
        if name is not None and name not in named[here]:
            named[here] += (name,)
    return named


def _may_open(search: HubSearch, officer: Officer) -> bool:
    is_teams = search.is_shared and bool(search.name) and search.team == officer.team
    return search.officer_id == officer.id or is_teams
