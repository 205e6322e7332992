"""The table of addresses that the pages of this room hang themselves on."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
