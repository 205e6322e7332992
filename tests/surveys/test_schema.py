"""The JSON Schema of a survey file."""

import json
from pathlib import Path

from surveys.drafting.fields import kinds
from surveys.schema import schema_text, survey_schema

COMMITTED = Path(__file__).parents[2] / "docs" / "survey.schema.json"


class TestTheSchema:
    def test_in_the_documents_is_what_the_service_reads(self):
        """Mended by: voice survey schema > docs/survey.schema.json."""
        assert COMMITTED.read_text(encoding="utf-8") == schema_text()

    def test_knows_every_kind_of_question(self):
        told = json.dumps(survey_schema())

        assert [kind for kind in kinds() if f'"{kind}"' not in told] == []

    def test_refuses_a_key_that_nobody_knows(self):
        assert survey_schema()["additionalProperties"] is False
