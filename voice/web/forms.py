"""What every form page has: a guard against forgery, and a key for each press."""

from typing import Any

from flask import Response, make_response, render_template
from flask_wtf import FlaskForm
from flask_wtf.form import SUBMIT_METHODS
from markupsafe import Markup, escape
from wtforms import Field, HiddenField
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields.core import UnboundField

from surveys.answers import storable
from voice.services.keys import new_key
from voice.web.environment import escape_text
from voice.web.guards import guard_here, is_guarded
from voice.web.session import GUARD, asked_for_now

MAX_PRESS_KEY_CHARS = 100
EXPIRED = (
    "This page was open for a long time, so we did not save it yet. Your words are still here. "
    "Press the button again."
)

MAY_BE_PUBLIC = "Say that these words may be public, or change them"
BARE_PERCENTAGE = (
    "A percentage alone can mislead. Say in the same sentence of how many, such as “41 of 50 (82%)”"
)
UNRATED_PERCENTAGE = (
    "A percentage says little unless people know how many answered. Add “Response rate: 25% (50 of "
    "200)”, or “Response rate: not known”. If it is not of those who answered, say its source in "
    "the same sentence, such as “(source: census 2021)”"
)


def _kept(typed: object) -> object:
    return storable(typed) if isinstance(typed, str) else typed


def _hidden(name: str, value: str, element: object) -> Markup:
    """Return a hidden field as WTForms draws it; with a false `element` it has no id."""
    name, value = escape_text(name), escape_text(value)
    mark = f' id="{escape(element)}"' if element else ""
    return Markup(f'<input{mark} name="{name}" type="hidden" value="{value}">')  # noqa: S704 - each part is escaped


class _GuardField(CSRFTokenField):
    """The guard against forgery, signed when a page is drawn with it: most answers draw none."""

    def _value(self) -> str:
        return guard_here()


class _Guard(FlaskForm.Meta.csrf_class):
    """Flask-WTF's own guard, with a field that waits."""

    field_class = _GuardField

    def generate_csrf_token(self, _field: CSRFTokenField) -> str:
        """Make none yet: WTForms asks for it with every form, drawn or not."""
        return ""


class PressForm(FlaskForm):
    """A form whose `press` is unique to the page that was drawn (REL-2).

    When the guard against forgery has run out, the form is drawn again with the words in it and
    a fresh guard, and one more press sends it in (REL-5). No field holds what no store can
    (REL-11).
    """

    class Meta(FlaskForm.Meta):
        """How every field is made."""

        csrf_class = _Guard

        def bind_field(
            self, form: Any, unbound_field: "UnboundField[Field]", options: Any
        ) -> Field:
            """Make a field that leaves out what no store can hold."""
            made: Field = super().bind_field(form, unbound_field, options | {"filters": [_kept]})
            return made

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            """Draw a field; a hidden one, of which every page has two, in few steps."""
            if isinstance(field, HiddenField) and render_kw.keys() <= {"id"}:
                value = field._value()  # type: ignore[attr-defined] # untyped there
                return _hidden(field.name, value, render_kw.get("id", field.id))
            drawn: Markup = super().render_field(field, render_kw)
            return drawn

    press = HiddenField(default=new_key)

    @property
    def press_key(self) -> str:
        """Return the page's key; a page without one gets a new one, so that nothing is lost."""
        return (self.press.data or new_key())[:MAX_PRESS_KEY_CHARS]

    @property
    def is_expired(self) -> bool:
        """Return whether the only trouble may be that the page was open for too long."""
        return "csrf_token" in self.errors


class Press:
    """The form of a page that asks through no field of WTForms: a PressForm in few steps.

    Every page of somebody who answers has one. `blank` draws one that nobody has sent in yet.
    """

    def __init__(self, *, blank: bool = False) -> None:
        asked = asked_for_now()
        self._is_submitted = asked.method in SUBMIT_METHODS
        self._sent = asked.form if self._is_submitted and not blank else None
        sent = self._sent.get("press") if self._sent is not None else None
        self._press = storable(sent) if sent is not None else new_key()
        self.is_expired = False

    def is_submitted(self) -> bool:
        """Return whether this request sends a form in."""
        return self._is_submitted

    def validate_on_submit(self) -> bool:
        """Return whether it was sent in from a page of ours, opened not too long ago."""
        if not self.is_submitted():
            return False
        guard = self._sent.get(GUARD, "") if self._sent is not None else ""
        self.is_expired = not is_guarded(guard)
        return not self.is_expired

    @property
    def press_key(self) -> str:
        """Return the page's key; a page without one gets a new one, so that nothing is lost."""
        return (self._press or new_key())[:MAX_PRESS_KEY_CHARS]

    @property
    def csrf_token(self) -> Markup:
        """The guard against forgery, as its page draws it."""
        return _hidden(GUARD, guard_here(), GUARD)

    @property
    def press(self) -> Markup:
        """The page's key, as its page draws it."""
        return _hidden("press", self._press, "press")


AnyForm = Press | PressForm


def draw_form(template: str, error: tuple[str, str] | None, **shown: object) -> Response:
    """Return a form's page; with an `error` (field, words) it says so, and nothing was kept."""
    page = render_template(
        template, errors=[error] if error else [], wrong=dict([error]) if error else {}, **shown
    )
    return make_response(page, 422 if error else 200)
