"""What people wrote about a service, whatever course or survey they were asked in."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voice.errors import NotFoundError
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
    """A service, and everything that was asked about it, the newest consultation first.

    `services` are all that questions are tagged with, by name. Without any, all of it is empty.
    """

    service: str
    asked: tuple[AskedAbout, ...]
    services: tuple[str, ...]


def read_service(session: Session, officer: Officer, service: str = "") -> ServiceThemes:
    """Return what people wrote about one service, the first unless said, as far as `officer` sees.

    Only the themes of that service are read.

    Raises:
        NotFoundError: if no question that `officer` may see is tagged with it.
    """
    tagged = _questions_by_service(session, officer)
    services = tuple(sorted(tagged, key=str.casefold))
    if service and service not in tagged:
        raise NotFoundError("service")
    chosen = service or next(iter(services), "")
    asked = (
        AskedAbout(consultation, theme_views.read_themes(session, consultation, code))
        for consultation, code in tagged.get(chosen, [])
    )
    return ServiceThemes(chosen, tuple(asked), services)


def _questions_by_service(
    session: Session, officer: Officer
) -> dict[str, list[tuple[Consultation, str]]]:
    found: defaultdict[str, list[tuple[Consultation, str]]] = defaultdict(list)
    for consultation in teams.list_consultations(session, officer):
        survey = current_survey(consultation)
        for question in themes.free_text_questions(consultation):
            if service := survey.service_of(question):
                found[service].append((consultation, question.code))
    return found
