"""What every page of a teacher says of its consultation, in the language chosen where it can."""

from surveys.fitting import Setting
from voice.models import Consultation
from voice.services.consultations import begun_now
from voice.web.languages import spoken
from voice.web.public.visitors import title_for


def titled(consultation: Consultation) -> dict[str, str | None]:
    """Return the title, the language that it is in, and what says that it is a demonstration."""
    survey = begun_now(consultation, Setting(language=spoken()))
    return {
        "title": title_for(consultation, survey),
        "title_language": survey.language,
        "demonstration": consultation.demonstration or None,
    }
