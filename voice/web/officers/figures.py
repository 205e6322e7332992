"""Checking the figures of a draft before it is printed. Nothing that is pasted here is kept."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.reports.printed_checks import MAX_CHARS, CheckedLine, Verdict, check_printed
from voice.web.access import TEAM_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint

NO_FIGURES = "Paste some text with a figure in it, such as “Took part: 82% (37 of 45)”"
TOO_LONG = f"Paste at most {MAX_CHARS:,} characters at a time"
COLOURS = {
    Verdict.COUNT: "grey",
    Verdict.AGREES: "green",
    Verdict.NO_BASE: "yellow",
    Verdict.CONFLICT: "orange",
    Verdict.WRONG: "red",
}


class DraftForm(PressForm):
    """The words of a draft."""

    draft = StringField()


@blueprint.get("/figures")
@open_to(*TEAM_ROLES)
def check_figures() -> ResponseReturnValue:
    """Ask for the draft."""
    return _draw(DraftForm(formdata=None))


@blueprint.post("/figures")
@open_to(*TEAM_ROLES)
def show_checked_figures() -> ResponseReturnValue:
    """Show what is wrong with which figure; the words are read and forgotten."""
    form = DraftForm()
    if not form.validate_on_submit():
        return _draw(form, error=EXPIRED)
    words = form.draft.data or ""
    if len(words) > MAX_CHARS:
        return _draw(form, error=TOO_LONG)
    checked = check_printed(words)
    return _draw(form, checked, error="" if checked else NO_FIGURES)


def _draw(
    form: DraftForm, checked: tuple[CheckedLine, ...] = (), *, error: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "officers/figures.html",
        form=form,
        draft=form.draft.data or "",
        limit=MAX_CHARS,
        checked=checked,
        doubted=sum(
            each.verdict in {Verdict.WRONG, Verdict.CONFLICT, Verdict.NO_BASE} for each in checked
        ),
        colours=COLOURS,
        errors=[("draft", error)] if error else [],
    )
    return make_response(page, 422 if error else 200)
