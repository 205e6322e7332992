"""A survey that is valid as it comes; a test states only the questions that it is about."""

from collections.abc import Callable
from typing import Any

import pytest

from surveys.engine import Survey

ABOUT = {
    "what": "We ask what you think.",
    "why": "It helps us.",
    "who_for": "Everybody.",
    "minutes": 5,
    "what_happens": "We read what you say.",
    "who_reads": "A small team.",
}


def survey_asking(*questions: dict[str, Any]) -> Survey:
    """Return a survey of these questions, each complete."""
    return Survey.model_validate(
        {"code": "asked", "title": "Asked", "about": ABOUT, "questions": questions}
    )


@pytest.fixture
def survey_of() -> Callable[..., Survey]:
    """Return a function that makes a survey of the questions given as plain maps."""

    def make(*questions: dict[str, Any], **about_it: Any) -> Survey:
        complete = [{"kind": "free_text", "text": "What?"} | question for question in questions]
        return Survey.model_validate(
            {"code": "asked", "title": "Asked", "about": ABOUT, "questions": complete} | about_it
        )

    return make
