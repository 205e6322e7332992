"""What every layout and component promises before a browser has seen it."""

import re

import pytest

from tests.journeys.gallery import (
    COUNCIL,
    ERRORS,
    PAGES,
    ROOT,
    STATIC,
    Helpline,
    Officer,
    render,
    templates,
)

MAX_CSS_GZIPPED_BYTES = 25_000


def component(name, *args, **kwargs):
    """Return what the macro `name` of `components/name.html` draws."""
    macro = getattr(templates().get_template(f"components/{name}.html").module, name)
    return str(macro(*args, **kwargs))


class TestEveryPage:
    @pytest.mark.parametrize("name", [*PAGES, *(f"errors/{error}" for error in ERRORS)])
    def test_names_the_lines_to_ring_before_anything_else(self, name):
        before_content = render(name).split("<main")[0]

        for number in ("999", "0800 1111", "116 123", "01296 383962"):
            assert f">{number}</a>" in before_content
        assert 'href="/help"' in before_content

    @pytest.mark.parametrize("name", [*PAGES, *(f"errors/{error}" for error in ERRORS)])
    def test_has_one_heading_of_the_first_level(self, name):
        assert render(name).count("<h1") == 1

    @pytest.mark.parametrize("name", [*PAGES, *(f"errors/{error}" for error in ERRORS)])
    def test_wears_only_classes_that_the_stylesheets_know(self, name):
        known = set(re.findall(r"\.([a-zA-Z][\w-]*(?:\\!-[\w-]+)?)", stylesheets()))

        worn = {
            one
            for classes in re.findall(r'class="([^"]*)"', render(name))
            for one in classes.split()
            if not one.startswith(("govuk-js-", "audience-"))
        }

        assert worn - known - WORN_FOR_MEANING == set()


# Names that say what a part is and are drawn by nothing of their own, as in govuk-frontend itself.
WORN_FOR_MEANING = {
    "govuk-checkboxes",
    "govuk-fieldset__legend",
    "govuk-generic-header__container",
    "govuk-panel--confirmation",
    "govuk-radios",
    "govuk-service-navigation__wrapper",
    "govuk-table__body",
    "govuk-table__head",
    "govuk-table__row",
    "govuk-tag--blue",
    "govuk-template__header",
}


def stylesheets():
    """Return both stylesheets as one text."""
    return "".join((STATIC / name).read_text("utf-8") for name in ("voice.css", "young.css"))


class TestTheHelpStrip:
    def test_is_there_when_the_council_has_no_line_of_its_own(self):
        strip = component("help_strip", [])

        assert [number in strip for number in ("999", "0800 1111", "116 123")] == [True] * 3

    def test_shows_the_councils_first_own_line_and_no_line_twice(self):
        strip = component("help_strip", COUNCIL.helplines)

        assert strip.count("0800 1111") == 1
        assert "First Response" in strip

    def test_escapes_what_the_council_wrote(self):
        strip = component("help_strip", [Helpline("<b>Us", "1")])

        assert "&lt;b&gt;Us" in strip


class TestATextarea:
    @pytest.mark.parametrize("words", ["\nfirst", "", "<b>&amp;", "  spaced\n\n"])
    def test_holds_the_words_after_the_one_line_break_that_browsers_drop(self, words):
        drawn = component("textarea", "why", "Why?", value=words)

        held = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", drawn, re.DOTALL)
        assert held
        assert held[1] == words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def test_says_its_limit_without_a_script(self):
        assert "up to 5,000 characters" in component("textarea", "why", "Why?", limit=5000)


class TestAnError:
    @pytest.mark.parametrize("name", ["radios", "checkboxes", "faces", "scale"])
    def test_is_tied_to_the_group_it_is_about(self, name):
        drawn = component(name, "q", "Which?", [("a", "A"), ("b", "B")], hint="h", error="Choose")

        assert 'aria-describedby="q-hint q-error"' in drawn
        assert 'id="q-error"' in drawn
        assert 'id="q"' in drawn

    def test_is_said_before_the_title(self):
        assert "<title>Error: " in render("question_errors")
        assert "<title>Error: " not in render("questions")


class TestACheckAnswersPage:
    def test_says_in_each_link_which_answer_it_changes(self):
        drawn = component("summary_list", [("How old?", "9", "/x")])

        assert '<span class="govuk-visually-hidden"> your answer to: How old?</span>' in drawn

    def test_keeps_a_zero_apart_from_no_answer(self):
        drawn = component("summary_list", [("How many?", 0, None), ("Why?", "", None)])

        assert ">0</dd>" in drawn
        assert ">Not answered</dd>" in drawn


class TestAFace:
    def test_is_drawn_for_a_known_symbol_and_shown_as_it_is_for_another(self):
        assert "voice-face__skin--5" in component("face", "😀")
        assert '<span class="voice-symbol" aria-hidden="true">👍</span>' in component("face", "👍")

    def test_goes_from_sad_to_happy_when_three_have_no_feeling_of_their_own(self):
        drawn = component("faces", "q", "How?", [("a", "A"), ("b", "B"), ("c", "C")])

        assert re.findall(r"skin--(\d)", drawn) == ["2", "3", "4"]


class TestABarChart:
    def test_shows_a_withheld_figure_as_withheld_and_draws_no_bar(self):
        drawn = component("bar_chart", "n = 3", [{"label": "Yes", "count": None, "share": None}])

        assert "withheld" in drawn
        assert "<svg" not in drawn

    def test_rounds_as_the_papers_do(self):
        drawn = component("bar_chart", "n = 45", [{"label": "Yes", "count": 37, "share": 37 / 45}])

        assert ">82%</td>" in drawn
        assert 'width="82.22"' in drawn


class TestOfficersNavigation:
    def test_offers_concerns_only_to_those_who_may_read_them(self):
        may, may_not = (
            component("officer_navigation", Officer("A", may_read_concerns=allowed))
            for allowed in (True, False)
        )

        assert ("/officers/concerns" in may, "/officers/concerns" in may_not) == (True, False)

    def test_offers_nothing_but_signing_in_to_a_stranger(self):
        drawn = component("officer_navigation", None)

        assert re.findall(r'href="([^"]*)"', drawn) == ["/officers", "/officers/sign-in"]

    def test_signs_out_by_a_form_with_its_token(self):
        drawn = component("officer_navigation", Officer("A", may_read_concerns=False), csrf="t0k")

        assert 'method="post" action="/officers/sign-out"' in drawn
        assert 'name="csrf_token" value="t0k"' in drawn


class TestOneQuestion:
    @pytest.mark.parametrize(
        "kind",
        ["choice", "several", "scale", "faces", "free_text", "short_text", "number", "postcode"],
    )
    def test_is_the_heading_of_its_page_and_a_field_of_its_name(self, kind):
        asked = {
            "kind": kind,
            "name": "q",
            "text": "What?",
            "options": [("a", "A"), ("b", "B")],
        }

        drawn = component("question_single", asked)

        assert drawn.count("<h1") == 1
        assert 'id="q" name="q"' in drawn


class TestTheStylesheet:
    def test_is_small_enough_for_a_slow_phone(self):
        import gzip

        squeezed = gzip.compress((STATIC / "voice.css").read_bytes(), compresslevel=9)

        assert len(squeezed) < MAX_CSS_GZIPPED_BYTES

    def test_holds_neither_the_typeface_nor_the_crown_of_gov_uk(self):
        assert "GDS Transport" not in stylesheets()
        assert re.findall(r"url\((?!#)", stylesheets()) == []

    @pytest.mark.parametrize("name", ["voice.css", "young.css", "voice.js"])
    def test_was_compiled_from_the_sources_as_they_are_now(self, name):
        import hashlib

        assets = ROOT / "assets"
        sources = [*sorted(assets.glob("*.scss")), *sorted(assets.glob("*.mjs"))]
        together = b"".join(path.read_bytes() for path in [*sources, assets / "package.json"])

        mark = hashlib.sha256(together).hexdigest()[:16]

        assert f"Sources {mark} " in (STATIC / name).read_text("utf-8").splitlines()[0]
