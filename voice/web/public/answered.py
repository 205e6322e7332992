"""“You said, we did” in public: the page, a feed, a card to embed, and what people meant."""

from flask import Response as Reply
from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from voice.models import Meant
from voice.reports.feed import MEDIA_TYPE, FeedEntry, atom_feed
from voice.services import announcements, answer_board, consultations, outcomes, telling
from voice.services.answered import Answered, Choice, read_answered
from voice.services.telling import ANSWERS
from voice.web.access import EVERYBODY, open_to
from voice.web.addresses import whole_address
from voice.web.forms import EXPIRED, PressForm
from voice.web.public.blueprint import blueprint
from voice.web.session import current_session, now, settings

ABOUT_DEMO = (
    "These are real questionnaires from a council's published papers, with answers made from the "
    "published counts."
)
MEANT = {
    Meant.YES: "Yes, that is what I meant",
    Meant.PARTLY: "Partly",
    Meant.NO: "No, I meant something else",
}
FRAMED = 5  # the newest, in a card on another site


@blueprint.get("/outcomes")
@open_to(EVERYBODY)
def what_we_did() -> ResponseReturnValue:
    """Show every "You said, we did", newest first, and what still waits for an answer."""
    session, choice = current_session(), _choice()
    found = read_answered(session, choice)
    begun = consultations.list_public(session, now=now())
    said = announcements.announced(session, begun)
    is_all = choice == Choice()
    shown = [each.outcome.consultation for each in found.shown]
    return render_template(
        "public/outcomes.html",
        found=found,
        choice=choice,
        feed=whole_address("public.outcomes_feed"),
        news=[(each, said[each.id]) for each in begun if said[each.id].has_news and is_all],
        promised=answer_board.list_promises(session) if is_all else [],
        demonstration=next((ABOUT_DEMO for each in shown if each.demonstration), None),
    )


@blueprint.get("/outcomes/feed.xml")
@open_to(EVERYBODY)
def outcomes_feed() -> ResponseReturnValue:
    """Give the same as an Atom feed; a choice of consultation, service or year holds here too."""
    found = read_answered(current_session(), _choice())
    entries = tuple(map(_entry, found.shown))
    title = f"{settings().council.name}: you said, we did"
    return Reply(
        atom_feed(title, whole_address("public.outcomes_feed"), entries), mimetype=MEDIA_TYPE
    )


@blueprint.get("/outcomes/embed")
@open_to(EVERYBODY)
def outcomes_embed() -> ResponseReturnValue:
    """Show the newest in a card, which the sites that the council names may frame."""
    g.framed_by = settings().council.embed_sites
    return render_template(
        "public/outcomes_embed.html",
        shown=read_answered(current_session(), _choice()).shown[:FRAMED],
        address=whole_address("public.what_we_did"),
        demonstration=None,
    )


@blueprint.get("/outcomes/meant/<told_key>")
@open_to(EVERYBODY)
def ask_meant(told_key: str) -> ResponseReturnValue:
    """Ask somebody who was told whether it is what they had meant."""
    return _draw_meant(told_key)


@blueprint.post("/outcomes/meant/<told_key>")
@open_to(EVERYBODY)
def keep_meant(told_key: str) -> ResponseReturnValue:
    """Keep what they say to it; nobody can tell who they are."""
    if not PressForm().validate_on_submit():
        return _draw_meant(told_key, error=("meant", EXPIRED))
    chosen = next((each for each in Meant if each.value == request.form.get("meant")), None)
    if chosen is None:
        return _draw_meant(told_key, error=("meant", "Choose one"))
    telling.keep_meant(current_session(), told_key, chosen, now=now())
    return _draw_meant(told_key, is_kept=True)


def _draw_meant(
    key: str, *, error: tuple[str, str] | None = None, is_kept: bool = False
) -> ResponseReturnValue:
    told, outcome = telling.get_told(current_session(), key)
    page = render_template(
        "public/outcome_meant.html",
        outcome=outcome,
        asks_young=outcomes.asks_young(outcome.consultation),
        chosen=told.meant.value if told.meant else None,
        options=[(each.value, words) for each, words in MEANT.items()],
        is_kept=is_kept,
        form=PressForm(formdata=None),
        errors=[error] if error else [],
        demonstration=outcome.consultation.demonstration or None,
    )
    return make_response(page, 422 if error else 200)


def _choice() -> Choice:
    asked = request.args
    return Choice(asked.get("about", ""), asked.get("service", ""), asked.get("year", ""))


def _entry(answered: Answered) -> FeedEntry:
    outcome = answered.outcome
    page = whole_address("public.what_we_did", about=outcome.consultation.slug)
    return FeedEntry(
        name=f"urn:uuid:{outcome.id}",
        title=outcome.consultation.title,
        words=f"You said: {outcome.you_said}\n\n{ANSWERS[outcome.kind]}: {outcome.we_did}",
        address=f"{page}#o-{outcome.id}",
        published_at=outcome.published_at or now(),
    )
