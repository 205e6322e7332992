"""Addresses of pages, and whole ones, as they stand on a poster, in a QR code or in an e-mail."""

from functools import lru_cache
from hashlib import sha256
from typing import Any

from flask import request, url_for

from voice.resources import static_folder
from voice.web.session import asked_for_now, settings

ADDRESSES_KNOWN = 4_096


def address_of(endpoint: str, **named: Any) -> str:
    """Return what `url_for` returns; the pages of a consultation, asked for often, made once.

    Its endpoint is written whole ("public.start").
    """
    if named.keys() == {"slug"}:
        return _of_consultation(asked_for_now().root_path, endpoint, named["slug"])
    return url_for(endpoint, **named)


def address_of_question(slug: str, code: str) -> str:
    """Return the address of the page that asks this question."""
    return _of_question(asked_for_now().root_path, slug, code)


@lru_cache(maxsize=ADDRESSES_KNOWN)
def _of_consultation(_root: str, endpoint: str, slug: str) -> str:
    return url_for(endpoint, slug=slug)


@lru_cache(maxsize=ADDRESSES_KNOWN)
def _of_question(_root: str, slug: str, code: str) -> str:
    return url_for("public.ask", slug=slug, code=code)


def whole_address(endpoint: str, **named: Any) -> str:
    """Return the address of a page as people outside reach it."""
    root = settings().council.address or request.url_root
    return root.rstrip("/") + url_for(endpoint, **named)


def spoken_address(endpoint: str, **named: Any) -> str:
    """Return it as people type it: without the scheme."""
    return whole_address(endpoint, **named).partition("://")[2]


def static_url(name: str) -> str:
    """Return the address of a static file, with a mark of what it holds."""
    return _static_address(name, asked_for_now().root_path)


@lru_cache(maxsize=256)
def _static_address(name: str, _root: str) -> str:
    return url_for("static", filename=name, v=_mark_of(name))


def _mark_of(name: str) -> str:
    """Return a mark of what a static file holds, so that a new one has a new address."""
    return sha256((static_folder() / name).read_bytes()).hexdigest()[:12]
