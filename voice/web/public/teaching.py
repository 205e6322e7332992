"""A teacher's own pages, by an address that the council hands over: no account is needed."""

from flask import Response as Reply
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from voice.errors import NotFoundError
from voice.models import Lesson, Link
from voice.reports import qr
from voice.services import lessons, year_groups
from voice.web.access import EVERYBODY, open_to
from voice.web.addresses import spoken_address, whole_address
from voice.web.forms import PressForm
from voice.web.languages import spoken
from voice.web.public.blueprint import blueprint
from voice.web.public.teachers_title import titled
from voice.web.session import current_session, now, settings

BOARD_SECONDS = 15
SECOND_PRESS_SECONDS = 2
MAX_DIGITS = 15


@blueprint.get("/teach/<link_code>/<teacher_key>")
@open_to(EVERYBODY)
def teach(link_code: str, teacher_key: str) -> ResponseReturnValue:
    """Show the board while a lesson is open: the code, and how many have begun and sent."""
    school = _get_school(link_code, teacher_key)
    lesson = lessons.find_open(school, now=now())
    if lesson is None:
        return _draw_school(school, teacher_key)
    is_still = "still" in request.args
    page = render_template(
        "public/board.html",
        school=school,
        lesson=lesson,
        heads=lessons.count_heads(current_session(), lesson),
        address=spoken_address("public.join_class"),
        here=_here(school, teacher_key),
        over=_results(school, teacher_key, lesson),
        is_still=is_still,
        form=PressForm(formdata=None),
        **titled(school.consultation),
    )
    reply = make_response(page)
    if not is_still:
        reply.headers["Refresh"] = str(BOARD_SECONDS)
    return reply


@blueprint.post("/teach/<link_code>/<teacher_key>")
@open_to(EVERYBODY)
def begin_lesson(link_code: str, teacher_key: str) -> ResponseReturnValue:
    """Begin a lesson."""
    school = _get_school(link_code, teacher_key)
    form = PressForm()
    if not form.validate_on_submit():
        return _draw_school(school, teacher_key, form=form)
    years = request.form.getlist("years")
    lessons.begin_lesson(current_session(), school, years, now=now())
    return redirect(_here(school, teacher_key), code=303)


@blueprint.post("/teach/<link_code>/<teacher_key>/<lesson_code>")
@open_to(EVERYBODY)
def end_lesson(link_code: str, teacher_key: str, lesson_code: str) -> ResponseReturnValue:
    """Ask once whether to end the lesson; then end it, and show what was chosen most."""
    school = _get_school(link_code, teacher_key)
    lesson = _get_lesson(school, lesson_code)
    if PressForm().validate_on_submit() and lessons.is_open(lesson, now=now()):
        if not _is_sure(request.form.get("asked-at", "")):
            return _ask_to_end(school, teacher_key, lesson)
        lessons.end_lesson(current_session(), lesson, now=now())
    return redirect(_results(school, teacher_key, lesson), code=303)


@blueprint.get("/teach/<link_code>/<teacher_key>/<lesson_code>")
@open_to(EVERYBODY)
def lesson_results(link_code: str, teacher_key: str, lesson_code: str) -> ResponseReturnValue:
    """Show what each year group of a lesson that is over chose most, as it stands now."""
    school = _get_school(link_code, teacher_key)
    lesson = _get_lesson(school, lesson_code)
    if lessons.is_open(lesson, now=now()):
        return redirect(_here(school, teacher_key))
    return render_template(
        "public/lesson_results.html",
        school=school,
        lesson=lesson,
        heads=lessons.count_heads(current_session(), lesson),
        found=year_groups.by_year_group(
            current_session(), school.consultation, lesson, language=spoken()
        ),
        here=_here(school, teacher_key),
        **titled(school.consultation),
    )


@blueprint.get("/class/<lesson_code>/qr.svg")
@open_to(EVERYBODY)
def lesson_qr(lesson_code: str) -> ResponseReturnValue:
    """Give the QR code that opens this lesson on a phone."""
    lesson = lessons.get_lesson(current_session(), lesson_code)
    address = whole_address(".join_lesson", lesson_code=lesson.code)
    return Reply(qr.qr_svg(address), mimetype=qr.SVG_TYPE)


def _is_sure(asked_at: str) -> bool:
    """Return whether it was asked long enough ago: the second press of a double press is no yes."""
    return (
        asked_at.isdecimal()
        and now().timestamp() - int(asked_at[:MAX_DIGITS]) >= SECOND_PRESS_SECONDS
    )


def _ask_to_end(school: Link, key: str, lesson: Lesson) -> str:
    heads = lessons.count_heads(current_session(), lesson)
    return render_template(
        "public/lesson_end.html",
        answering=heads.begun - heads.sent,
        asked_at=int(now().timestamp()),
        here=_here(school, key),
        over=_results(school, key, lesson),
        form=PressForm(formdata=None),
        **titled(school.consultation),
    )


def _get_school(link_code: str, teacher_key: str) -> Link:
    secret = settings().secret_key
    return lessons.get_school(current_session(), link_code, teacher_key, secret=secret)


def _get_lesson(school: Link, code: str) -> Lesson:
    lesson = lessons.get_lesson(current_session(), code)
    if lesson.link_id != school.id:
        raise NotFoundError("lesson")
    return lesson


def _here(school: Link, key: str) -> str:
    return url_for(".teach", link_code=school.code, teacher_key=key)


def _results(school: Link, key: str, lesson: Lesson) -> str:
    return url_for(
        ".lesson_results", link_code=school.code, teacher_key=key, lesson_code=lesson.code
    )


def _draw_school(school: Link, key: str, *, form: PressForm | None = None) -> Reply:
    past = [(_results(school, key, each), each) for each in reversed(school.lessons)]
    page = render_template(
        "public/school.html",
        school=school,
        here=_here(school, key),
        is_open=school.consultation.is_open(now()),
        past=past,
        year_options=lessons.YEAR_GROUPS,
        form=form or PressForm(formdata=None),
        errors=[("years", "This page was open for a long time. Press the button again")]
        if form
        else [],
        **titled(school.consultation),
    )
    return make_response(page, 422 if form else 200)
