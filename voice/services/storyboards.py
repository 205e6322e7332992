"""Storyboards: what a consultation changed, on one page, under the four heads that boards use."""

from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import date_in_words
from voice.models import Consultation, OutcomeKind
from voice.reports.briefing import Briefing
from voice.reports.handout import Handout, HandoutPart
from voice.services import briefings, considering, outcomes
from voice.services.consultations import current_survey
from voice.services.telling import ANSWERS

WHY = "Why did we seek improvement?"
DID = "What did we do?"
NEXT = "Next steps?"
EVIDENCE = "Evidence of impact and outcomes?"
MOST_QUOTES = 3
STILL_TO_COME = (OutcomeKind.WILL, OutcomeKind.THINKING)


def write_storyboard(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> Handout:
    """Return the storyboard as things stand at `now`; quotes only of themes signed off."""
    briefing = briefings.write_briefing(session, consultation, council=council, now=now)
    return Handout(
        title=f"{consultation.title}: storyboard",
        council=council,
        made_on=briefing.made_on,
        demonstration=consultation.demonstration,
        parts=(
            HandoutPart(WHY, _why(consultation)),
            HandoutPart(DID, _did(session, consultation, briefing)),
            HandoutPart(NEXT, _next(session, consultation, briefing)),
            HandoutPart(EVIDENCE, briefing.headlines, _quotes(briefing)),
        ),
        notes=(f"{briefing.rate_words}.",),
    )


def _why(consultation: Consultation) -> tuple[str, ...]:
    said = (current_survey(consultation).about.why, consultation.reasons)
    return tuple(words.strip() for words in said if words.strip())


def _did(session: Session, consultation: Consultation, briefing: Briefing) -> tuple[str, ...]:
    decided = (
        f"{each.decided_by} decided on {date_in_words(each.decided_on)}: {each.words}"
        for each in considering.list_decisions(session, consultation)
    )
    answered = _answered(session, consultation, still_to_come=False)
    return (f"We asked. {briefing.period} {briefing.who_answered}", *decided, *answered)


def _next(session: Session, consultation: Consultation, briefing: Briefing) -> tuple[str, ...]:
    day = consultation.decision_on
    awaited = day is not None and not considering.is_decided(session, consultation)
    decision = (f"A decision is due on {date_in_words(day)}.",) if day and awaited else ()
    promised = _answered(session, consultation, still_to_come=True)
    return (*decision, *promised, *briefing.decisions)


def _answered(
    session: Session, consultation: Consultation, *, still_to_come: bool
) -> tuple[str, ...]:
    return tuple(
        f"You said: {each.you_said} {ANSWERS[each.kind]}: {each.we_did}"
        for each in outcomes.list_of_consultation(session, consultation)
        if (each.kind in STILL_TO_COME) is still_to_come
    )


def _quotes(briefing: Briefing) -> tuple[str, ...]:
    """Return the first quote of each of the largest themes, small ones having none."""
    every = [theme for question in briefing.themes for theme in question.themes if theme.quotes]
    every.sort(key=lambda theme: -theme.people.count)
    return tuple(theme.quotes[0] for theme in every[:MOST_QUOTES])
