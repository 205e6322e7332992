"""Questions to a committee: send one in, see how far it has come, read all replies."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, TextAreaField

from voice.errors import NotFoundError, TooManySentError
from voice.models import Committee
from voice.services import enquiries, public_questions
from voice.web.access import EVERYBODY, open_to
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.session import current_session, now, sender_here, settings

REFUSALS = {
    "committee": "Choose a committee",
    "words": f"Write your question, in up to {public_questions.MAX_WORDS_CHARS:,} characters",
    "name": f"Write up to {public_questions.MAX_NAME_CHARS} characters, or leave it out",
    "email": "Write an e-mail address, like name@example.org, or leave it out",
    "many": "That is as many questions as we take from one place in a day. Your words are still "
    "here: send them tomorrow, or ring or write to the council",
    "belongs": "Tick the box if you live, work or study here",
}


class QuestionForm(PressForm):
    """What somebody asks a committee."""

    committee = StringField()
    words = TextAreaField()
    name = StringField()
    may_name = BooleanField()
    email = StringField()
    belongs = BooleanField()

    @property
    def asked(self) -> public_questions.Asked:
        """Return what was typed, as the service takes it."""
        return public_questions.Asked(
            words=self.words.data or "",
            name=self.name.data or "",
            may_name=bool(self.may_name.data),
            reply_to=(self.email.data or "").strip(),
            sender=sender_here(),
        )

    def fault(self, committee: Committee | None) -> str:
        """Return which field cannot be taken as it is, in the order of the page; or nothing."""
        if committee is None:
            return "committee"
        return public_questions.fault_in(self.asked) or ("" if self.belongs.data else "belongs")


@blueprint.route("/questions/ask", methods=["GET", "POST"])
@open_to(EVERYBODY)
def ask_committee() -> ResponseReturnValue:
    """Take a question to a committee in; all that was typed comes back if something is wrong."""
    form = QuestionForm()
    if not form.is_submitted():
        return _draw(form)
    if not form.validate_on_submit():
        return _refuse(form, ("words", EXPIRED))
    open_now = {each.slug: each for each in public_questions.list_open(current_session())}
    committee = open_now.get(form.committee.data or "")
    fault = form.fault(committee)
    if fault or committee is None:
        return _refuse(form, (fault, REFUSALS[fault]))
    try:
        code = public_questions.ask(
            current_session(),
            settings(),
            committee,
            form.asked,
            press_key=form.press_key,
            now=now(),
        )
    except TooManySentError:
        return _refuse(form, ("words", REFUSALS["many"]))
    return redirect(url_for(".my_question", asked_code=code), code=303)


@blueprint.get("/questions/mine/<asked_code>")
@open_to(EVERYBODY)
def my_question(asked_code: str) -> ResponseReturnValue:
    """Show whoever asked how far their question has come, and its reply."""
    session = current_session()
    enquiry = public_questions.get_by_code(session, asked_code)
    return render_template(
        "public/my_question.html",
        enquiry=enquiry,
        asked_code=asked_code,
        is_worried=enquiries.is_worrying(session, enquiry),
        address=url_for(".my_question", asked_code=asked_code, _external=True),
    )


@blueprint.route("/questions/mine/<asked_code>/delete", methods=["GET", "POST"])
@open_to(EVERYBODY)
def delete_question(asked_code: str) -> ResponseReturnValue:
    """Delete somebody's own question, after asking once; one that is published stays."""
    form, session = PressForm(), current_session()
    is_deleted = form.validate_on_submit()
    try:
        enquiry = public_questions.get_by_code(session, asked_code)
        if is_deleted:
            public_questions.erase(session, enquiry, now=now())
    except NotFoundError:
        if not is_deleted:  # pressed twice, it is deleted all the same
            raise
    except ValueError:
        return redirect(url_for(".my_question", asked_code=asked_code))
    page = render_template(
        "public/delete_question.html",
        form=form,
        asked_code=asked_code,
        is_deleted=is_deleted,
        errors=[("delete", EXPIRED)] if form.is_expired else [],
    )
    return make_response(page, 422 if form.is_expired else 200)


@blueprint.get("/questions")
@open_to(EVERYBODY)
def list_questions() -> ResponseReturnValue:
    """Show what was answered in public, page by page: by committee, the newest day first."""
    session = current_session()
    last = -(-public_questions.count_published(session) // public_questions.A_PAGE) or 1
    about = request.args.get("about", "")
    page = public_questions.page_of(session, about) if about else request.args.get("page", 1, int)
    page = min(max(page, 1), last)
    return render_template(
        "public/questions.html",
        answered=public_questions.list_published(session, page=page),
        before=url_for(".list_questions", page=page - 1) if page > 1 else None,
        after=url_for(".list_questions", page=page + 1) if page < last else None,
        is_open=bool(public_questions.list_open(session)),
    )


def _refuse(form: QuestionForm, error: tuple[str, str]) -> ResponseReturnValue:
    """Draw the page again. What was typed is screened: whoever typed it may not press again."""
    is_worried = public_questions.screen_refused(current_session(), form.asked, now=now())
    return _draw(form, error=error, is_worried=is_worried)


def _draw(
    form: QuestionForm, *, error: tuple[str, str] | None = None, is_worried: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "public/ask_committee.html",
        form=form,
        committees=public_questions.list_open(current_session()),
        errors=[error] if error else [],
        wrong=dict([error]) if error else {},
        most_chars=public_questions.MAX_WORDS_CHARS,
        is_worried=is_worried,
    )
    return make_response(page, 422 if error else 200)
