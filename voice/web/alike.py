"""Whole pages that are alike for everybody who opens them: drawn once, and sealed for each.

Such a page differs from one opening to the next in few places only: the nonce of its scripts, the
guard against forgery, the key of its press, and what is somebody's own, such as their answers. They
are put in anew each time. Nothing that anybody said is in a page that is kept here.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from secrets import token_hex
from typing import Any

from flask import render_template
from markupsafe import Markup

from voice.web.forms import AnyForm
from voice.web.headers import nonce
from voice.web.languages import spoken
from voice.web.session import asked_for_now, current_officer, kept_meanwhile, settings

MOST_PAGES = 256  # of some 20,000 characters each
_NONCE, _GUARD, _PRESS = (f"[{token_hex(16)}]" for _ in range(3))  # no page holds them by chance
_OWN = token_hex(16)
_PLACES = re.compile("|".join(map(re.escape, (_NONCE, _GUARD, _PRESS))) + rf"|\[{_OWN}:\w+\]")
_NOTHING: Mapping[str, str] = {}

Pieces = tuple[list[str], list[str]]  # what stands between the places, and which they are
_kept: dict[Hashable, tuple[Pieces, object]] = {}


class _Places:
    """A form whose hidden fields are only marked on the page."""

    csrf_token = Markup(_GUARD)  # noqa: S704 - our own mark
    press = Markup(_PRESS)  # noqa: S704 - our own mark


def is_alike_here() -> bool:
    """Return whether this request may get a page that everybody gets.

    It may not on a kiosk, nor for an officer, nor where the address or a form that came with it
    asks for anything more.
    """
    asked = asked_for_now()
    if asked.method != "GET" or asked.query_string or asked.form:
        return False
    return kept_meanwhile().get("kiosk") is None and current_officer() is None


def draw_alike(
    template: str,
    form: AnyForm,
    context: Callable[[], Mapping[str, Any]],
    *,
    same: Sequence[object],
    said: Hashable,
    own: Mapping[str, str] = _NOTHING,
) -> str:
    """Return a page that depends on nothing but what is named here, its language and the council.

    `same` are values that never change, told apart by identity, such as a survey; `said` is told
    apart by what it holds. `own` is what the page shows of one person, drawn already, by the names
    that the template knows it by. Call it only where `is_alike_here`.
    """
    holds = (*same, settings().council)
    key = (template, spoken(), asked_for_now().root_path, said, *map(id, holds))
    found = _kept.get(key)
    if found is None:
        marks = {name: Markup(_mark_of(name)) for name in own}  # noqa: S704 - our own marks
        page = render_template(template, **context(), **marks, form=_Places(), nonce=_NONCE)
        if len(_kept) >= MOST_PAGES:
            _kept.clear()
        # What is told apart by identity is held: while it lives, nothing else can have its own.
        found = _kept[key] = ((_PLACES.split(page), _PLACES.findall(page)), holds)
    return _sealed(found[0], form, own)


def _mark_of(name: str) -> str:
    return f"[{_OWN}:{name}]"


def _sealed(pieces: Pieces, form: AnyForm, own: Mapping[str, str]) -> str:
    texts, places = pieces
    fills = {_NONCE: nonce(), _GUARD: str(form.csrf_token), _PRESS: str(form.press)}
    if own:
        fills |= {_mark_of(name): each for name, each in own.items()}
    page = [texts[0]]
    for place, text in zip(places, texts[1:], strict=True):
        page += (fills[place], text)
    return "".join(page)
