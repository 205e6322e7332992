"""New answers are asked to join the themes that people named, without anybody's press."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.models import AnswerRow, Consultation, Response, Theme
from voice.services import jobs, learnt, themes


def ask_at_once(session: Session, consultation: Consultation, *, now: datetime) -> None:
    """Ask a worker to read what came in now, for every question whose list somebody worked on."""
    for question in themes.free_text_questions(consultation):
        if themes.are_worked_on(session, consultation, question.code):
            subject = themes.subject_of(consultation, question.code)
            jobs.enqueue(session, jobs.JOIN, subject, now=now, after_running=True)


def ask_where_new(session: Session, *, now: datetime) -> int:
    """Ask a worker to read the new answers of every list that somebody worked on.

    Returns how many questions have such answers; of those set apart (SAF-8) none counts.
    """
    waiting = (
        select(Theme.consultation_id, Theme.question)
        .join(Response, Response.consultation_id == Theme.consultation_id)
        .join(AnswerRow, AnswerRow.response_id == Response.id)
        .where(
            AnswerRow.question == Theme.question,
            AnswerRow.tone.is_(None),
            AnswerRow.is_on_path,
            Response.submitted_at.is_not(None),
            Response.counts,
        )
        .distinct()
        .order_by(Theme.consultation_id, Theme.question)
    )
    asked = 0
    for consultation_id, code in session.execute(waiting).all():
        consultation = session.get_one(Consultation, consultation_id)
        if not themes.are_worked_on(session, consultation, code):
            continue
        books = learnt.read_books(session, consultation, code)
        if any(written.tone is None for written in books.answers.values()):
            jobs.enqueue(session, jobs.JOIN, themes.subject_of(consultation, code), now=now)
            asked += 1
    return asked
