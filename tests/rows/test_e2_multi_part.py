"""Row E2 TEST: the builder warns on a multi-part statement ("and", 3 claims)."""

import pytest

from surveys.checks import check_survey
from surveys.engine import Survey

# Verbatim from the evaluation of Chelsea's Choice, 2013/14.
STATEMENT = (
    "better understanding of what child sexual exploitation is, where and how to report it and a "
    "better understanding of online safety and terms such as grooming"
)
ABOUT = {name: "A play." for name in ("what", "why", "who_for", "what_happens", "who_reads")}
ABOUT |= {"minutes": 2}
AGREE = [{"code": "agree", "label": "Agree"}, {"code": "disagree", "label": "Disagree"}]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param({"kind": "scale", "text": STATEMENT, "options": AGREE}, id="on a scale"),
        pytest.param(
            {
                "kind": "grid",
                "text": "After the play, I have a …",
                "rows": [{"code": "knows", "label": STATEMENT}],
                "columns": AGREE,
            },
            id="as a row of a grid",
        ),
    ],
)
def test_three_claims_in_one_statement_are_found(question):
    survey = Survey.model_validate(
        {"code": "play", "title": "After the play", "about": ABOUT}
        | {"questions": [{"code": "understood"} | question]}
    )

    messages = [each.message for each in check_survey(survey)]

    assert any("may be three questions in one" in message for message in messages)
