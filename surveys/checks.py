"""Read a survey as an experienced colleague would before it opens, and say what to mend.

A finding is advice: nothing here stops a survey from being asked.
"""

from surveys.checking.bands import check_bands
from surveys.checking.findings import Finding, Severity
from surveys.checking.hard_words import check_hard_words
from surveys.checking.leading import check_leading
from surveys.checking.links import check_links
from surveys.checking.options import check_options
from surveys.checking.paths import check_paths
from surveys.checking.reading_age import check_reading_age
from surveys.checking.start_page import check_start_page
from surveys.checking.translations import check_screening, check_translations
from surveys.checking.wording import check_wording
from surveys.engine import Survey

__all__ = ["Finding", "Severity", "check_survey"]

_CHECKS = (
    check_paths,
    check_start_page,
    check_options,
    check_bands,
    check_wording,
    check_leading,
    check_hard_words,
    check_links,
    check_reading_age,
    check_translations,
    check_screening,
)


def check_survey(survey: Survey) -> tuple[Finding, ...]:
    """Return what is wrong with a survey: what must be mended first, then in its own order."""
    found = {finding: None for check in _CHECKS for finding in check(survey)}
    places = {question.code: place for place, question in enumerate(survey.questions)}
    return tuple(
        sorted(
            found,
            key=lambda each: (each.severity is Severity.SHOULD, places.get(each.question, -1)),
        )
    )
