"""What the public reads of “You said, we did”: all, or of one consultation, service or year."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.models import Consultation, Outcome, Theme
from voice.services import outcomes
from voice.services.consultations import current_survey


@dataclass(frozen=True, slots=True)
class Choice:
    """Which outcomes somebody wants to read; empty: of all."""

    about: str = ""  # the slug of a consultation
    service: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """An outcome, what was said to the same theme before it, and the service that it is about."""

    outcome: Outcome
    before: tuple[Outcome, ...]
    service: str
    year: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was chosen, newest first, and all that can be chosen."""

    shown: tuple[Answered, ...]
    consultations: tuple[tuple[str, str], ...]  # slug, title
    services: tuple[str, ...]
    years: tuple[str, ...]

    @property
    def has_choice(self) -> bool:
        """Whether there is more than one of anything to choose from."""
        return max(map(len, (self.consultations, self.services, self.years))) > 1


def read_answered(session: Session, choice: Choice | None = None) -> Published:
    """Return what everybody may read, as far as it is what somebody chose."""
    listed = outcomes.list_published(session)
    before = outcomes.said_before(session, listed)
    every = [
        Answered(each, before[each.id], _service(session, each), _year(each)) for each in listed
    ]
    wanted = choice or Choice()
    return Published(
        shown=tuple(each for each in every if _is_chosen(each, wanted)),
        consultations=tuple(dict.fromkeys((_about(e).slug, _about(e).title) for e in every)),
        services=tuple(sorted({each.service for each in every if each.service})),
        years=tuple(sorted({each.year for each in every}, reverse=True)),
    )


def _about(answered: Answered) -> Consultation:
    return answered.outcome.consultation


def _is_chosen(answered: Answered, choice: Choice) -> bool:
    pairs = (
        (choice.about, _about(answered).slug),
        (choice.service, answered.service),
        (choice.year, answered.year),
    )
    return all(not wanted or wanted == found for wanted, found in pairs)


def _service(session: Session, outcome: Outcome) -> str:
    survey = current_survey(outcome.consultation)
    theme = session.get(Theme, outcome.theme_id) if outcome.theme_id else None
    asked = next((each for each in survey.questions if theme and each.code == theme.question), None)
    return survey.service_of(asked) if asked else survey.service


def _year(outcome: Outcome) -> str:
    return str(in_london(outcome.published_at).year) if outcome.published_at else ""
