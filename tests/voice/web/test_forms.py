"""Every form's hidden fields, drawn in few steps, are what WTForms itself would draw."""

import pytest
from flask import session
from wtforms import HiddenField
from wtforms.widgets import HiddenInput

from voice.web.forms import PressForm

HOSTILE = '"><script>alert(1)</script>&amp;'


class _Seen(PressForm):
    seen = HiddenField()


class TestHiddenFields:
    @pytest.mark.parametrize("asked", [{}, {"id": False}, {"id": "second-guard"}])
    def test_are_drawn_as_wtforms_draws_them(self, app, asked):
        with app.test_request_context():
            field = _Seen(seen=HOSTILE).seen

            drawn = field(**asked)

            assert drawn == HiddenInput()(field, **{"id": field.id} | asked)

    def test_the_guard_is_the_one_of_this_browser(self, app):
        with app.test_request_context():
            drawn = PressForm().csrf_token()

            assert len(session["csrf_token"]) == 40
            assert drawn == PressForm().csrf_token()

    def test_no_guard_is_made_for_an_answer_that_draws_none(self, app):
        with app.test_request_context():
            PressForm()

            assert "csrf_token" not in session
