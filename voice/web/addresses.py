"""Whole addresses, as they stand on a poster, in a QR code or in an e-mail."""

from typing import Any

from flask import request, url_for

from voice.web.session import settings


def whole_address(endpoint: str, **named: Any) -> str:
    """Return the address of a page as people outside reach it."""
    root = settings().council.address or request.url_root
    return root.rstrip("/") + url_for(endpoint, **named)


def spoken_address(endpoint: str, **named: Any) -> str:
    """Return it as people type it: without the scheme."""
    return whole_address(endpoint, **named).partition("://")[2]
