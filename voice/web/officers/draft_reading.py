"""How old somebody must be to read each text of a draft, in every way in which it is asked."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from surveys.checking.reading_age import MAX_SENTENCE_READING_AGE, reading_ages
from surveys.engine import Audience
from voice.services import drafts
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.officers.blueprint import blueprint
from voice.web.officers.draft_found import get_draft


@blueprint.get("/drafts/<uuid:draft_id>/reading")
@open_to(*EDITOR_ROLES)
def draft_reading(draft_id: UUID) -> ResponseReturnValue:
    """List every text with its reading age, the hardest first."""
    draft = get_draft(draft_id)
    survey = drafts.check_draft(draft).reading.survey
    texts = reading_ages(survey) if survey is not None else ()
    return render_template(
        "officers/draft_reading.html",
        draft=draft,
        texts=sorted(texts, key=lambda each: -each.years),
        is_readable=survey is not None,
        is_for_children=survey is not None and survey.audience is Audience.YOUNG,
        most=MAX_SENTENCE_READING_AGE,
    )
