"""What an officer asks the hub: words and filters, among the consultations that they may open."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, or_, select
from sqlalchemy.orm import Session, selectinload

from surveys.questions import Choice, Postcode
from voice import sealed
from voice.analysis.aliases import Aliases
from voice.analysis.searching import MOST_CHARS, read_terms
from voice.models import (
    AnswerRow,
    Channel,
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
from voice.services.theme_views import MAX_GROUPS, TONES
from voice.services.walls import are_kept_apart, walls_of

BETWEEN = "|"  # a question's code, an option's, and a print of their words
NOT_OFFERED = "(not offered)"  # what the audit log says of a filter that nobody could choose
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, and what filters what is found; "" filters nothing. Days are written 2026-06-01.

    `group` is one of `Scope.groups`; `place` a postcode's outward part or a ward;
    `survey` a consultation's slug; `theme` the name of a signed-off theme, whichever survey's.
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


@dataclass(slots=True)
class _Group:
    """One option of one question in these words, and which consultations ask it so."""

    code: str
    option: str
    label: str
    asked_in: list[UUID]


class Scope:
    """The consultations that a search may read, and what can be chosen among them.

    Both sides of a wall are never read together: while they would be, neither is, unless the
    search asks for one survey. `apart` are those that were left out. `by_id` are `consultations` by
    their ids.
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
        self.by_id = {each.id: each for each in self.consultations}

    def leave_out(self, few: Collection[UUID]) -> None:
        """Read nothing of these consultations from now on."""
        self.consultations = tuple(each for each in self.consultations if each.id not in few)
        self.by_id = {each.id: each for each in self.consultations}

    @cached_property
    def lists(self) -> dict[tuple[UUID, str], list[Theme]]:
        """Every theme of each question, by consultation and question."""
        found = select(Theme).where(Theme.consultation_id.in_(self.by_id), Theme.place >= 0)
        lists: dict[tuple[UUID, str], list[Theme]] = {}
        for each in self._session.scalars(found):
            lists.setdefault((each.consultation_id, each.question), []).append(each)
        return lists

    @cached_property
    def themes(self) -> dict[UUID, str]:
        """The name of the signed-off theme that each theme is counted under."""
        return {one: root.label for one, root in self.signed_off.items()}

    @cached_property
    def signed_off(self) -> dict[UUID, Theme]:
        """The theme that a person stands by which each theme is counted under."""
        by_id = {each.id: each for several in self.lists.values() for each in several}
        roots = {one: _root(each, by_id) for one, each in by_id.items()}
        signed = ThemeStatus.SIGNED_OFF
        return {one: root for one, root in roots.items() if root.status is signed}

    @cached_property
    def theme_names(self) -> tuple[str, ...]:
        """The name of every signed-off theme once, in the order of the alphabet."""
        return tuple(sorted(set(self.themes.values()), key=str.casefold))

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The services that questions ask about."""
        surveys = [current_survey(each) for each in self.consultations]
        named = {survey.service_of(each) for survey in surveys for each in survey.questions}
        return tuple(sorted(named - {""}, key=str.casefold))

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The options of closed questions that people can be told apart by: value and label."""
        labels = ((key, each.label) for key, each in self._groups.items())
        return tuple(sorted(labels, key=lambda one: one[1].casefold()))

    @cached_property
    def _groups(self) -> dict[str, _Group]:
        found: dict[str, _Group] = {}
        for each in self.consultations:
            for question in current_survey(each).questions:
                if not isinstance(question, Choice) or question.equality:
                    continue
                if len(question.options) <= MAX_GROUPS:
                    for option in question.options:
                        label = f"{question.plain_text} {option.label}"
                        words = sha256(label.encode()).hexdigest()[:8]
                        key = BETWEEN.join((question.code, option.code, words))
                        group = _Group(question.code, option.code, label, [])
                        found.setdefault(key, group).asked_in.append(each.id)
        return found

    def group_of(self, asked: str) -> _Group | None:
        """Return the group asked for; an older view may name it without the print of its words."""
        fits = [
            each for key, each in self._groups.items()
            if asked in (key, key.rpartition(BETWEEN)[0])
        ]  # fmt: skip
        return fits[0] if len(fits) == 1 else None

    @cached_property
    def postcodes(self) -> tuple[tuple[UUID, Postcode], ...]:
        """The questions that ask where somebody lives, each with its consultation."""
        return tuple(
            (one.id, each) for one in self.consultations for each in current_survey(one).questions
            if isinstance(each, Postcode)
        )  # fmt: skip

    def place_of(self, asked: str) -> str:
        """Return the ward or the outward part asked for as it is kept; "" if it is neither."""
        wards = {
            ward.casefold(): ward for _, each in self.postcodes for ward in each.wards.values()
        }
        outward = asked.upper() if _OUTWARD.fullmatch(asked.upper()) else ""
        return wards.get(asked.casefold(), outward)

    def not_offered(self, asked: Asked) -> tuple[str, ...]:
        """Return the filters whose value is none of those that can be chosen here."""
        offered: dict[str, Callable[[str], bool]] = {
            "survey": lambda one: any(one == each.slug for each in self.every),
            "service": lambda one: one in self.services,
            "theme": lambda one: one.casefold() in {each.casefold() for each in self.theme_names},
            "tone": lambda one: one in TONES,
            "channel": lambda one: one in set(Channel),
            "group": lambda one: self.group_of(one) is not None,
            "place": lambda one: self.place_of(one) != "",
        }
        given = asked.stored
        return tuple(
            name for name, may in offered.items() if name in given and not may(given[name])
        )

    def filters_of(self, asked: Asked) -> str:
        """Return the filters as the audit log keeps them: nothing that somebody made up."""
        return replace(asked, **dict.fromkeys(self.not_offered(asked), NOT_OFFERED)).filters


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
    """Return what an entry must be to be found, besides that it may be read.

    Nothing is found by a value that nobody could choose.
    """
    if scope.not_offered(asked):
        return [false()]
    words = read_terms(asked.words, scope.aliases).parts
    found = [_holds(part) for part in words]
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


def _holds(part: str) -> ColumnElement[bool]:
    """Say that an entry holds a word, or the words of a phrase, by whichever key it was marked."""
    marks = [sealed.blind(f" {part} ", key_id) for key_id in sealed.keys_in_use().all]
    return or_(*(HubEntry.folded.contains(each) for each in marks))


def _of_people(scope: Scope, asked: Asked) -> Iterator[ColumnElement[bool]]:
    if group := scope.group_of(asked.group):
        asked_in = [(each, group.code) for each in group.asked_in]
        yield _says(asked_in, group.option)
    if asked.place:
        asked_in = [(one, each.code) for one, each in scope.postcodes]
        yield _says(asked_in, scope.place_of(asked.place))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _says(asked_in: Sequence[tuple[UUID, str]], value: str) -> ColumnElement[bool]:
    """Return whether the same response answers one of these questions with this value.

    A question is known by its consultation and its code: another survey may ask another by it.
    """
    places: dict[str, list[UUID]] = {}
    for consultation, code in asked_in:
        places.setdefault(code, []).append(consultation)
    said = AnswerRow.__table__.alias("said")
    stored = cast(said.c["values"], String)
    return exists().where(
        said.c.response_id == HubEntry.response_id,
        or_(
            false(),
            *(
                and_(said.c.question == code, HubEntry.consultation_id.in_(ones))
                for code, ones in places.items()
            ),
        ),
        said.c.is_on_path,
        or_(*(stored.like(each) for each in sealed.patterns_of(value))),
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
