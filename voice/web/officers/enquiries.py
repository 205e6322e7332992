"""What came in and must be answered, with its clocks; and the committees that take questions."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField

from voice.services import committees, enquiries, mail
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.officers.blueprint import blueprint
from voice.web.officers.enquiry_lines import line_of
from voice.web.session import current_session, keeps, now, settings, signed_in_officer

MAX_SHOWN = 200  # the first due; the page says how many more there are
NO_COMMITTEE = (
    f"Write its name, in up to {committees.MAX_NAME_CHARS} characters. No other team may have one "
    "of this name"
)


class CommitteeForm(PressForm):
    """A committee that is to take questions."""

    committee = StringField()


@blueprint.get("/enquiries")
@open_to(*EDITOR_ROLES)
@keeps
def list_enquiries() -> ResponseReturnValue:
    """Show what waits for the team's reply, the first due first; then what was answered."""
    enquiries.note_look(current_session(), signed_in_officer(), "list", now=now())
    return _draw_list(CommitteeForm(formdata=None))


@blueprint.post("/enquiries")
@open_to(*EDITOR_ROLES)
def change_committees() -> ResponseReturnValue:
    """Let a committee take questions, or close one."""
    form, session, officer = CommitteeForm(), current_session(), signed_in_officer()
    if not form.validate_on_submit():
        return _draw_list(form, error=("committee", EXPIRED))
    closing = request.form.get("close", "")
    ours = {str(each.id): each.id for each in committees.list_of_team(session, officer)}
    if closing in ours:
        committees.close(session, officer, ours[closing], now=now())
        return redirect(url_for(".list_enquiries", notice="closed"), code=303)
    try:
        committees.add(session, officer, form.committee.data or "", now=now())
    except ValueError:
        return _draw_list(form, error=("committee", NO_COMMITTEE))
    return redirect(url_for(".list_enquiries", notice="opened"), code=303)


def _draw_list(form: CommitteeForm, *, error: tuple[str, str] | None = None) -> ResponseReturnValue:
    session, officer = current_session(), signed_in_officer()
    waiting = enquiries.list_waiting(session, officer, limit=MAX_SHOWN)
    listed = enquiries.list_answered(session, officer)
    found = [each.consultation for each in (*waiting, *listed) if each.consultation]
    page = render_template(
        "officers/enquiries.html",
        waiting=[line_of(each) for each in waiting],
        count=enquiries.count_waiting(session, officer),
        answered=[line_of(each) for each in listed],
        held=enquiries.count_held(session, officer),
        committees=committees.list_of_team(session, officer),
        letters=mail.count_waiting(session),
        sends_mail=bool(settings().mail_server),
        form=form,
        errors=[error] if error else [],
        error=error[1] if error else None,
        demonstration=next((each.demonstration for each in found if each.demonstration), None),
    )
    return make_response(page, 422 if error else 200)
