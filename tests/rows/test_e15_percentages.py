"""Rows B13 and E15: 100% is never said without how many stand behind it."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme
from voice.models import OutcomeKind, ThemeStatus
from voice.reports.percentages import bare_percentages
from voice.services import considering, information, outcomes, themes
from voice.services.outcomes import OutcomeRefusedError, Saying

NAKED = "100% of delegates would recommend the conference."


class TestAPercentageOfPeople:
    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("100%", id="alone"),
            pytest.param("83 per cent agree.", id="in words"),
            pytest.param("We asked 40 people. 90% were happy.", id="the number is elsewhere"),
            pytest.param("In 2018 100 % benefited, 4 times as before", id="other numbers"),
            pytest.param("80% this quarter, 83% of 100% for the year", id="only percentages"),
        ],
    )
    def test_is_bare_without_its_base_in_the_same_sentence(self, words):
        assert bare_percentages(words)

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("82% (41 of 50) agree", id="so many of so many"),
            pytest.param("100% of the 12 delegates who replied", id="of so many"),
            pytest.param("100% (n = 12)", id="n"),
            pytest.param("41/50 (82%)", id="a fraction"),
            pytest.param("96% of 1,307 people", id="thousands"),
            pytest.param("We cut waiting by 20%", id="a change"),
            pytest.param("A 20% cut, and 3% more staff", id="a change named after"),
            pytest.param("10% of the youth budget", id="money"),
            pytest.param("More buses", id="no percentage"),
        ],
    )
    def test_is_not_bare_with_it_or_when_it_is_of_no_people(self, words):
        assert bare_percentages(words) == ()


class TestWhereAnOfficerTypes:
    def test_an_outcome_is_refused_in_either_box(self, session, theme, officer):
        for field, words in (
            ("you_said", (NAKED, "We run it again")),
            ("we_did", ("More", NAKED)),
        ):
            saying = Saying(OutcomeKind.DID, *words)
            with pytest.raises(OutcomeRefusedError, match=f"bare {field}"):
                outcomes.publish_outcome(
                    session, theme, saying, officer=officer, press_key=field, now=NOON
                )

    def test_an_outcome_with_its_base_is_published(self, session, theme, officer):
        saying = Saying(OutcomeKind.DID, "All of 12 (100%) asked for buses", "We run more")

        made = outcomes.publish_outcome(
            session, theme, saying, officer=officer, press_key="a", now=NOON
        )

        assert made.you_said == saying.you_said

    def test_a_notice_is_refused(self, session, theme, officer, consultation):
        said = information.Interim(NAKED, "Reading", "a press")

        with pytest.raises(Exception, match="you_said bare"):
            information.publish_notice(session, consultation, officer, said, now=NOON)

    def test_the_name_of_a_theme_is_refused(self, session, theme, officer):
        edit = themes.Edit(officer, theme.edition, NOON)

        with pytest.raises(themes.ThemeRefusedError, match="bare"):
            themes.rename(session, theme.id, "100% would recommend it", edit=edit)

    def test_how_a_theme_was_considered_is_refused(self, session, theme, officer, consultation):
        consultation.closes_at = NOON.replace(year=2025)

        with pytest.raises(Exception, match="words bare"):
            considering.record_consideration(
                session, theme, officer, NAKED, press_key="a", now=NOON
            )


@pytest.fixture
def consultation(session):
    return make_consultation(session)


@pytest.fixture
def officer(session):
    return make_officer(session)


@pytest.fixture
def theme(session, consultation):
    made = make_theme(session, consultation, make_people(session, consultation, 12))
    made.status = ThemeStatus.SIGNED_OFF
    session.flush()
    return made
