"""Measures of voice: how many were heard, how many were told, and how long it took (I4).

Each has its definition, numerator and denominator beside it, and a RAG by a rule that is printed.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.questions import OneOf
from voice.models import (
    Chat,
    Consultation,
    Delivery,
    DeliveryStatus,
    Meant,
    Outcome,
    Theme,
    ThemeStatus,
)
from voice.reports.figures import Figure
from voice.services import outcomes, results, telling
from voice.services.consultations import current_survey

RED_BELOW_PERCENT = 90  # of the green line, as in every case that the papers print
GREEN, AMBER, RED, NO_RAG = "Green", "Amber", "Red", "No rating"
_COLOURS = {GREEN: "green", AMBER: "amber", RED: "red", NO_RAG: ""}
_FIVE_TO_NINE = re.compile(r"\b5\s*(?:to|-|–|and)\s*9\b")
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class VoiceMeasure:
    """One measure: `figure` is None where nothing can be counted yet, and `why` says it."""

    name: str
    figure: Figure | None
    target: int  # per cent; good to be high
    definition: str
    numerator: str
    denominator: str
    why: str = ""

    @property
    def red_below(self) -> float:
        """The per cent below which it is red."""
        return self.target * RED_BELOW_PERCENT / _HUNDRED

    @property
    def tolerance(self) -> str:
        """The rule as it is printed, such as "(85-100% = Green, less than 85% = Amber, …)"."""
        return (
            f"({self.target}-100% = Green, less than {self.target}% = Amber, "
            f"less than {self.red_below:g}% = Red)"
        )

    @property
    def rating(self) -> str:
        """Green, Amber or Red by that rule; no rating where too few people stand behind it."""
        if self.figure is None or not self.figure.base or self.figure.is_withheld:
            return NO_RAG
        share = _HUNDRED * self.figure.count / self.figure.base
        if share >= self.target:
            return GREEN
        return AMBER if share >= self.red_below else RED

    @property
    def colour(self) -> str:
        """The colour that stands beside the words; empty without a rating."""
        return _COLOURS[self.rating]

    @property
    def position(self) -> str:
        """Where it stands now, with its base; guarded where it is small."""
        if self.figure is None or not self.figure.base:
            return self.why or "Nothing to count yet"
        return self.figure.guarded_words


def read_voice_measures(session: Session, consultation: Consultation) -> tuple[VoiceMeasure, ...]:
    """Return the measures of one consultation."""
    arrivals = results.count_arrivals(session, consultation)
    begun = arrivals.submitted + arrivals.begun
    return (
        VoiceMeasure(
            "People asked who answered", arrivals.rate, 20,
            "The share of those asked whose answers count.",
            "Responses that count", "People asked", "Nobody knows how many were asked",
        ),
        VoiceMeasure(
            "Began and sent it in", Figure("Sent in", arrivals.submitted, begun), 70,
            "The share of those who began that sent their answers in.",
            "Responses sent in", "Responses begun",
        ),
        _aged_five_to_nine(session, consultation),
        _answered(session, consultation),
        _told(session, consultation),
        _meant(session, consultation),
    )  # fmt: skip


def _aged_five_to_nine(session: Session, consultation: Consultation) -> VoiceMeasure:
    return VoiceMeasure(
        "Aged 5 to 9 among those heard", _find_five_to_nine(session, consultation), 10,
        "The share of those who said their age that are 5 to 9.",
        "Responses of people aged 5 to 9", "Responses that say an age",
        "The survey has no age group from 5 to 9",
    )  # fmt: skip


def _find_five_to_nine(session: Session, consultation: Consultation) -> Figure | None:
    labels = {
        question.code: option.label
        for question in current_survey(consultation).questions
        if isinstance(question, OneOf)
        for option in question.options
        if _FIVE_TO_NINE.search(option.label)
    }
    for each in results.question_figures(session, consultation):
        for row in each.rows:
            if labels.get(each.code) == row.label:
                return row
    return None


def _answered(session: Session, consultation: Consultation) -> VoiceMeasure:
    signed = select(func.count()).where(
        Theme.consultation_id == consultation.id,
        Theme.status == ThemeStatus.SIGNED_OFF,
        Theme.merged_into_id.is_(None),
    )
    base = session.scalar(signed) or 0
    answered = base - len(outcomes.list_unanswered(session, consultation))
    return VoiceMeasure(
        "Themes with an answer in public", _of_things("Themes", answered, base), 85,
        "The share of the themes signed off that have a “You said, we did”.",
        "Themes answered", "Themes signed off", "No theme is signed off yet",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Things(Figure):
    """A count of things, not of people: a small one tells of nobody."""

    @property
    def is_withheld(self) -> bool:
        """Never: nobody can be recognised."""
        return False


def _of_things(label: str, count: int, base: int) -> Figure:
    return _Things(label, count, base)


def _told(session: Session, consultation: Consultation) -> VoiceMeasure:
    asked = select(func.count(func.distinct(Chat.participant_id))).where(
        Chat.consultation_id == consultation.id, Chat.wants_outcome
    )
    causes = [telling.cause_of(each) for each in _published(session, consultation)]
    told = {
        participant
        for cause in causes
        for participant in session.scalars(
            select(Delivery.participant_id).where(
                Delivery.reference.startswith(f"{cause}:", autoescape=True),
                Delivery.status == DeliveryStatus.SENT,
            )
        )
    }
    base = session.scalar(asked) or 0
    return VoiceMeasure(
        "Told what happened", Figure("Told", min(len(told), base), base), 95,
        "The share of those who asked to hear that a message about an outcome has reached.",
        "People told", "People who asked to hear", "Nobody has asked to hear",
    )  # fmt: skip


def _meant(session: Session, consultation: Consultation) -> VoiceMeasure:
    heard = telling.count_heard(session, _published(session, consultation)).values()
    yes = sum(each.meant[Meant.YES] for each in heard)
    return VoiceMeasure(
        "“That is what I meant”", Figure("Yes", yes, sum(each.replies for each in heard)), 85,
        "Of those who said whether our answer met what they meant, the share who said yes.",
        "Answers “yes”", "Answers to “Was this what you meant?”", "Nobody has answered yet",
    )  # fmt: skip


def _published(session: Session, consultation: Consultation) -> list[Outcome]:
    return list(outcomes.list_of_consultation(session, consultation))


def days_to_answer(session: Session, consultation: Consultation) -> float | None:
    """Return the days in the middle between the signing off of a theme and its first answer."""
    waits: list[float] = []
    found = select(Theme).where(
        Theme.consultation_id == consultation.id, Theme.signed_off_at.is_not(None)
    )
    for theme in session.scalars(found):
        said = outcomes.list_of_theme(session, theme.id)
        if said and said[0].published_at and theme.signed_off_at:
            waits.append(_days(theme.signed_off_at, said[0].published_at))
    return median(waits) if waits else None


def _days(first: datetime, last: datetime) -> float:
    return max((last - first).total_seconds() / 86_400, 0.0)
