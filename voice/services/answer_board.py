"""The board of what waits for an answer: by age, with the day promised, and who hears of it next.

What is late goes by e-mail to a second person, and two weeks later to a third (I11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voice.clock import date_in_words, in_london
from voice.config import Settings
from voice.errors import ChangedMeanwhileError
from voice.models import AnswerPromise, Consultation, Delivery, Officer, Outcome, Theme
from voice.services import audit, mail, officers, outcomes

MAX_NAME_CHARS = 200
BETWEEN = timedelta(days=14)  # the third person hears that much later than the second
PEOPLE = 2  # how many hear of it, one after the other


@dataclass(frozen=True, slots=True)
class NewPromise:
    """By when every theme is answered, and who hears of it if not: a name or role, and e-mail."""

    promised_on: date
    second: str
    second_reach: str
    third: str
    third_reach: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A theme signed off `days` ago that nobody has answered, and what was promised of it."""

    consultation: Consultation
    theme: Theme
    days: int
    promise: AnswerPromise | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What waits: themes without an answer, the oldest first, and promises past their day."""

    waiting: tuple[Waiting, ...]
    overdue: tuple[Outcome, ...]
    to_come: tuple[Outcome, ...]  # interim answers whose day has not come


def read_board(session: Session, officer: Officer, *, now: datetime) -> Board:
    """Return what waits for an answer of the officer's team."""
    today = in_london(now).date()
    waiting = [
        _waiting(session, consultation, theme, now=now)
        for consultation, theme in outcomes.themes_without_outcome(session, officer)
    ]
    interim = [
        each
        for each in outcomes.list_published(session)
        if each.is_interim and officers.may_open(session, officer, each.consultation)
    ]
    interim.sort(key=lambda each: each.due_on or today)
    return Board(
        waiting=tuple(sorted(waiting, key=lambda each: -each.days)),
        overdue=tuple(each for each in interim if _is_past(each.due_on, today)),
        to_come=tuple(each for each in interim if not _is_past(each.due_on, today)),
    )


def _waiting(
    session: Session, consultation: Consultation, theme: Theme, *, now: datetime
) -> Waiting:
    promise = session.get(AnswerPromise, consultation.id)
    days = (now - theme.signed_off_at).days if theme.signed_off_at else 0
    is_late = promise is not None and _is_past(promise.promised_on, in_london(now).date())
    return Waiting(consultation, theme, days, promise, is_late)


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def find_promise(session: Session, consultation: Consultation) -> AnswerPromise | None:
    """Return by when the themes of a consultation are to be answered, or None."""
    return session.get(AnswerPromise, consultation.id)


def list_promises(session: Session) -> Sequence[tuple[Consultation, AnswerPromise, int]]:
    """Return what the public was promised and waits for: how many themes, the nearest day first."""
    found = select(AnswerPromise).order_by(AnswerPromise.promised_on, AnswerPromise.consultation_id)
    promised = [
        (session.get_one(Consultation, each.consultation_id), each)
        for each in session.scalars(found)
    ]
    counted = [(one, each, len(outcomes.list_unanswered(session, one))) for one, each in promised]
    return [each for each in counted if each[2]]


def keep_promise(
    session: Session,
    consultation: Consultation,
    officer: Officer,
    new: NewPromise,
    *,
    edition: int,
    now: datetime,
) -> AnswerPromise:
    """Promise in public by when every theme is answered; `edition` is what the officer saw, or 0.

    Another day begins anew with the second person.

    Raises:
        NotAllowedError: if the officer may not publish.
        ChangedMeanwhileError: if somebody else has promised otherwise meanwhile.
        ValueError: the name of the field that is empty, too long, no address, or a day gone by.
    """
    officers.check_may_publish(officer)
    _check(new)
    kept = session.get(AnswerPromise, consultation.id, with_for_update=True)
    if (kept.edition if kept else 0) != edition:
        raise ChangedMeanwhileError("promise")
    if (kept is None or kept.promised_on != new.promised_on) and _is_past(
        new.promised_on, in_london(now).date()
    ):
        raise ValueError("promised")
    if kept is None:
        kept = AnswerPromise(consultation_id=consultation.id)
        session.add(kept)
    if kept.promised_on != new.promised_on:
        kept.escalated = 0
    kept.promised_on = new.promised_on
    kept.second, kept.second_reach = new.second.strip(), new.second_reach.strip()
    kept.third, kept.third_reach = new.third.strip(), new.third_reach.strip()
    session.flush()
    audit.record(session, officer, "answers promised", consultation.id, now=now)
    return kept


def _check(new: NewPromise) -> None:
    for field, name in (("second", new.second), ("third", new.third)):
        if not name.strip() or len(name.strip()) > MAX_NAME_CHARS:
            raise ValueError(field)
    for field, reach in (("second_reach", new.second_reach), ("third_reach", new.third_reach)):
        if not mail.is_address(reach.strip()):
            raise ValueError(field)


@dataclass(frozen=True, slots=True)
class _Late:
    """What is late of a consultation, in words; `row` counts who was written to about it."""

    promise: AnswerPromise
    what: str
    about: str  # names it in the reference of a letter
    row: AnswerPromise | Outcome

    @property
    def step(self) -> int:
        """How many people were written to."""
        return self.row.escalated


def escalate_due(session: Session, settings: Settings, *, now: datetime) -> int:
    """Write to the next person about what is late, each once, and return how many letters it is.

    Of a consultation: the themes without an answer after the promised day. Of an answer that was
    still to come: that its day is past. Outside quiet hours.
    """
    today = in_london(now).date()
    made = 0
    for late in (*_late_themes(session, today), *_late_promises(session, today)):
        made += _write_next(session, settings, late, now=now)
    return made


def _late_themes(session: Session, today: date) -> list[_Late]:
    found = select(AnswerPromise).where(AnswerPromise.escalated < PEOPLE)
    in_order = found.order_by(AnswerPromise.consultation_id)
    late = []
    for promise in session.scalars(in_order.with_for_update(skip_locked=True)).all():
        consultation = session.get_one(Consultation, promise.consultation_id)
        themes = "\n".join(
            f"- {each.label}" for each in outcomes.list_unanswered(session, consultation)
        )
        if themes and _is_past(promise.promised_on, today):
            about = promise.promised_on.isoformat()
            late.append(_Late(promise, themes, about, promise))
    return late


def _late_promises(session: Session, today: date) -> list[_Late]:
    late = []
    for outcome in outcomes.list_published(session):
        promise = session.get(AnswerPromise, outcome.consultation_id)
        day = outcome.due_on
        if promise is None or day is None or not outcome.is_interim or outcome.escalated >= PEOPLE:
            continue
        if _is_past(day, today):
            who = f"{outcome.owner}: " if outcome.owner else ""
            words = f"- {who}{outcome.we_did} (by {date_in_words(day)})"
            late.append(_Late(promise, words, str(outcome.id), outcome))
    return late


def _write_next(session: Session, settings: Settings, late: _Late, *, now: datetime) -> bool:
    """Write to the next person who may be written to, and count up to them if there is one."""
    cause = f"late:{late.promise.consultation_id}:{late.about}"
    earlier = _letters(session, cause)
    told_on = earlier[-1] if late.step else None
    if told_on is not None and in_london(now).date() <= told_on + BETWEEN:
        return False
    for step in range(late.step, PEOPLE):
        letter = _letter(session, settings, late, step, told_on=told_on)
        reference = f"{cause}:{len(earlier)}"  # a day that is promised again is late again
        if mail.queue_letter(
            session, settings, letter, reference=reference, now=now, can_wait=True
        ):
            _count_up(session, late.row, step + 1)
            return True
    return False


def _letters(session: Session, cause: str) -> list[date]:
    """Return the days of the letters that went about what is late, the oldest first."""
    about = (Delivery.reference >= f"{cause}:", Delivery.reference < f"{cause};")
    found = select(Delivery.sent_at, Delivery.due_at).where(*about).order_by(Delivery.id)
    return [in_london(sent_at or due_at).date() for sent_at, due_at in session.execute(found)]


def _count_up(session: Session, row: AnswerPromise | Outcome, written: int) -> None:
    """Count who was written to; the edition stays, so that it is in the way of no officer."""
    if isinstance(row, Outcome):
        row.escalated = written
    else:
        same = AnswerPromise.consultation_id == row.consultation_id
        session.execute(update(AnswerPromise).where(same).values(escalated=written))
    session.flush()


def _letter(
    session: Session, settings: Settings, late: _Late, step: int, *, told_on: date | None
) -> mail.Letter:
    promise = late.promise
    consultation = session.get_one(Consultation, promise.consultation_id)
    people = ((promise.second, promise.second_reach), (promise.third, promise.third_reach))
    name, reach = people[step]
    before = f"We wrote to {promise.second} on {date_in_words(told_on)}.\n\n" if told_on else ""
    text = (
        f"{name},\n\nPeople answered “{consultation.title}”, and we have not done in time what we "
        f"promised them:\n\n{late.what}\n\n{before}Please see that it is done, or that they are "
        f"told why not.\n\n{settings.council.name}\n"
    )
    return mail.Letter(reach, "An answer that people wait for is late", text)
