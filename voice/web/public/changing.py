"""Change how one is asked: another variant, another language. The answers stay."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.services import responses
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.languages import choose_language
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import find_response, page_setting
from voice.web.public.ways import known_setting
from voice.web.session import current_session


@blueprint.route("/consultations/<slug>/way", methods=["GET", "POST"])
@open_to(EVERYBODY)
def way(slug: str) -> ResponseReturnValue:
    """Offer every way and every language, and go on in the one chosen."""
    form = PressForm()
    response = find_response(slug, to_change=form.is_submitted())
    if response is None:
        return redirect(url_for(".start", slug=slug))
    survey = responses.survey_for(response)
    if form.validate_on_submit():
        chosen = known_setting(
            survey,
            request.form.get("way") or response.variant,
            request.form.get("language") or survey.language,
        )
        responses.change_way(
            current_session(), response, variant=chosen.variant, language=chosen.language
        )
        if not response.helped_by:
            choose_language(chosen.language)
        return redirect(url_for(".go_on", slug=slug))
    current = survey.variant(response.variant)
    page = render_template(
        "public/way.html",
        form=form,
        errors=[("way", EXPIRED)] if form.is_expired else [],
        survey=survey,
        ways=[(each, False) for each in survey.variants],
        current=current.code if current is not None else "",
        **page_setting(response.consultation, survey),
    )
    return page, 422 if form.is_expired else 200
