"""The table of addresses that the pages of this room hang themselves on."""

from flask import Blueprint, request
from flask_wtf.csrf import generate_csrf

blueprint = Blueprint("officers", __name__, url_prefix="/officers")


@blueprint.context_processor
def _always() -> dict[str, object]:
    """Give every page its guard against forgery, and what the page before says was done."""
    return {"csrf_token": generate_csrf, "notice": request.args.get("notice", "")}
