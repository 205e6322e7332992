"""The pages behind a link that is one person's own: an invitation, or before a child's meeting."""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.visitors import setting_around
from voice.web.public.ways import newcomers_survey
from voice.web.session import now


def draw_own_link(
    template: str, consultation: Consultation, form: PressForm, **shown: Any
) -> ResponseReturnValue:
    """Say what the link is for, or why its form came too late; `form` stands under its own id.

    Looking changes nothing, because mail programs open links before people do.
    """
    survey = newcomers_survey(consultation)
    page = render_template(
        template,
        form=form,
        survey=survey,
        errors=[("own-link", EXPIRED)] if form.is_expired else [],
        is_open=consultation.is_open(now()),
        **shown,
        **setting_around(consultation, survey),
    )
    return make_response(page, 422 if form.is_expired else 200)
