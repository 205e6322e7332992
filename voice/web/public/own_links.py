"""The pages behind a link that is one person's own: an invitation, or before a child's meeting."""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from voice.models import Consultation
from voice.services.consultations import current_survey
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.visitors import page_setting
from voice.web.session import now


def draw_own_link(
    template: str, consultation: Consultation, form: PressForm, **shown: Any
) -> ResponseReturnValue:
    """Say what the link is for, or why its form came too late; `form` stands under its own id.

    Looking changes nothing, because mail programs open links before people do.
    """
    page = render_template(
        template,
        form=form,
        errors=[("own-link", EXPIRED)] if form.is_expired else [],
        is_open=consultation.is_open(now()),
        **shown,
        **page_setting(consultation, current_survey(consultation)),
    )
    return make_response(page, 422 if form.is_expired else 200)
