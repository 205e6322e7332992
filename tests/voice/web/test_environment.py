"""Jinja in few steps says what Jinja says: nothing unescaped, every piece in its place."""

import pytest
from flask import Flask
from jinja2 import DictLoader, UndefinedError, pass_context
from markupsafe import Markup

from voice.web.environment import SettledGlobals, VoiceEnvironment

HOSTILE = '<script>alert("1")</script>'
ESCAPED = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;"
LAYOUT = "<title>{% block title %}none{% endblock %}</title>{% block content %}{% endblock %}."


@pytest.fixture
def drawn():
    """A way to draw templates by their names; `page.html` is the one that is drawn."""

    def draw(page, *, given=None, **others):
        app = Flask("voice")
        app.jinja_environment = VoiceEnvironment
        templates = {f"{name}.html": words for name, words in others.items()}
        app.jinja_env.loader = DictLoader({"layout.html": LAYOUT, "page.html": page} | templates)
        return app.jinja_env.get_template("page.html").render(given or {})

    return draw


class TestWhatIsShown:
    def test_is_escaped_in_a_block_a_loop_a_macro_and_a_call(self, drawn):
        page = (
            "{% extends 'layout.html' %}{% macro shown(words) %}<i>{{ words }}</i>{% endmacro %}"
            "{% block content %}{{ said }}{% for each in [said] %}{{ each }}{% endfor %}"
            "{{ shown(said) }}{% call wrapped() %}{{ said }}{% endcall %}{% endblock %}"
            "{% macro wrapped() %}{{ caller() }}{% endmacro %}"
        )

        assert drawn(page, given={"said": HOSTILE}).count(ESCAPED) == 4
        assert HOSTILE not in drawn(page, given={"said": HOSTILE})

    def test_is_left_as_it_is_when_it_is_marked_as_safe(self, drawn):
        assert drawn("{{ said }}", given={"said": Markup("<b>bold</b>")}) == "<b>bold</b>"

    def test_may_say_itself_how_it_is_safe(self, drawn):
        class Field:
            def __html__(self):
                return "<input>"

        assert drawn("{{ said }}{{ 3 }}{{ none }}", given={"said": Field()}) == "<input>3None"

    def test_stays_in_its_order_through_layouts_includes_and_parents(self, drawn):
        page = (
            "{% extends 'middle.html' %}{% block title %}own{% endblock %}"
            "{% block content %}a{{ super() }}{% include 'part.html' %}{% endblock %}"
        )
        middle = (
            "{% extends 'layout.html' %}{% block content %}b{% if 1 %}c{% endif %}{% endblock %}"
        )

        assert drawn(page, middle=middle, part="d{{ 1 }}e") == "<title>own</title>abcd1e."

    def test_must_be_known(self, drawn):
        with pytest.raises(UndefinedError):
            drawn("{{ nobody_said_this }}")


class TestACall:
    def test_of_a_function_that_wants_to_know_where_it_stands_tells_it(self, drawn):
        @pass_context
        def here(context, word):
            return f"{word} {context['who']}"

        assert drawn("{{ here('hello') }}", given={"here": here, "who": "you"}) == "hello you"

    def test_inside_a_loop_reaches_methods_and_macros_from_elsewhere(self, drawn):
        page = (
            "{% from 'part.html' import twice %}"
            "{% for name, word in words.items() %}{{ twice(word, after=name) }}{% endfor %}"
        )
        part = (
            "{% macro twice(word, after='') %}{{ word }}{{ word.upper() }}{{ after }}{% endmacro %}"
        )

        assert drawn(page, part=part, given={"words": {"1": "a", "2": "<"}}) == "aA1&lt;&lt;2"


def test_settled_globals_take_what_is_meant_for_one_template():
    everybodys = SettledGlobals({"name": "everybody's"})

    everybodys.maps[0].update(own="its own")

    assert everybodys == {"name": "everybody's", "own": "its own"}
