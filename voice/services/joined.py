"""Joined answers: what one person said by the same code, form after form and term after term.

A person is known by the references of their answers alone. Each side of a family's code is a
person of its own, and nothing crosses the wall between victims and young people.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from surveys.joining import Wall
from voice.errors import NotFoundError
from voice.models import Consultation, Officer, Response
from voice.services import audit, officers
from voice.services.consultations import survey_of
from voice.services.lined_up import Together, line_up, side_label
from voice.services.theme_answers import responses_set_apart

PAGE_PEOPLE = 50
Person = tuple[str, str, Wall | None]


@dataclass(frozen=True, slots=True)
class JoinedPerson:
    """Somebody who used a code here, with the titles of all they answered by it, in order."""

    reference: str  # of their newest answer to this consultation
    titles: tuple[str, ...]
    side: str


@dataclass(frozen=True, slots=True)
class PageOfPeople:
    """Some of those who used a code here, by their references. `number` is from 1."""

    number: int
    shown: tuple[JoinedPerson, ...]
    has_more: bool


def list_people(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    *,
    number: int = 1,
    now: datetime,
) -> PageOfPeople:
    """Return a page of those who used a code here, and write down that `officer` looked."""
    audit.record(session, officer, "joined answers listed", consultation.id, now=now)
    newest = {_person_behind(each): each for each in _readable(session, consultation, officer)}
    in_order = sorted(newest.items(), key=lambda found: found[1].reference)
    start = (number - 1) * PAGE_PEOPLE
    wanted = dict(in_order[start : start + PAGE_PEOPLE])
    by_them = Response.joined_hash.in_({code for code, _, _ in wanted})
    forms = _forms_of(session, consultation, officer, by_them) if wanted else {}
    shown = tuple(
        JoinedPerson(
            reference=each.reference,
            titles=tuple(form.consultation.title for form in forms[person]),
            side=side_label(each),
        )
        for person, each in wanted.items()
    )
    return PageOfPeople(number, shown, has_more=len(in_order) > start + PAGE_PEOPLE)


def read_person(
    session: Session, consultation: Consultation, officer: Officer, reference: str, *, now: datetime
) -> Together:
    """Return what the person behind this reference said by their code, the earliest first.

    Only from consultations of the same team that `officer` may open. Forms that raised an alert
    are kept apart, as wherever single responses are read (SAF-8).

    Raises:
        NotFoundError: if nobody who used a code here has this reference.
    """
    here = _readable(session, consultation, officer)
    response = next((each for each in here if each.reference == reference), None)
    if response is None:
        raise NotFoundError("response")
    audit.record(session, officer, "joined answers read", response.id, now=now)
    whole = (selectinload(Response.answers), selectinload(Response.notes))
    by_them = Response.joined_hash == response.joined_hash
    forms = _forms_of(session, consultation, officer, by_them, whole)
    return line_up(forms[_person_behind(response)])


def _person_behind(response: Response) -> Person:
    """Return by what a person is known: the code, their side of it, and their side of the wall."""
    wall = survey_of(response.version).stands_behind
    return response.joined_hash or "", response.side, wall


def _readable(session: Session, consultation: Consultation, officer: Officer) -> list[Response]:
    """Return the joined responses of a consultation that this officer may read, oldest first."""
    if not officers.may_open(session, officer, consultation):
        return []
    apart = responses_set_apart(session, consultation)
    found = session.scalars(
        select(Response)
        .where(
            Response.consultation_id == consultation.id,
            Response.submitted_at.is_not(None),
            Response.counts,
            Response.joined_hash.is_not(None),
        )
        .order_by(Response.submitted_at, Response.started_at, Response.id)
        .options(joinedload(Response.version))
    )
    return [each for each in found if each.id not in apart]


def _forms_of(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    theirs: ColumnElement[bool],
    whole: Sequence[ORMOption] = (),
) -> dict[Person, list[Response]]:
    """Return, by person, every response that is `theirs` and this officer may read, oldest first.

    `whole` loads what was said as well.
    """
    found = session.scalars(
        select(Response)
        .join(Response.consultation)
        .where(
            theirs,
            Response.submitted_at.is_not(None),
            Response.counts,
            Consultation.team == consultation.team,
        )
        .order_by(Response.submitted_at, Response.started_at, Response.id)
        .options(
            joinedload(Response.consultation),
            joinedload(Response.version),
            *whole,
        )
    ).all()
    read_from = {each.consultation_id: each.consultation for each in found}
    closed = {key for key, one in read_from.items() if not officers.may_open(session, officer, one)}
    apart = {one for each in read_from.values() for one in responses_set_apart(session, each)}
    forms: dict[Person, list[Response]] = defaultdict(list)
    for each in found:
        if each.consultation_id not in closed and each.id not in apart:
            forms[_person_behind(each)].append(each)
    return forms
