"""Surveys as files: a draft, the survey of a consultation, and the schema of them all."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from surveys.drafting.sketch import code_from
from surveys.schema import schema_text
from surveys.writing import as_yaml, survey_text
from voice.services import drafts
from voice.services.consultations import current_survey
from voice.web.access import EDITOR_ROLES, TEAM_ROLES, open_to
from voice.web.attachments import attach
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft
from voice.web.officers.found import get_consultation

YAML_TYPE = "application/yaml"
SCHEMA_TYPE = "application/schema+json"


@blueprint.get("/drafts/<uuid:draft_id>/survey.yaml")
@open_to(*EDITOR_ROLES)
def download_draft(draft_id: UUID) -> ResponseReturnValue:
    """Give a draft as a survey file, as far as it is written."""
    sketch = drafts.sketch_in(get_draft(draft_id))
    name = f"{code_from(sketch.title or 'survey')}.yaml"
    return attach(as_yaml(sketch.definition()), name, media_type=YAML_TYPE)


@blueprint.get("/consultations/<slug>/survey.yaml")
@open_to(*EDITOR_ROLES)
def download_survey(slug: str) -> ResponseReturnValue:
    """Give the survey as it is asked now."""
    consultation = get_consultation(slug)
    text = survey_text(current_survey(consultation))
    return attach(text, f"{consultation.slug}.yaml", media_type=YAML_TYPE)


@blueprint.get("/survey.schema.json")
@open_to(*TEAM_ROLES)
def survey_schema() -> ResponseReturnValue:
    """Give the JSON Schema of a survey file, for an editor."""
    return attach(schema_text(), "survey.schema.json", media_type=SCHEMA_TYPE)
