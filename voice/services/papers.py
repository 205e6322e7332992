"""Papers as they were printed: each in one way and one language, by which it is typed in."""

from collections.abc import Iterable

from surveys.engine import Survey
from surveys.fitting import Setting
from surveys.translations import ENGLISH_NAMES, language_name
from voice.models import Channel, Response, SurveyVersion
from voice.services.consultations import fitted, survey_of

Named = tuple[tuple[str, str], ...]  # codes, each with what people call it


def printed_survey(
    version: SurveyVersion, *, variant: str, language: str, channel: str = Channel.PAPER.value
) -> Survey:
    """Return the survey with the questions and words of that paper; empty means the usual one."""
    if not variant and not language:
        return survey_of(version)
    return fitted(version, Setting(channel=channel, variant=variant, language=language))


def sheet_of(response: Response) -> Survey:
    """Return the survey as it stands on the paper that was typed in."""
    return printed_survey(response.version, variant=response.variant, language=response.language)


def ways_of(survey: Survey) -> Named:
    """Return the ways in which it can be printed, the usual first; none where there is but one."""
    return _named((each.code, each.name) for each in survey.variants)


def languages_of(survey: Survey) -> Named:
    """Return the languages in which it can be printed in the same manner."""
    own_first = sorted(survey.languages, key=lambda code: code != survey.language)
    return _named((each, _language_in_words(each)) for each in own_first)


def printed_as(survey: Survey, *, variant: str, language: str) -> tuple[str, ...]:
    """Return the way and the language by name, of those of which there are several."""
    chosen = ((ways_of(survey), variant), (languages_of(survey), language))
    return tuple(dict(named).get(code, named[0][1]) for named, code in chosen if named)


def _named(named: Iterable[tuple[str, str]]) -> Named:
    found = tuple(named)
    return found if len(found) > 1 else ()


def _language_in_words(language: str) -> str:
    """Return a language as its speakers call it, and in English for whoever reads it not."""
    theirs, ours = language_name(language), ENGLISH_NAMES.get(language, language)
    return theirs if theirs == ours else f"{theirs} ({ours})"
