"""Papers typed in twice, by two officers: what waits, where they differ, and what stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.double_entry import Difference, compare_entries, settle, typed_twice
from surveys.numbering import numbers_on_paper
from surveys.statements import Consent
from voice.errors import NotFoundError, NotYetAnsweredError, StageRefusedError
from voice.models import (
    AuditEntry,
    Capacity,
    Channel,
    Consultation,
    EntryCheck,
    Officer,
    Response,
    SecondEntry,
)
from voice.services import audit, capacities, raw_responses, responses, theme_answers
from voice.services.papers import sheet_of

ENTERED = "response entered"  # in the audit trail, by whoever typed it first
AS_WHOM = "spoke-as"  # no question's code: codes have no hyphen
EMPTY = "Nothing stands there"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that was typed in once. `differs` says that it was typed again, and not alike."""

    reference: str
    received_at: datetime  # shown as a day
    is_mine: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class Again:
    """A paper as the second officer typed it."""

    capacity: Capacity
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class TypedAgain:
    """What came of typing a paper again. `has_concern`: somebody's safety is being looked at."""

    agrees: bool
    has_concern: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A question that was typed in two ways, in words, by its code or `AS_WHOM`."""

    code: str
    heading: str
    first: str
    second: str


def hold(response: Response) -> None:
    """Let a paper that was just sent in count in no figure until it was typed in again."""
    if response.consultation.enters_twice and response.channel is Channel.PAPER:
        response.entry_check = EntryCheck.WAITING
        response.counts = False


def set_enters_twice(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    *,
    wanted: bool,
    now: datetime,
) -> None:
    """Ask from now on for a second typing, or no more; then all that waited counts as it is.

    Raises:
        StageRefusedError: "archived".
    """
    _check_changes(consultation)
    if consultation.enters_twice is wanted:
        return
    consultation.enters_twice = wanted
    if not wanted:
        for response in _waiting(session, consultation):
            session.execute(delete(SecondEntry).where(SecondEntry.response_id == response.id))
            _release(response, EntryCheck.NOT_ASKED)
    action = "second typing asked for" if wanted else "second typing asked for no more"
    audit.record(session, officer, action, consultation.id, now=now)
    session.flush()


def list_waiting(session: Session, consultation: Consultation, officer: Officer) -> list[Waiting]:
    """Return every paper that waits, the one that came first before the others."""
    found = _waiting(session, consultation)
    typists = _typists(session, found)
    again = set(session.scalars(select(SecondEntry.response_id)))
    return [
        Waiting(
            reference=each.reference,
            received_at=each.started_at,
            is_mine=typists.get(str(each.id)) == officer.id,
            differs=each.id in again,
        )
        for each in found
    ]


def get_waiting(
    session: Session, consultation: Consultation, reference: str, *, to_change: bool = False
) -> Response:
    """Return the paper with this reference, which waits; locked when it is to be changed.

    Raises:
        NotFoundError: if none with this reference waits here.
    """
    wanted = reference.strip().upper()
    found = [each for each in _waiting(session, consultation) if each.reference.upper() == wanted]
    if not found:
        raise NotFoundError("response")
    if to_change:
        session.refresh(found[0], with_for_update=True)
    if found[0].entry_check is not EntryCheck.WAITING:
        raise NotFoundError("response")
    return found[0]


def check_may_type(session: Session, response: Response, officer: Officer) -> None:
    """Hold the second typing to a second person.

    Raises:
        StageRefusedError: "same officer"; "archived"; "typed" if somebody else did so by now.
    """
    _check_changes(response.consultation)
    if _typists(session, [response]).get(str(response.id)) == officer.id:
        raise StageRefusedError("same officer")
    second = session.get(SecondEntry, response.id)
    if second is not None and second.officer_id != officer.id:
        raise StageRefusedError("typed")


def type_again(
    session: Session, response: Response, officer: Officer, again: Again, *, now: datetime
) -> TypedAgain:
    """Compare a paper with what `officer` typed now; where both agree it is checked and counts.

    Otherwise what was typed is kept until a person decides. Words that were not there before are
    screened at once, whichever will stand.

    Raises:
        StageRefusedError: as `check_may_type`.
    """
    check_may_type(session, response, officer)
    typed = {each.question: each for each in again.answers}
    found = _differences(response, typed)
    raised = [
        concern
        for each in found
        if each.second is not None
        for concern in responses.screen_answer(
            session, response, each.question, each.second, now=now
        )
    ]
    session.execute(delete(SecondEntry).where(SecondEntry.response_id == response.id))
    second = _second_entry(response, officer, again, now=now)
    agrees = not found and not _differs_as_whom(response, second)
    if agrees:
        _check(session, response, officer, now=now)
    else:
        session.add(second)
        session.flush()
    return TypedAgain(agrees, has_concern=bool(raised))


def may_be_refused(response: Response) -> bool:
    """Return whether the paper has a consent without which nothing of it may be kept."""
    questions = sheet_of(response).questions
    return any(isinstance(each, Consent) and each.required for each in questions)


def check_may_delete(session: Session, response: Response, officer: Officer) -> None:
    """Hold the deleting of a refused paper to a second person, and to papers that can refuse.

    Raises:
        StageRefusedError: as `check_may_type`; "no consent" where the paper asks for none.
    """
    check_may_type(session, response, officer)
    if not may_be_refused(response):
        raise StageRefusedError("no consent")


def delete_refused(
    session: Session, response: Response, officer: Officer, *, now: datetime
) -> None:
    """Delete a paper whose writer does not agree, as a second person reads on it.

    Both typings go, and its files. What the first typing said of who they are is in the tallies
    and cannot be told from the others'; a concern's record stays (SAF-7).

    Raises:
        StageRefusedError: as `check_may_delete`.
    """
    check_may_delete(session, response, officer)
    subject = response.id
    responses.forget_response(session, response)
    audit.record(session, officer, "paper deleted: no consent", subject, now=now)


def find_second(session: Session, response: Response) -> dict[str, Answer]:
    """Return what was typed the second time; nothing if it was not typed again yet."""
    second = session.get(SecondEntry, response.id)
    return _read_second(second) if second is not None else {}


def list_differences(session: Session, response: Response, officer: Officer) -> list[Line]:
    """Return every difference in words, in the order of the paper.

    Raises:
        NotFoundError: if it was not typed again; or its words are kept apart because they raised
            a concern (SAF-8), and `officer` typed it neither first nor second.
    """
    second = _get_second(session, response)
    _check_may_read(session, response, second, officer)
    numbers = numbers_on_paper(sheet_of(response))
    lines = [
        Line(
            each.question.code,
            f"{numbers[each.question.code]}. {each.question.plain_text}",
            _in_words(each, each.first),
            _in_words(each, each.second),
        )
        for each in _differences(response, _read_second(second))
    ]
    if _differs_as_whom(response, second):
        was, now_is = (capacities.LABELS[one] for one in (response.capacity, second.capacity))
        lines.insert(0, Line(AS_WHOM, "Who is it from?", was, now_is))
    return lines


def decide(
    session: Session,
    response: Response,
    officer: Officer,
    chosen: Collection[str],
    *,
    now: datetime,
) -> None:
    """Let the second typing stand for the questions `chosen`, and the first for all others.

    Raises:
        NotFoundError: as `list_differences`.
        NotYetAnsweredError: if a required question would have no answer; the message is its code.
        StageRefusedError: "archived".
    """
    _check_changes(response.consultation)
    second = _get_second(session, response)
    _check_may_read(session, response, second, officer)
    survey = sheet_of(response)
    before = responses.answers_of(response)
    settled = settle(survey, before, _read_second(second), chosen)
    if settled.missing:
        raise NotYetAnsweredError(settled.missing[0])
    if AS_WHOM in chosen:
        response.capacity = second.capacity
    again = {each.code for each in typed_twice(survey)}
    responses.replace_answers(
        session,
        response,
        [each for code, each in settled.answers.items() if before.get(code) != each],
        dropped=again.intersection(before) - settled.answers.keys(),
        now=now,
    )
    session.delete(second)
    _check(session, response, officer, now=now)


def _check_changes(consultation: Consultation) -> None:
    if consultation.archived_at is not None:
        raise StageRefusedError("archived")


def number_of(response: Response, code: str) -> str:
    """Return the number that the paper prints before a question."""
    return numbers_on_paper(sheet_of(response))[code]


def _waiting(session: Session, consultation: Consultation) -> Sequence[Response]:
    return session.scalars(
        select(Response)
        .where(
            Response.consultation_id == consultation.id,
            Response.entry_check == EntryCheck.WAITING,
        )
        .order_by(Response.started_at, Response.reference)
    ).all()


def _typists(session: Session, found: Sequence[Response]) -> dict[str, UUID | None]:
    """Return who typed each paper first, by its key."""
    keys = [str(each.id) for each in found]
    entered = select(AuditEntry.subject, AuditEntry.officer_id).where(
        AuditEntry.action == ENTERED, AuditEntry.subject.in_(keys)
    )
    return {subject: officer for subject, officer in session.execute(entered)}


def _second_entry(
    response: Response, officer: Officer, again: Again, *, now: datetime
) -> SecondEntry:
    said = {each.question: each for each in again.answers}
    return SecondEntry(
        response_id=response.id,
        officer_id=officer.id,
        capacity=capacities.capacity_after(again.capacity, said),
        answers={
            each.question: {"values": list(each.values), "other": each.other}
            for each in again.answers
        },
        typed_at=now,
    )


def _get_second(session: Session, response: Response) -> SecondEntry:
    second = session.get(SecondEntry, response.id)
    if second is None:
        raise NotFoundError("second entry")
    return second


def _read_second(second: SecondEntry) -> dict[str, Answer]:
    return {
        code: Answer(code, tuple(typed["values"]), typed["other"])
        for code, typed in second.answers.items()
    }


def _differences(response: Response, second: Mapping[str, Answer]) -> tuple[Difference, ...]:
    first = responses.answers_of(response)
    return compare_entries(sheet_of(response), first, second)


def _differs_as_whom(response: Response, second: SecondEntry) -> bool:
    """Return whether it is said to come from somebody else, and no question of the paper asks."""
    first, again = responses.answers_of(response), _read_second(second)
    is_alike = first.get(capacities.QUESTION) == again.get(capacities.QUESTION)
    return is_alike and response.capacity is not second.capacity


def _check_may_read(
    session: Session, response: Response, second: SecondEntry, officer: Officer
) -> None:
    first = _typists(session, [response]).get(str(response.id))
    apart = theme_answers.responses_set_apart(session, response.consultation)
    if response.id in apart and officer.id not in {first, second.officer_id}:
        raise NotFoundError("second entry")


def _in_words(difference: Difference, answer: Answer | None) -> str:
    if answer is None or answer.is_skipped:
        return EMPTY
    return raw_responses.in_words(difference.question, answer)


def _check(session: Session, response: Response, officer: Officer, *, now: datetime) -> None:
    _release(response, EntryCheck.CHECKED)
    session.flush()
    audit.record(session, officer, "paper checked", response.id, now=now)


def _release(response: Response, check: EntryCheck) -> None:
    response.entry_check = check
    sent, begun = response.submitted_at, response.started_at
    response.counts = sent is not None and response.consultation.takes_answers(sent, begun_at=begun)
