"""What people wrote about each service, whatever course or survey they were asked in."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice.models import Consultation, Officer
from voice.services import teams, theme_views, themes
from voice.services.consultations import current_survey
from voice.services.theme_views import QuestionThemes


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """One question that asks about a service, with its themes."""

    consultation: Consultation
    themes: QuestionThemes


@dataclass(frozen=True, slots=True)
class ServiceThemes:
    """A service, and everything that was asked about it, the newest consultation first."""

    service: str
    asked: tuple[AskedAbout, ...]


def themes_by_service(session: Session, officer: Officer) -> list[ServiceThemes]:
    """Return the services that questions are tagged with, by name, as far as `officer` may see."""
    found: defaultdict[str, list[AskedAbout]] = defaultdict(list)
    for consultation in teams.list_consultations(session, officer):
        survey = current_survey(consultation)
        for question in themes.free_text_questions(consultation):
            service = survey.service_of(question)
            if service:
                read = theme_views.read_themes(session, consultation, question.code)
                found[service].append(AskedAbout(consultation, read))
    by_name = sorted(found, key=str.casefold)
    return [ServiceThemes(name, tuple(found[name])) for name in by_name]
