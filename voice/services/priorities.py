"""Priorities: what people said to each part of a survey, its support and its commonest concern."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice.models import Consultation
from voice.reports.figures import Figure, QuestionFigures
from voice.services import results, theme_views, themes


@dataclass(frozen=True, slots=True)
class Priority:
    """One heading of the survey, with how many support it and what most people said about it.

    `support` is None without a question of agreement; `concern` is None without a theme that a
    person has signed off.
    """

    name: str
    support: Figure | None
    concern: Figure | None

    @property
    def in_words(self) -> str:
        """Such as "supported by 37 of 45 (82%); most often said: Buses (12 of 40, 30%)"."""
        support = f"supported by {self.support.guarded_words}" if self.support else "not asked"
        if self.concern is None:
            return f"{support}; no theme is signed off"
        return f"{support}; most often said: {self.concern.label} ({self.concern.guarded_words})"


def list_priorities(session: Session, consultation: Consultation) -> tuple[Priority, ...]:
    """Return each heading that has a question of agreement, in the order of the survey."""
    figures = results.question_figures(session, consultation)
    headings = dict.fromkeys(
        each.section for each in figures if each.section and each.kind == "scale"
    )
    concerns = _commonest(session, consultation)
    return tuple(
        Priority(heading, _support(heading, figures), concerns.get(heading)) for heading in headings
    )


def _support(heading: str, figures: tuple[QuestionFigures, ...]) -> Figure | None:
    """Return those who chose the first options of the heading's first scale: the agreeing ones."""
    for each in figures:
        if each.section == heading and each.kind == "scale":
            return each.together or (each.rows[0] if each.rows else None)
    return None


def _commonest(session: Session, consultation: Consultation) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for question in themes.free_text_questions(consultation):
        signed_off = theme_views.read_themes(session, consultation, question.code).signed_off
        for view in signed_off[:1]:
            people = Figure(view.label, view.people.count, view.people.base)
            before = found.get(question.section)
            if before is None or people.count > before.count:
                found[question.section] = people
    return found
