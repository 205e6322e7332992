"""The JSON Schema of a survey file, so that a text editor can help whoever writes one."""

import json
from typing import Any

from surveys.engine import Survey

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def survey_schema() -> dict[str, Any]:
    """Return the schema of a survey file, made from what reads it."""
    made = Survey.model_json_schema(by_alias=True)
    return {"$schema": _DIALECT, **made, "title": "A survey of Voice"}


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(survey_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
