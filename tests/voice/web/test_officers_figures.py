"""Checking the figures of a draft on its page."""

from tests.voice.web.doors import officer_at
from voice.web.officers.figures import NO_FIGURES

DRAFT = "Took part: 95%\nTook part: 9 out of 10"


class TestThePage:
    def test_says_of_each_line_what_is_wrong_and_keeps_the_words(self, app, database):
        officer = officer_at(app, database)

        page = officer.press(officer.open("/officers/figures"), ("draft", DRAFT), form=-1)

        assert page.status == 200
        assert "2 lines with figures; 2 to look at" in page.body
        assert "find out which is true" in page.body
        assert "Took part: 95%\nTook part: 9 out of 10</textarea>" in page.body

    def test_asks_for_a_figure_where_there_is_none(self, app, database):
        officer = officer_at(app, database)

        page = officer.press(officer.open("/officers/figures"), ("draft", "Good morning"), form=-1)

        assert page.status == 422
        assert NO_FIGURES in page.body

    def test_draws_no_tag_out_of_what_is_pasted(self, app, database):
        officer = officer_at(app, database)

        page = officer.press(
            officer.open("/officers/figures"), ("draft", "<b>5%</b> agree"), form=-1
        )

        assert "<b>5%" not in page.body
