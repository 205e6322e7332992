"""Conferences of children: whose view is missing, with the days left, and who was heard."""

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from voice.models import Consultation, HeardBy
from voice.services import conferences, heard_otherwise
from voice.services.conferences import Line, Standing
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.addresses import whole_address
from voice.web.attachments import attach_table, note_taken
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, now, settings, signed_in_officer

COLUMNS = ("child's reference", "conference on", "days left", "standing", "link")
SAID = {
    Standing.MISSING: "View missing",
    Standing.HEARD: "Heard",  # and how, where an officer said so
    Standing.NOT_YET: "Not yet: the five weeks have not begun",
    Standing.NOT_TO_BE_ASKED: "Not to be asked",
}
WAYS = {
    HeardBy.LINK: "by the link or its code",
    HeardBy.PAPER: "on paper",
    HeardBy.PHONE: "by phone",
    HeardBy.WORKER: "by a worker",
    HeardBy.GROUP: "in a class or a group",
    HeardBy.OTHER: "in another way",
}
NOTHING = f"Write or paste at least one conference, and no more than {conferences.MAX_LINES:,}"
BAD_LINE = (
    "Line {} must hold a case reference with a digit in it, never a name, and a day like 27/3/2026"
)


class ConferencesForm(PressForm):
    """Conferences, a line each."""

    lines = TextAreaField()


@blueprint.route("/consultations/<slug>/conferences", methods=["GET", "POST"])
@open_to(*EDITOR_ROLES)
def list_conferences(slug: str) -> ResponseReturnValue:
    """Show whose view is missing and who was heard; add conferences, or take one off."""
    consultation, form = get_consultation(slug), ConferencesForm()
    if not form.is_submitted():
        return _draw(consultation, ConferencesForm(formdata=None))
    if not form.validate_on_submit():
        return _draw(consultation, form, error=EXPIRED)
    session, officer = current_session(), signed_in_officer()
    for pressed in CHANGES:
        if request.form.get(pressed):
            return _change(consultation, pressed)
    try:
        planned = conferences.read_planned(form.lines.data or "")
    except ValueError as refused:
        line = refused.args[0]
        return _draw(consultation, form, error=BAD_LINE.format(line) if line else NOTHING)
    secret = settings().secret_key
    conferences.add_conferences(session, consultation, officer, planned, secret=secret, now=now())
    return redirect(url_for(".list_conferences", slug=slug, notice="added"), code=303)


# What a button beside a conference does, by its name.
CHANGES: dict[str, Callable[..., None]] = {
    "remove": conferences.remove,
    "undo": heard_otherwise.undo,
}


def _change(consultation: Consultation, pressed: str) -> ResponseReturnValue:
    chosen = request.form.get(pressed, "")
    known = {str(each.id): each.id for each in _lines(consultation)}
    if chosen in known:
        change, officer = CHANGES[pressed], signed_in_officer()
        change(current_session(), consultation, officer, known[chosen], now=now())
    address = url_for(".list_conferences", slug=consultation.slug, notice=pressed)
    return redirect(address, code=303)


@blueprint.get("/consultations/<slug>/conferences.csv")
@open_to(*EDITOR_ROLES)
@keeps
def download_conferences(slug: str) -> ResponseReturnValue:
    """Give every conference of the list with its standing and the child's own link."""
    consultation = get_consultation(slug)
    rows = [_row(each) for each in _lines(consultation)]
    note_taken(consultation, "conferences")
    return attach_table(COLUMNS, rows, f"{slug}-conferences.csv")


def _row(line: Line) -> tuple[object, ...]:
    held, said = line.held_on.isoformat(), said_of(line)
    return line.reference, held, line.days_left, said, _link(line)


def said_of(line: Line) -> str:
    """Return how a conference stands in words, such as "Heard (on paper)"."""
    said, ways = SAID[line.standing], line.heard_by
    if line.standing is not Standing.HEARD or ways == (HeardBy.LINK,):
        return said
    return f"{said} ({', '.join(WAYS[way] for way in ways)})"


def _counts(lines: list[Line]) -> list[tuple[str, int]]:
    """Return in how many ways children were heard; whoever was heard in two counts in both."""
    heard = [each for each in lines if each.standing is Standing.HEARD]
    counted = ((WAYS[way], sum(way in each.heard_by for each in heard)) for way in HeardBy)
    return [(way, number) for way, number in counted if number]


def _link(line: Line) -> str:
    """Return the child's own link; none for somebody who must not be asked."""
    if line.standing is Standing.NOT_TO_BE_ASKED:
        return ""
    code = conferences.code_of(line.id, secret=settings().secret_key)
    return whole_address("public.view", view_code=code)


def _lines(consultation: Consultation) -> list[Line]:
    secret = settings().secret_key
    return conferences.list_conferences(current_session(), consultation, secret=secret, now=now())


def _card(line: Line) -> dict[str, object]:
    """Return a conference as the page says it, with what may be done about it."""
    link = _link(line)
    is_otherwise = any(way is not HeardBy.LINK for way in line.heard_by)
    may_note = line.standing in {Standing.MISSING, Standing.HEARD} and not is_otherwise
    return {
        "line": line,
        "link": link,
        "code": conferences.code_in(link),
        "said": said_of(line),
        "may_undo": line.standing is Standing.HEARD and is_otherwise,
        "may_note": may_note,
    }


def _draw(
    consultation: Consultation, form: ConferencesForm, *, error: str | None = None
) -> ResponseReturnValue:
    lines = _lines(consultation)
    page = render_template(
        "officers/conferences.html",
        consultation=consultation,
        by_standing=[
            (each.value, [_card(line) for line in lines if line.standing is each])
            for each in Standing
        ],
        counts=_counts(lines),
        window_days=conferences.WINDOW.days,
        form=form,
        error=error,
        errors=[("lines", error)] if error else [],
        demonstration=consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)
