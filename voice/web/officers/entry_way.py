"""In which way and language a paper was printed: chosen first, so that its own sheet is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.engine import Survey
from surveys.translations import direction
from voice.models import Channel, Consultation
from voice.services import papers
from voice.services.consultations import current_survey, current_version
from voice.web.officers.entry_form import CAME_BY

# No question's code has a hyphen, so neither is ever the name of a question.
WAY, LANGUAGE = "came-way", "came-language"


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as it was printed. `variant` and `language` are empty for the usual one."""

    survey: Survey
    variant: str
    language: str

    @property
    def kept(self) -> dict[str, str]:
        """What says so in an address, and beside the answers."""
        named = {WAY: self.variant, LANGUAGE: self.language}
        return {name: value for name, value in named.items() if value}


def read_printed(consultation: Consultation, sent: Mapping[str, str]) -> Printed:
    """Return the paper that was chosen; the usual one for what there is not."""
    worded = current_survey(consultation)
    variant = _beside_the_usual(papers.ways_of(worded), sent.get(WAY, ""))
    language = _beside_the_usual(papers.languages_of(worded), sent.get(LANGUAGE, ""))
    channel = Channel.PHONE if sent.get(CAME_BY) == Channel.PHONE.value else Channel.PAPER
    survey = papers.printed_survey(
        current_version(consultation), variant=variant, language=language, channel=channel.value
    )
    return Printed(survey, variant, language)


def draw_choice(consultation: Consultation, printed: Printed) -> dict[str, Any]:
    """Return the ways and languages to choose from, where there are several, and the chosen."""
    worded = current_survey(consultation)
    return {
        "ways": papers.ways_of(worded),
        "languages": papers.languages_of(worded),
        "printed": printed,
        "language": printed.survey.language,
        "direction": direction(printed.survey.language),
    }


def _beside_the_usual(named: papers.Named, wanted: str) -> str:
    """Return what is wanted if it is there; empty for the first, which is the usual."""
    return wanted if wanted in dict(named[1:]) else ""
