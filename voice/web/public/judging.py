"""Was this page useful? A small form that the council's own pages link to."""

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from voice.models import Link
from voice.services import pages_judged
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import first_key
from voice.web.public.ways import spoken_survey
from voice.web.public.whole_form import draw_whole, read_whole
from voice.web.session import current_session, now, settings

PAGE = "page-address"  # no question's code has a hyphen


@blueprint.get("/feedback/<feedback_code>")
@open_to(EVERYBODY)
def judge_page(feedback_code: str) -> ResponseReturnValue:
    """Ask about one of the council's pages; what was pressed there is chosen already."""
    link = pages_judged.get_open(current_session(), feedback_code, now=now())
    return _draw(link, PressForm(formdata=None), request.args, page=request.args.get("page", ""))


@blueprint.post("/feedback/<feedback_code>")
@open_to(EVERYBODY)
def keep_judgement(feedback_code: str) -> ResponseReturnValue:
    """Keep what somebody says of a page, and show help where their words may mean danger."""
    link = pages_judged.get_open(current_session(), feedback_code, now=now())
    survey, form = spoken_survey(link.consultation), PressForm()
    page = request.form.get(PAGE, "")
    filled = read_whole(survey, request.form)
    if not form.validate_on_submit():
        return _draw(link, form, request.form, page=page, errors={"": EXPIRED})
    if filled.errors:
        return _draw(link, form, request.form, page=page, errors=filled.errors)
    judgement = pages_judged.Judgement(
        pages_judged.read_page(page, settings().council.embed_sites),
        filled.answers,
        form.press_key,
        first_key(form.press_key),
    )
    worried = pages_judged.judge(current_session(), link, judgement, now=now())
    return render_template("public/page_judged.html", survey=survey, is_worried=worried)


def _draw(
    link: Link,
    form: PressForm,
    given: MultiDict[str, str],
    *,
    page: str,
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    wrong = errors or {}
    survey = spoken_survey(link.consultation)
    made = render_template(
        "public/page_feedback.html",
        form=form,
        survey=survey,
        questions=draw_whole(survey, given, wrong),
        page=page,
        page_name=PAGE,
        shown_page=pages_judged.read_page(page, settings().council.embed_sites),
        errors=list(wrong.items()),
        address=url_for(".keep_judgement", feedback_code=link.code),
        demonstration=link.consultation.demonstration or None,
    )
    return make_response(made, 422 if wrong else 200)
