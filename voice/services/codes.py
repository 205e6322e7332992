"""Codes: what officers say that an answer is about. It wins over what the machine says."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from voice.analysis.safeguarding import Tier
from voice.errors import NotFoundError
from voice.models import (
    AnswerReading,
    AnswerRow,
    Code,
    CodePurpose,
    Concern,
    Consultation,
    Mention,
    Officer,
    Response,
    Theme,
)
from voice.services import audit, jobs, officers, themes
from voice.services.results import counting_in

LEARNT_FROM = (CodePurpose.CHECK, CodePurpose.MOVE)
SURE = 1.0  # how strongly an officer's code speaks of its first theme
STEP = 0.01  # so much less of each that follows, so that the first stays the primary one


@dataclass(frozen=True, slots=True)
class Place:
    """One person's answer to one question, which a code speaks of."""

    consultation: Consultation
    question: str
    response_id: UUID


def give(
    session: Session,
    officer: Officer,
    place: Place,
    theme_ids: Sequence[UUID],
    *,
    purpose: CodePurpose,
    now: datetime,
) -> Code:
    """Keep what an officer says that an answer is about; but for an audit it counts at once.

    The first theme is the primary one; no theme at all says that none fits. What anybody coded
    before stays written down, and no longer stands.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if it is another team's, the answer may not be read (SAF-8), or a theme is
            not of this question.
    """
    _check_may_code(session, officer, place.consultation)
    _check_readable(session, place)
    known = {theme.id for theme in themes.themes_of(session, place.consultation, place.question)}
    if not known.issuperset(theme_ids):
        raise NotFoundError("theme")
    if purpose in LEARNT_FROM:
        _remember_found(session, place, known)
    code = _row(officer, place, theme_ids)
    code.purpose, code.given_at = purpose, now
    session.add(code)
    session.flush()
    audit.record(session, officer, "answer coded", str(code.id), now=now)
    _apply(session, place)
    _ask_to_learn(session, place, purpose, now=now)
    return code


def _row(officer: Officer, place: Place, theme_ids: Sequence[UUID]) -> Code:
    return Code(
        consultation_id=place.consultation.id,
        question=place.question,
        response_id=place.response_id,
        officer_id=officer.id,
        theme_ids=[str(one) for one in dict.fromkeys(theme_ids)],
    )


def take_back(session: Session, officer: Officer, code_id: int, *, now: datetime) -> Code:
    """Take a code back; the one before it stands again. Taken back twice is taken back once.

    Where no code is left, the answer keeps its themes until the machine reads it again.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if there is none, or it is another team's.
    """
    code = session.get(Code, code_id)
    if code is None:
        raise NotFoundError("code")
    consultation = session.get_one(Consultation, code.consultation_id)
    _check_may_code(session, officer, consultation)
    if code.taken_back_at is None:
        code.taken_back_at = now
        session.flush()
        audit.record(session, officer, "code taken back", str(code.id), now=now)
        place = Place(consultation, code.question, code.response_id)
        _apply(session, place)
        _ask_to_learn(session, place, code.purpose, now=now)
    return code


def give_again(session: Session, officer: Officer, code_id: int, *, now: datetime) -> None:
    """Let a code stand again that was taken back; none if it is gone with its response.

    Raises:
        NotAllowedError: if the officer may only read.
        NotFoundError: if it is another team's.
    """
    code = session.get(Code, code_id)
    if code is None or code.taken_back_at is None:
        return
    consultation = session.get_one(Consultation, code.consultation_id)
    _check_may_code(session, officer, consultation)
    code.taken_back_at = None
    session.flush()
    audit.record(session, officer, "code given again", str(code.id), now=now)
    place = Place(consultation, code.question, code.response_id)
    _apply(session, place)
    _ask_to_learn(session, place, code.purpose, now=now)


def latest(
    session: Session, consultation: Consultation, question: str
) -> dict[UUID, tuple[UUID, ...]]:
    """Return what officers' corrections say of each answer, by response; () means that none fits.

    The newest that stands, whoever gave it; audits are not among them. A theme that was merged is
    the one that it counts under, and one that is gone is left out: a code of such themes alone
    says nothing any more.
    """
    rows = session.scalars(
        select(Code)
        .where(
            Code.consultation_id == consultation.id,
            Code.question == question,
            Code.purpose.in_(LEARNT_FROM),
            Code.taken_back_at.is_(None),
        )
        .order_by(Code.id)
    )
    newest = {row.response_id: row for row in rows}
    return _resolved(newest, roots(themes.themes_of(session, consultation, question)))


def roots(rows: Iterable[Theme]) -> dict[UUID, UUID]:
    """Return the theme that each of these themes of a question counts under, maybe itself."""
    by_id = {theme.id: theme for theme in rows}
    found = {}
    for theme_id, theme in by_id.items():
        above = theme
        while above.merged_into_id is not None:
            above = by_id[above.merged_into_id]
        found[theme_id] = above.id
    return found


def _resolved(
    newest: Mapping[UUID, Code], counted_under: Mapping[UUID, UUID]
) -> dict[UUID, tuple[UUID, ...]]:
    codes = {}
    for response, row in newest.items():
        given = [UUID(one) for one in row.theme_ids]
        left = tuple(dict.fromkeys(counted_under[one] for one in given if one in counted_under))
        if left or not given:
            codes[response] = left
    return codes


def _check_may_code(session: Session, officer: Officer, consultation: Consultation) -> None:
    officers.check_may_change(officer)
    officers.check_may_open(session, officer, consultation)


def _check_readable(session: Session, place: Place) -> None:
    """Make sure that the answer was sent in, counts, and belongs to no response set apart.

    Raises:
        NotFoundError: if it may not be read, or there is none.
    """
    alert = exists().where(Concern.response_id == Response.id, Concern.tier == Tier.ALERT.value)
    found = session.scalar(
        select(AnswerRow.id)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(
            counting_in(place.consultation),
            Response.id == place.response_id,
            AnswerRow.question == place.question,
            AnswerRow.is_on_path,
            ~alert,
        )
    )
    if found is None:
        raise NotFoundError("answer")


def _remember_found(session: Session, place: Place, known: Collection[UUID]) -> None:
    """Write down what stands for an answer before a person first codes it."""
    tone = select(AnswerRow.tone).where(
        AnswerRow.response_id == place.response_id, AnswerRow.question == place.question
    )
    is_known = session.get(AnswerReading, (place.response_id, place.question)) is not None
    if is_known or session.scalar(tone) is None:
        return
    stands = session.scalars(
        select(Mention.theme_id).where(
            Mention.response_id == place.response_id, Mention.theme_id.in_(known)
        )
    )
    found = sorted(map(str, stands))
    session.add(
        AnswerReading(
            response_id=place.response_id,
            question=place.question,
            consultation_id=place.consultation.id,
            is_found=True,
            found=found,
            last=found,
        )
    )


def _ask_to_learn(session: Session, place: Place, purpose: CodePurpose, *, now: datetime) -> None:
    """Ask a worker to learn from a code, or to measure by it; many codes are one job."""
    kind = jobs.ASSIGN if purpose in LEARNT_FROM else jobs.MEASURE
    subject = themes.subject_of(place.consultation, place.question)
    jobs.enqueue(session, kind, subject, now=now, after_running=True)


def _apply(session: Session, place: Place) -> None:
    """Let the answer raise the themes that its latest code names, and no other."""
    given = latest(session, place.consultation, place.question).get(place.response_id)
    if given is None:
        return
    counted_under = roots(themes.themes_of(session, place.consultation, place.question))
    ours = (Mention.response_id == place.response_id, Mention.theme_id.in_(counted_under))
    raised = session.scalars(select(Mention.theme_id).where(*ours)).all()
    wrong = [one for one in raised if counted_under[one] not in given]
    session.execute(delete(Mention).where(*ours, Mention.theme_id.in_(wrong)))
    right = {counted_under[one]: one for one in raised}
    for behind, theme in enumerate(given):
        session.merge(
            Mention(
                theme_id=right.get(theme, theme),
                response_id=place.response_id,
                strength=SURE - behind * STEP,
            )
        )
    session.flush()
