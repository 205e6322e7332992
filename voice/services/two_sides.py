"""Two sides: what victims and young people said, or children and parents, as sums side by side.

Nothing of one side is joined with anything of the other. A family's code only says which families
answered on both sides; whose answer goes with whose is never told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.differences import compare_surveys
from surveys.joining import Wall
from surveys.questions import AnyQuestion, OneOf
from voice.analysis.suppression import OFFICERS_SMALLEST_COUNT
from voice.clock import day_in_words
from voice.errors import NotFoundError
from voice.models import Consultation, Officer, Response
from voice.reports.figures import QuestionFigures, rate_cell
from voice.reports.two_sides import WITHHELD, SidedQuestion, TwoSides, in_words, side_by_side
from voice.services import audit, consultations, results, teams
from voice.services.walls import are_kept_apart, walls_of

RESTORATIVE = "Restorative justice: both sides (RJ Effectiveness Framework)"
NAMES = {Wall.VICTIM: "Victims", Wall.YOUNG_PERSON: "Young people"}
EVERYBODY = "Everybody who answered, on each side."
FAMILIES = "{number} families who answered on both sides, and each one’s newest form on each."
TOO_FEW = "Fewer than {number} families answered on both sides, so nothing is said of them yet."


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The responses that are added up on one side; None: all that count."""

    consultation: Consultation
    responses: frozenset[UUID] | None = None

    def figures(self, session: Session) -> dict[str, QuestionFigures]:
        chosen = self.responses
        among = None if chosen is None else Response.id.in_(chosen)
        found = results.question_figures(session, self.consultation, among=among)
        return {each.code: each for each in found}


def list_others(
    session: Session, consultation: Consultation, officer: Officer
) -> list[Consultation]:
    """Return the consultations of the other side that this officer may open, newest first.

    Only those who may read answers are shown families: who has no form on the other side could be
    worked out from these sums and those of everybody.
    """
    listed = teams.list_consultations(session, officer)
    return [
        each
        for each in listed
        if are_two_sides(consultation, each)
        and (officer.may_read_answers or are_kept_apart([consultation, each]))
    ]


def are_two_sides(one: Consultation, other: Consultation) -> bool:
    """Return whether these are of one team and speak for two sides: of the wall, or of families."""
    if one.team != other.team:
        return False
    if are_kept_apart([one, other]):
        return len(walls_of(one)) == len(walls_of(other)) == 1
    first, second = _sides(one), _sides(other)
    return bool(first) and bool(second) and not first & second


def read_two_sides(
    session: Session,
    consultation: Consultation,
    other: str,
    officer: Officer,
    *,
    council: str,
    now: datetime,
) -> TwoSides:
    """Return the report on a consultation and that of the other side, by its slug.

    That `officer` read it is written down. Victims stand first, then as asked for.

    Raises:
        NotFoundError: if it is not the other side, or the officer may not open it.
    """
    found = [each for each in list_others(session, consultation, officer) if each.slug == other]
    if not found:
        raise NotFoundError("consultation")
    audit.record(session, officer, "two sides read", f"{consultation.id} {found[0].id}", now=now)
    both = sorted([consultation, *found], key=lambda each: Wall.VICTIM not in walls_of(each))
    is_family = not are_kept_apart(both)
    chosen, families = (
        _in_both(session, both) if is_family else ([_Chosen(each) for each in both], 0)
    )
    too_few = is_family and families < OFFICERS_SMALLEST_COUNT
    return TwoSides(
        title=_title(both, is_family=is_family),
        council=council,
        made_on=day_in_words(now),
        demonstration=" ".join(dict.fromkeys(each.demonstration for each in both)).strip(),
        names=(_name(both[0]), _name(both[1])),
        answered=("withheld", "withheld") if too_few else _answered(session, chosen),
        basis=_basis(both, families, is_family=is_family),
        rates=_rates(session, chosen),
        questions=() if too_few else _questions(session, chosen),
    )


def _sides(consultation: Consultation) -> set[str]:
    return {side.code for side in consultations.current_survey(consultation).sides}


def _title(both: Sequence[Consultation], *, is_family: bool) -> str:
    return " and ".join(each.title for each in both) if is_family else RESTORATIVE


def _name(consultation: Consultation) -> str:
    """Return what a side is called at the head of its column."""
    walls = walls_of(consultation)
    if walls:
        return NAMES[next(iter(walls))]
    return ", ".join(side.label for side in consultations.current_survey(consultation).sides)


def _basis(both: Sequence[Consultation], families: int, *, is_family: bool) -> str:
    if not is_family:
        return f"{EVERYBODY} From “{both[0].title}” and “{both[1].title}”."
    if families < OFFICERS_SMALLEST_COUNT:
        return TOO_FEW.format(number=OFFICERS_SMALLEST_COUNT)
    return FAMILIES.format(number=families)


def _in_both(session: Session, both: Sequence[Consultation]) -> tuple[list[_Chosen], int]:
    """Return the newest form of each family in both, on each side; and how many they are."""
    newest = [_newest(session, each) for each in both]
    families = {code for code, _ in newest[0]} & {code for code, _ in newest[1]}
    chosen = [
        _Chosen(one, frozenset(key for (code, _), key in forms.items() if code in families))
        for one, forms in zip(both, newest, strict=True)
    ]
    return chosen, len(families)


def _newest(session: Session, consultation: Consultation) -> dict[tuple[str, str], UUID]:
    """Return the newest response by the code and the side of it."""
    found = session.execute(
        select(Response.joined_hash, Response.side, Response.id)
        .where(results.counting_in(consultation), Response.joined_hash.is_not(None))
        .order_by(Response.submitted_at, Response.started_at, Response.id)
    )
    return {(code, side): key for code, side, key in found if code is not None}


def _answered(session: Session, chosen: Sequence[_Chosen]) -> tuple[str, str]:
    first, second = (_number(session, each) for each in chosen)
    return in_words(first), in_words(second)


def _rates(session: Session, chosen: Sequence[_Chosen]) -> tuple[str, str]:
    first, second = (_rate(session, each) for each in chosen)
    return first, second


def _rate(session: Session, chosen: _Chosen) -> str:
    """Return the response rate of a side; nobody knows how many families were asked on both."""
    whole = (
        None if chosen.responses is not None else results.read_rate(session, chosen.consultation)
    )
    is_small = whole is not None and 0 < whole.count < OFFICERS_SMALLEST_COUNT
    return WITHHELD if is_small else rate_cell(whole)


def _number(session: Session, chosen: _Chosen) -> int:
    if chosen.responses is not None:
        return len(chosen.responses)
    return len(
        session.scalars(select(Response.id).where(results.counting_in(chosen.consultation))).all()
    )


def _questions(session: Session, chosen: Sequence[_Chosen]) -> tuple[SidedQuestion, ...]:
    """Return like questions together, in the order of the second side, then the others."""
    surveys = [consultations.current_survey(each.consultation) for each in chosen]
    figures = [each.figures(session) for each in chosen]
    pairs = (
        (
            figures[0].get(each.before.code) if each.before is not None else None,
            figures[1].get(each.after.code) if each.after is not None else None,
            each,
        )
        for each in compare_surveys(surveys[0], surveys[1])
    )
    return tuple(
        side_by_side(one, other, (_codes(each.before), _codes(each.after)))
        for one, other, each in pairs
        if one is not None or other is not None
    )


def _codes(question: AnyQuestion | None) -> list[str]:
    return [each.code for each in question.options] if isinstance(question, OneOf) else []
