"""Figures that a paper printed, beside what our own count of the demonstration gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys.demonstration import Figure as PrintedFigure
from surveys.demonstration import Wave, demonstration_codes, read_demonstration
from surveys.engine import Survey
from surveys.questions import OneOf
from voice.models import Consultation, Response
from voice.reports.figures import Figure
from voice.services.consultations import current_survey
from voice.services.results import answers_given, counting_in


@dataclass(frozen=True, slots=True)
class Published:
    """One figure that a paper printed in the words `printed`; `ours` is counted from answers.

    `percent` is None where the paper prints only a count.
    """

    question: str
    printed: str
    count: int
    base: int
    percent: int | None
    ours: Figure

    @property
    def is_reproduced(self) -> bool:
        """Whether our count, base and per cent are those of the paper."""
        same_count = (self.ours.count, self.ours.base) == (self.count, self.base)
        return same_count and self.percent in {None, self.ours.percent}


def published_figures(session: Session, consultation: Consultation) -> tuple[Published, ...]:
    """Return what the papers print of the answers here; nothing outside the demonstration."""
    if not consultation.demonstration or consultation.survey_code not in demonstration_codes():
        return ()
    survey = current_survey(consultation)
    waves = set(session.scalars(select(Response.wave).where(counting_in(consultation)).distinct()))
    found: list[Published] = []
    for wave in read_demonstration(survey.code).waves:
        if wave.label in waves:
            found.extend(_of_wave(session, consultation, survey, wave))
    return tuple(found)


def _of_wave(
    session: Session, consultation: Consultation, survey: Survey, wave: Wave
) -> Sequence[Published]:
    in_wave = and_(counting_in(consultation), Response.wave == wave.label)
    given = answers_given(session, in_wave)
    return [_published(survey, printed, given[printed.question]) for printed in wave.figures]


def _published(survey: Survey, printed: PrintedFigure, given: Sequence[Sequence[str]]) -> Published:
    question = survey.question(printed.question)
    wanted = set(printed.options)
    chosen = sum(bool(wanted.intersection(values)) for values in given)
    answered = sum(bool(values) for values in given)
    options = question.options if isinstance(question, OneOf) else ()
    labels = (option.label for option in options if option.code in wanted)
    return Published(
        question=question.plain_text if question is not None else printed.question,
        printed=printed.printed,
        count=printed.count,
        base=printed.base,
        percent=printed.percent,
        ours=Figure(" or ".join(labels), chosen, answered),
    )
