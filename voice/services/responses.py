"""Responses: begin one, keep each answer, come back to it, send it in, delete it."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.engine import Survey, declined_on_path, is_declined, on_path_only
from surveys.fitting import Setting
from surveys.questions import AnyQuestion, MediaQuestion
from voice.database import note_erased
from voice.errors import (
    NotAgreedError,
    NotFoundError,
    NothingSaidError,
    NotYetAnsweredError,
)
from voice.models import Capacity, Channel, Concern, Consultation, Response
from voice.services import (
    capacities,
    concerns,
    equality,
    kept_answers,
    keys,
    media,
    noticing,
    opened,
    requests,
    response_rows,
    saying,
)
from voice.services.concerns import Heard
from voice.services.consultations import fitted, survey_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """A response just begun. `key` is for the person's browser alone: only its hash is stored."""

    response: Response
    key: str


def start_response(
    session: Session,
    consultation: Consultation,
    channel: Channel,
    *,
    now: datetime,
    respondent: str = "",
    key: str = "",
) -> Begun:
    """Begin a response on behalf of somebody who wants to answer.

    `key` opens it to the person's browser; without one, a key is made by chance.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers at `now`.
    """
    begun_by = key or keys.new_key()
    row = response_rows.new_row(consultation, channel, now=now, key=begun_by)
    if respondent:
        row["respondent"] = respondent
    response_rows.write(session, row)
    return Begun(response_rows.taken_in(session, consultation, row), begun_by)


def start_once(
    session: Session,
    consultation: Consultation,
    channel: Channel,
    *,
    now: datetime,
    press_key: str,
    key: str,
) -> Begun:
    """Begin a response for the press of a start button; the same press begins one only (REL-2).

    `key` must be the same for the same press, so that whichever reply reaches the browser last
    opens the response. Once anything has been answered, the same press begins another one.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers at `now`.
    """
    if response_rows.find_pressed(session, press_key) is None:
        row = response_rows.new_row(consultation, channel, now=now, key=key)
        try:
            with session.connection().begin_nested():
                response_rows.write(session, row)
                response_rows.note_press(session, row, press_key)
            return Begun(response_rows.taken_in(session, consultation, row), key)
        except IntegrityError:  # the same press arrived twice at the very same moment
            logger.info("the same press came twice")
    response = find_by_press(session, press_key)
    if response is None or answers_of(response) or response.key_hash != keys.hash_key(key):
        return start_response(session, consultation, channel, now=now)
    return Begun(response, key)


def add_to_earlier(response: Response, earlier: Response | None) -> None:
    """Let `response` be an addition by whoever sent `earlier` in, which stays as it is.

    Nothing changes unless `earlier` was sent in, to the same consultation.
    """
    if earlier is None or earlier.submitted_at is None:
        return
    if earlier.consultation_id == response.consultation_id:
        response.respondent = earlier.respondent


def find_by_press(session: Session, press_key: str) -> Response | None:
    """Return the response that this press of a button began, or None."""
    pressed = response_rows.find_pressed(session, press_key)
    return session.get(Response, pressed) if pressed is not None else None


def get_by_key(session: Session, slug: str, key: str, *, to_change: bool = False) -> Response:
    """Return the response that this browser's key opens, locked when it is to be changed.

    Raises:
        NotFoundError: if the key opens none in this consultation.
    """
    return _found(opened.BY_KEY.find(session, slug, keys.hash_key(key), to_change=to_change))


def take_up_by_code(session: Session, slug: str, code: str, *, key: str) -> Begun:
    """Let `key`, of this browser, open the response that a come-back code opens.

    Raises:
        NotFoundError: if the code opens none in this consultation.
    """
    response = _found(opened.BY_CODE.find(session, slug, keys.hash_code(code), to_change=True))
    response.key_hash = keys.hash_key(key)
    return Begun(response, key)


def _found(response: Response | None) -> Response:
    if response is None:
        raise NotFoundError("response")
    return response


def set_code(response: Response, code: str) -> None:
    """Let this come-back code open the response; the one before it stops working."""
    response.code_hash = keys.hash_code(code)


def survey_for(response: Response) -> Survey:
    """Return the survey as this person is asked it: as worded when begun, fitted to who answers."""
    return fitted(response.version, _setting_of(response))


def _setting_of(response: Response) -> Setting:
    survey = survey_of(response.version)
    variant = survey.variant(response.variant) if survey.variants else None
    left_out = variant.leave_out if variant is not None else ()
    return Setting(
        channel=response.channel,
        capacity=response.capacity or "",
        variant=response.variant,
        language=response.language,
        keeps=_kept_among(response, left_out),
    )


def _kept_among(response: Response, codes: Sequence[str]) -> tuple[str, ...]:
    kept = kept_answers.read_kept(response) if codes else ()
    return tuple(code for code in codes if code in kept)


def change_way(session: Session, response: Response, *, variant: str, language: str) -> None:
    """Ask on in another variant or language; every answer stays, and counts as it did."""
    if (response.variant, response.language) != (variant, language):
        response.variant, response.language = variant, language
    _mark_path(session, response)


def answers_of(response: Response) -> dict[str, Answer]:
    """Return every answer kept, those that a changed path hides too."""
    return {code: kept.answer for code, kept in kept_answers.read_kept(response).items()}


def counted_answers_of(response: Response) -> dict[str, Answer]:
    """Return the answers that count: those to questions on the path, in its order."""
    return on_path_only(survey_for(response), answers_of(response))


def questions_to_read_back(
    response: Response, survey: Survey, answers: Mapping[str, Answer]
) -> list[AnyQuestion]:
    """Return the questions on the path, without those whose answers are in the tallies by now.

    `survey` and `answers` are those of the response.
    """
    left = survey if response.submitted_at is None else survey.once_sent
    return [each for each in left.path(answers) if each.takes_answer]


def has_declined(response: Response) -> bool:
    """Return whether a required consent was not given, so that nothing may be kept."""
    return declined_on_path(survey_for(response), answers_of(response))


def record_answer(
    session: Session, response: Response, answer: Answer, *, now: datetime
) -> list[Concern]:
    """Keep an answer in place of any before it, screened in the same transaction.

    Words that come too late are kept as well; `submit_response` says what becomes of them.
    Returns the concerns that the answer raised, so that help can be shown at once.
    """
    return record_answers(session, response, (answer,), now=now)


def record_answers(
    session: Session, response: Response, answers: Sequence[Answer], *, now: datetime
) -> list[Concern]:
    """Keep every answer of a page at once, as `record_answer` keeps one."""
    survey = survey_for(response)
    asked = [(survey.question(each.question), each) for each in answers]
    kept = [each for each in asked if not _is_in_the_tallies(response, each[0])]
    for question, answer in kept:
        if isinstance(question, MediaQuestion):
            media.attach(session, response, question, answer, now=now)
    if kept:
        kept_answers.keep(session, response, [answer for _, answer in kept], now=now)
        _mark_path(session, response)
    raised: list[Concern] = []
    for question, answer in kept:
        raised += screen_answer(session, response, question, answer, now=now)
        requests.note_answer(session, response, question, answer, now=now)
    return raised


def replace_answers(
    session: Session,
    response: Response,
    answers: Sequence[Answer],
    *,
    dropped: Collection[str],
    now: datetime,
) -> None:
    """Keep `answers` as `record_answers` does, and take away those that were never on the paper."""
    kept_answers.remove(session, response, dropped)
    record_answers(session, response, answers, now=now)
    _mark_path(session, response)


def _is_in_the_tallies(response: Response, question: AnyQuestion | None) -> bool:
    """Return whether it says who somebody is and was sent in: then it is kept apart, and stays."""
    return response.submitted_at is not None and question is not None and question.equality


def _mark_path(session: Session, response: Response) -> None:
    """Set apart the answers that a changed path hides; they are kept, and not counted."""
    counted = counted_answers_of(response)
    kept_answers.mark(session, response, counted)
    before = response.capacity or Capacity.INDIVIDUAL  # nothing, until it is first written down
    after = capacities.capacity_after(before, counted)
    if after != response.capacity:
        response.capacity = after
        session.flush()


def screen_answer(
    session: Session,
    response: Response,
    question: AnyQuestion | None,
    answer: Answer,
    *,
    now: datetime,
) -> list[Concern]:
    """Queue what in an answer may mean that somebody is at risk, and return it."""
    heard = _heard_in(response, answer)
    noticed = noticing.notice_in(question, answer, heard, now=now)
    if isinstance(question, MediaQuestion):  # what a file is called can say it too
        called = answer._replace(other=media.names_in_words(session, answer.values))
        noticed += noticing.notice_in(question, called, heard, now=now)
    return [concerns.queue(session, concern) for concern in noticed]


def _heard_in(response: Response, answer: Answer) -> Callable[[str], Heard]:
    def heard(words: str) -> Heard:
        return Heard(
            consultation_id=response.consultation_id,
            channel=response.channel,
            words=words,
            question=answer.question,
            response_id=response.id,
        )

    return heard


def submit_response(session: Session, response: Response, *, now: datetime) -> None:
    """Send the response in. Doing so again changes nothing (REL-2).

    After the close it is marked late; more than an hour after, or begun after it, it is kept but
    does not count until an officer decides (REL-6).

    Raises:
        NotYetAnsweredError: if a required question on the path has no answer; or a worker helps,
            and has not said whose words stand there or why there are none (B7).
        NotAgreedError: if a required consent was not given; then nothing may be kept.
        NothingSaidError: if a worker helps, nothing is answered, and nothing says why not (B7).
    """
    if response.submitted_at is not None:
        return
    answers = answers_of(response)
    for question in survey_for(response).path(answers):
        answer = answers.get(question.code)
        if is_declined(question, answers):
            raise NotAgreedError(question.code)
        is_missing = question.required and (answer is None or answer.is_skipped)
        if is_missing or saying.is_unaccounted_for(response, question):
            raise NotYetAnsweredError(question.code)
    if is_silence_unexplained(response):
        raise NothingSaidError(response.reference)
    equality.set_apart(session, response, survey_for(response))
    response_rows.note_sent(session, response, now=now)
    logger.info(
        "response submitted",
        extra={"response": str(response.id), "channel": response.channel.value},
    )


def says_something(response: Response) -> bool:
    """Return whether it says anything, or why nothing: that all was skipped is no statement."""
    return saying.says_something(survey_for(response), answers_of(response), response.notes)


def is_silence_unexplained(response: Response) -> bool:
    """Return whether a worker helps, nothing is answered, and nothing says why (B7)."""
    if not response.helped_by:
        return False
    asked = saying.asked_for_a_view(survey_for(response), answers_of(response))
    return bool(asked) and not says_something(response)


def forget_response(session: Session, response: Response) -> None:
    """Delete a response and everything that hangs on it. A concern's record stays (SAF-7)."""
    media.forget(session, response)
    session.execute(delete(Response).where(Response.id == response.id))
    note_erased(session)
    session.expire_all()
