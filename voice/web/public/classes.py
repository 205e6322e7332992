"""A class answers together: type the code on the board, choose the year group, begin."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.errors import NotFoundError
from voice.models import Lesson
from voice.services import consultations, lessons
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.beginning import ask_as_chosen
from voice.web.public.blueprint import blueprint
from voice.web.public.visitors import first_key, page_setting, remember
from voice.web.public.ways import newcomers_survey, told, ways_offered
from voice.web.session import current_session, now, settings

WRONG_CODE = "We do not know that code. Look at the board and type it again"
NO_YEAR = "Please choose your year group"


class JoinForm(PressForm):
    """The code on the board."""

    code = StringField()


@blueprint.route("/class", methods=["GET", "POST"])
@open_to(EVERYBODY)
def join_class() -> ResponseReturnValue:
    """Ask for the code on the board."""
    form = JoinForm()
    error = None
    if form.validate_on_submit():
        try:
            lesson = lessons.get_lesson(current_session(), form.code.data or "")
            return redirect(url_for(".join_lesson", lesson_code=lesson.code), code=303)
        except NotFoundError:
            error = WRONG_CODE
    elif form.is_expired:
        error = EXPIRED
    errors = [("code", error)] if error else []
    page = render_template("public/class.html", form=form, error=error, errors=errors)
    return page, 422 if error else 200


@blueprint.get("/class/<lesson_code>")
@open_to(EVERYBODY)
def join_lesson(lesson_code: str) -> ResponseReturnValue:
    """Say what it is about, and ask for the year group."""
    return _draw(lessons.get_lesson(current_session(), lesson_code), PressForm(formdata=None))


@blueprint.post("/class/<lesson_code>")
@open_to(EVERYBODY)
def begin_in_lesson(lesson_code: str) -> ResponseReturnValue:
    """Begin a pupil's answers; every pupil is somebody new, on whatever device."""
    lesson, form = lessons.get_lesson(current_session(), lesson_code), PressForm()
    if not form.validate_on_submit():
        return _draw(lesson, form, error=EXPIRED)
    year_group = _year_group(lesson)
    if not lessons.is_open(lesson, now=now()):
        return _draw(lesson, form)
    if year_group not in lesson.year_groups:
        return _draw(lesson, form, error=NO_YEAR)
    consultation = lesson.link.consultation
    consultations.check_help_is_there(consultation, settings().council)
    pupil = lessons.Pupil(year_group, form.press_key, first_key(form.press_key))
    begun = lessons.join(current_session(), lesson, pupil, now=now())
    ask_as_chosen(consultation, begun.response)
    return remember(redirect(url_for(".go_on", slug=consultation.slug)), consultation.slug, begun)


def _year_group(lesson: Lesson) -> str:
    """Return what was chosen; where there is only one, nobody need choose it."""
    only = lesson.year_groups[0] if len(lesson.year_groups) == 1 else ""
    return only or request.form.get("year-group", "")


def _draw(lesson: Lesson, form: PressForm, *, error: str | None = None) -> ResponseReturnValue:
    consultation = lesson.link.consultation
    survey = newcomers_survey(consultation)
    page = render_template(
        "public/lesson.html",
        lesson=lesson,
        survey=survey,
        is_open=lessons.is_open(lesson, now=now()),
        year_options=lesson.year_groups,
        language_address=lambda code: url_for(
            ".join_lesson", lesson_code=lesson.code, **(told() | {"language": code})
        ),
        form=form,
        error=error,
        errors=[("year-group", error)] if error else [],
        **ways_offered(survey),
        **page_setting(consultation, survey),
    )
    return make_response(page, 422 if error else 200)
