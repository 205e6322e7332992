"""What a leadership briefing holds, and what it keeps back."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme
from voice.models import OutcomeKind, ThemeStatus
from voice.reports.page import briefing_page
from voice.services import outcomes
from voice.services.briefings import write_briefing
from voice.services.outcomes import Saying

SIGNED_OFF = {"status": ThemeStatus.SIGNED_OFF}


def brief(session, consultation):
    return write_briefing(session, consultation, council="Test Council", now=NOON)


@pytest.fixture
def consultation(session):
    return make_consultation(session, invited=40)


class TestWhoAnswered:
    def test_is_said_with_n_and_response_rate(self, session, consultation):
        for _ in range(10):
            make_response(session, consultation)

        said = brief(session, consultation).who_answered

        assert said == (
            "10 responses (n = 10) from 40 people asked. Response rate: 25%. "
            "10 submissions from 10 respondents."
        )

    def test_says_so_when_nobody_knows_how_many_were_asked(self, session):
        unknown = make_consultation(session, slug="unknown")
        make_response(session, unknown)

        said = brief(session, unknown).who_answered

        assert said.startswith("1 response (n = 1). Response rate: not known")

    def test_leaves_out_whoever_has_not_sent_their_answers(self, session, consultation):
        make_response(session, consultation, submitted=False)

        assert brief(session, consultation).responses == 0


class TestTheHeadlines:
    def test_begin_with_who_answered_and_hold_the_base_of_every_figure(self, session, consultation):
        for _ in range(10):
            make_response(session, consultation, agree="agree")

        who, agreed, *_ = brief(session, consultation).headlines

        assert who == "10 people answered (n = 10). Response rate: 10 of 40 (25%)."
        assert agreed.endswith("“Strongly agree or agree”: 10 of 10 (100%).")

    def test_name_the_largest_themes_that_were_signed_off(self, session, consultation):
        people = make_people(session, consultation, 12)
        make_theme(session, consultation, people, label="Buses", **SIGNED_OFF)
        make_theme(session, consultation, people, label="Nobody has checked this")

        words = " ".join(brief(session, consultation).headlines)

        assert "Theme: Buses: 12 of 12 (100%), indicative." in words
        assert "Nobody has checked this" not in words


class TestTheThemes:
    def test_come_in_only_after_sign_off_and_the_rest_are_counted(self, session, consultation):
        people = make_people(session, consultation, 12)
        make_theme(session, consultation, people, label="Buses", **SIGNED_OFF)
        make_theme(session, consultation, people, label="Not yet")
        make_theme(session, consultation, people, label="Not this", status=ThemeStatus.HIDDEN)

        (question, *_) = brief(session, consultation).themes

        assert question.code == QUESTION
        assert [theme.label for theme in question.themes] == ["Buses"]
        assert question.not_signed_off == 1

    def test_quote_people_without_their_names(self, session, consultation):
        people = make_people(session, consultation, 12, words="My name is Sarah Jones, more buses")
        make_theme(session, consultation, people, **SIGNED_OFF)

        (theme,) = brief(session, consultation).themes[0].themes

        assert theme.quotes
        assert "Sarah" not in "".join(theme.quotes)

    @pytest.mark.parametrize(("people", "quoted"), [(7, False), (8, True)])
    def test_of_fewer_than_eight_people_quote_nobody(self, session, consultation, people, quoted):
        few = make_people(session, consultation, people)
        make_theme(session, consultation, few, **SIGNED_OFF)

        (theme,) = brief(session, consultation).themes[0].themes

        assert bool(theme.quotes) is quoted


class TestTheDecisions:
    def test_are_asked_for_each_theme_that_nobody_has_answered(self, session, consultation):
        people = make_people(session, consultation, 12)
        make_theme(session, consultation, people, label="Buses", **SIGNED_OFF)

        (decision,) = brief(session, consultation).decisions

        assert decision.startswith("Decide what to do about “Buses” (12 of 12 (100%), indicative)")

    def test_are_of_the_seven_that_most_people_raise_and_name_the_others(
        self, session, consultation
    ):
        people = make_people(session, consultation, 20)
        for number in range(9):
            make_theme(session, consultation, people[: 20 - number], label=f"Theme {number}",
                       **SIGNED_OFF)  # fmt: skip

        found = brief(session, consultation)

        assert [f"“Theme {n}”" in each for n, each in enumerate(found.decisions)] == [True] * 7
        assert found.decisions_later == (
            "“Theme 7” (13 of 20 (65%), indicative)",
            "“Theme 8” (12 of 20 (60%), indicative)",
        )
        assert "To decide on later, each raised by fewer people (2)" in briefing_page(found)

    def test_are_none_once_every_theme_is_answered(self, session, consultation):
        theme = make_theme(session, consultation, make_people(session, consultation, 12),
                           **SIGNED_OFF)  # fmt: skip
        saying = Saying(OutcomeKind.CANNOT, "You want later buses.", "The road is too narrow.")
        outcomes.publish_outcome(
            session, theme, saying, officer=make_officer(session), press_key="p", now=NOON
        )

        briefing = brief(session, consultation)

        assert briefing.decisions == (
            "To note. Every theme that was signed off has been answered.",
        )
        assert briefing.outcomes == (
            ("You want later buses.", "We can’t: The road is too narrow."),
        )
