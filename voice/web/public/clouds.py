"""A word cloud for the screen of a room: it counts by itself while an officer keeps it open."""

from flask import Response as Reply
from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from voice.reports.word_cloud import draw_png, draw_svg
from voice.services import clouds
from voice.services.clouds import Cloud
from voice.web.access import EVERYBODY, open_to
from voice.web.attachments import attach, attach_table
from voice.web.public.blueprint import blueprint
from voice.web.session import current_session

COUNTED_SECONDS = 10
COLUMNS = ("word", "people (rounded to 5)")


@blueprint.get("/cloud/<cloud_code>")
@open_to(EVERYBODY)
def show_cloud(cloud_code: str) -> ResponseReturnValue:
    """Show the words that many people say, with the same as a table; anew every ten seconds."""
    kept, cloud = clouds.get_open(current_session(), cloud_code), _read(cloud_code)
    is_still = "still" in request.args
    drawn = draw_svg(cloud.question, cloud.weighed)
    page = render_template(
        "public/cloud.html",
        cloud=cloud,
        code=cloud_code,
        drawn=Markup(drawn),  # noqa: S704 - drawn escaped
        is_still=is_still,
        here=url_for(".show_cloud", cloud_code=cloud_code),
        title=kept.consultation.title,
        slug=kept.consultation.slug,
        demonstration=kept.consultation.demonstration or None,
    )
    reply = make_response(page)
    if not is_still:
        reply.headers["Refresh"] = str(COUNTED_SECONDS)
    return reply


@blueprint.get("/cloud/<cloud_code>/words.<kind>")
@open_to(EVERYBODY)
def download_cloud(cloud_code: str, kind: str) -> Reply:
    """Give an open cloud to keep: as a drawing, as a picture, or as the table beside it."""
    return attach_cloud(_read(cloud_code), kind, COLUMNS)


def attach_cloud(cloud: Cloud, kind: str, columns: tuple[str, str]) -> Reply:
    """Return a cloud as a file to keep: "svg", "png", or a table for any other kind."""
    if kind == "svg":
        drawn = draw_svg(cloud.question, cloud.weighed)
        return attach(drawn, "words.svg", media_type="image/svg+xml")
    if kind == "png":
        return attach(draw_png(cloud.weighed), "words.png", media_type="image/png")
    rows = [(each.text, each.people) for each in cloud.words]
    return attach_table(columns, rows, "words.csv")


def _read(cloud_code: str) -> Cloud:
    session = current_session()
    return clouds.read_for_public(session, clouds.get_open(session, cloud_code))
