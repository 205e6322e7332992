"""Boxes for words: of a limit that hardly anybody reaches nothing is said."""

import pytest

from tests.factories import make_consultation
from tests.surveys.conftest import survey_asking


@pytest.mark.parametrize(("most", "said"), [(100_000, False), (500, True)])
def test_a_limit_is_said_only_where_somebody_may_reach_it(visitor, database, most, said):
    asked = {"code": "why", "kind": "free_text", "text": "Why?", "max_chars": most}
    with database.writing() as session:
        make_consultation(session, survey=survey_asking(asked), slug="words")

    page = visitor.begin("words").body

    assert (f"up to {most:,} characters" in page) == said
    assert ("data-maxlength" in page) == said
