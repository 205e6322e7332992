"""What an officer asks the hub: words and filters, among the consultations that they may open."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from surveys.questions import Choice, Postcode
from voice.analysis.aliases import Aliases
from voice.analysis.searching import MOST_CHARS, read_terms
from voice.models import (
    AnswerRow,
    Concern,
    Consultation,
    HubEntry,
    Mention,
    Officer,
    Response,
    Theme,
    ThemeStatus,
)
from voice.services import teams
from voice.services.consultations import current_survey
from voice.services.theme_views import MAX_GROUPS
from voice.services.walls import are_kept_apart, walls_of

BETWEEN = "|"  # a question's code and an option's


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, and what filters what is found; "" filters nothing. Days are written 2026-06-01.

    `group` is a question's code and an option's with "|" between; `place` a postcode's outward
    part or a ward; `survey` a consultation's slug; `theme` a theme's name, whichever survey's.
    """

    words: str = ""
    survey: str = ""
    service: str = ""
    theme: str = ""
    tone: str = ""
    channel: str = ""
    group: str = ""
    place: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Asked":
        """Return what was given under these names, cut to a length that nobody types."""
        named = (each.name for each in fields(cls))
        return cls(**{name: str(given.get(name, "")).strip()[:MOST_CHARS] for name in named})

    @property
    def stored(self) -> dict[str, str]:
        """What is not empty, to be read again by `read`."""
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def filters(self) -> str:
        """The filters without the words, as the audit log keeps them."""
        kept = ((name, value) for name, value in self.stored.items() if name != "words")
        return "; ".join(f"{name}={value}" for name, value in kept)

    @property
    def who(self) -> "Asked":
        """Only what says whose words these may be: too few of them, and nobody's are shown."""
        return replace(self, words="", theme="", tone="")

    @property
    def narrows_people(self) -> bool:
        """Whether it asks for people of some group or place."""
        return bool(self.group or self.place)


class Scope:
    """The consultations that a search may read, and what can be chosen among them.

    Both sides of a wall are never read together: while they would be, neither is, unless the
    search asks for one survey. `apart` are those that were left out.
    """

    def __init__(
        self,
        session: Session,
        officer: Officer,
        *,
        survey: str = "",
        among: Collection[str] | None = None,
        aliases: Aliases | None = None,
    ) -> None:
        every = teams.list_consultations(session, officer)
        _load_versions(session, every)
        self._session = session
        self.aliases = aliases
        self.every = tuple(every)
        wanted = {survey} if survey else among
        here = [each for each in every if wanted is None or each.slug in wanted]
        walled = [each for each in here if walls_of(each)] if are_kept_apart(here) else []
        self.apart = tuple(walled)
        self.consultations = tuple(each for each in here if each not in walled)

    @cached_property
    def by_id(self) -> dict[UUID, Consultation]:
        """The consultations by their ids."""
        return {each.id: each for each in self.consultations}

    @cached_property
    def _roots(self) -> dict[UUID, Theme]:
        found = select(Theme).where(Theme.consultation_id.in_(self.by_id))
        by_id = {each.id: each for each in self._session.scalars(found)}
        return {one: _root(each, by_id) for one, each in by_id.items()}

    @cached_property
    def themes(self) -> dict[UUID, str]:
        """The name that each theme goes by, of those it was merged into; none that are hidden."""
        hidden = ThemeStatus.HIDDEN
        return {one: root.label for one, root in self._roots.items() if root.status is not hidden}

    @cached_property
    def signed_off(self) -> dict[UUID, Theme]:
        """The theme that a person stands by which each theme is counted under."""
        signed = ThemeStatus.SIGNED_OFF
        return {one: root for one, root in self._roots.items() if root.status is signed}

    @cached_property
    def theme_names(self) -> tuple[str, ...]:
        """Every theme's name once, in the order of the alphabet."""
        return tuple(sorted(set(self.themes.values()), key=str.casefold))

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The services that questions ask about."""
        surveys = [current_survey(each) for each in self.consultations]
        named = {survey.service_of(each) for survey in surveys for each in survey.questions}
        return tuple(sorted(named - {""}, key=str.casefold))

    @cached_property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The options of closed questions that people can be told apart by: value and label."""
        found: dict[str, str] = {}
        for each in self.consultations:
            for question in current_survey(each).questions:
                if not isinstance(question, Choice) or question.equality:
                    continue
                if len(question.options) <= MAX_GROUPS:
                    for option in question.options:
                        label = f"{question.plain_text} {option.label}"
                        found.setdefault(f"{question.code}{BETWEEN}{option.code}", label)
        return tuple(sorted(found.items(), key=lambda one: one[1].casefold()))

    @cached_property
    def postcode_questions(self) -> frozenset[str]:
        """The codes of the questions that ask where somebody lives."""
        surveys = (current_survey(each) for each in self.consultations)
        return frozenset(
            each.code for survey in surveys for each in survey.questions
            if isinstance(each, Postcode)
        )  # fmt: skip


def may_be_read(consultations: Collection[UUID]) -> ColumnElement[bool]:
    """Return what holds for every entry that may be shown, joined to its answer and response.

    Of these consultations; sent in and counted; masked as the answer stands now; and of nobody who
    raised a concern, whatever the worker has done by now (SAF-8).
    """
    return and_(
        HubEntry.consultation_id.in_(consultations),
        HubEntry.answered_at == AnswerRow.answered_at,
        AnswerRow.is_on_path,
        Response.submitted_at.is_not(None),
        Response.counts,
        ~exists().where(Concern.response_id == HubEntry.response_id),
    )


def conditions(scope: Scope, asked: Asked) -> Sequence[ColumnElement[bool]]:
    """Return what an entry must be to be found, besides that it may be read."""
    words = read_terms(asked.words, scope.aliases).parts
    found = [HubEntry.folded.contains(f" {part} ", autoescape=True) for part in words]
    same = (
        (HubEntry.service, asked.service),
        (AnswerRow.tone, asked.tone),
        (cast(HubEntry.channel, String), asked.channel),
    )
    found += [column == value for column, value in same if value]
    if since := _day(asked.since):
        found.append(HubEntry.said_on >= since)
    if until := _day(asked.until):
        found.append(HubEntry.said_on <= until)
    if asked.theme:
        found.append(_speaks_of(scope, asked.theme))
    return [*found, *_of_people(scope, asked)]


def _of_people(scope: Scope, asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.group:
        code, _, option = asked.group.partition(BETWEEN)
        yield _says([code], [f"%{json.dumps(option)}%"])
    if asked.place:
        place = json.dumps(asked.place.casefold())[:-1]
        yield _says(scope.postcode_questions, [f'[{place}"]', f"[{place} %"])


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _says(codes: Collection[str], patterns: Sequence[str]) -> ColumnElement[bool]:
    """Return whether the same response answers one of these questions like one of `patterns`."""
    said = AnswerRow.__table__.alias("said")
    values = func.lower(cast(said.c["values"], String))
    return exists().where(
        said.c.response_id == HubEntry.response_id,
        said.c.question.in_(codes),
        said.c.is_on_path,
        or_(*(values.like(each.lower()) for each in patterns)),
    )


def _speaks_of(scope: Scope, name: str) -> ColumnElement[bool]:
    named = [one for one, each in scope.themes.items() if each.casefold() == name.casefold()]
    return exists().where(
        Mention.response_id == HubEntry.response_id,
        Mention.theme_id.in_(named),
        Theme.id == Mention.theme_id,
        Theme.question == HubEntry.question,
    )


def _root(theme: Theme, by_id: Mapping[UUID, Theme]) -> Theme:
    while theme.merged_into_id is not None:
        theme = by_id[theme.merged_into_id]
    return theme


def _load_versions(session: Session, consultations: Sequence[Consultation]) -> None:
    """Read every wording at once, and not consultation by consultation."""
    wanted = [each.id for each in consultations]
    found = select(Consultation).where(Consultation.id.in_(wanted))
    session.scalars(found.options(selectinload(Consultation.versions))).all()
