"""Placeholders for earlier answers that would be shown as they stand."""

from collections.abc import Iterator

from surveys.checking.findings import Finding, must
from surveys.checking.translations import question_in
from surveys.engine import Survey
from surveys.piping import FIELDS, LEFT_OVER
from surveys.placeholders import PLACEHOLDER
from surveys.places import texts_of


def check_piping(survey: Survey) -> Iterator[Finding]:
    """Find placeholders that are misspelt, or stand where no answer is put in."""
    for place, text in texts_of(survey).items():
        *_, name = place.split(".")
        code = question_in(place)
        is_put_in = bool(code) and name in FIELDS
        left = PLACEHOLDER.sub("", text) if is_put_in else text
        if found := LEFT_OVER.search(left):
            yield must(
                code,
                f"“{found[0]}” would be shown as it stands; write {{answer:code}} or "
                "{answer:code|words without it}, in the text, intro or hint of a question",
            )
