"""Rows B13 and E15: 100% is never said without how many stand behind it, and the response rate."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import consultation, make_people, make_theme, officer
from tests.voice.web.doors import officer_at, press_at
from tests.voice.web.visitor import words_in
from voice.models import OutcomeKind, ThemeStatus
from voice.reports.percentages import bare_percentages, fault_in
from voice.services import considering, information, outcomes, themes
from voice.services.outcomes import OutcomeRefusedError, Saying

__all__ = ["consultation", "officer"]

NAKED = "100% of delegates would recommend the conference."
UNRATED = "All of 12 (100%) delegates would recommend the conference."


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


class TestTheResponseRate:
    """B13: "refuses to print 100% without n and response rate"."""

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param(UNRATED, id="a number of people alone"),
            pytest.param("41 of 50 (82%) asked for buses", id="asked for something"),
            pytest.param("41 of 50 (82%) agree. The response rate was good.", id="no figure"),
            pytest.param("41 of 50 (82%) agree. See the census of 2021.", id="another's source"),
        ],
    )
    def test_is_missing(self, words):
        assert fault_in(words) == (0, "unrated")

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param(f"{UNRATED} Response rate: 24% (12 of 50).", id="a rate"),
            pytest.param("76% (97 of 128). Response rate: not known.", id="nobody knows it"),
            pytest.param("76% of the 128 who replied, of 240 who were asked", id="who were asked"),
            pytest.param("We asked 240 people. 76% of the 128 replies agree.", id="we asked"),
            pytest.param("97 of 128 (76%). There were 240 invited.", id="invited"),
            pytest.param("12% of 4,000 children (source: census 2021)", id="of somebody else's"),
            pytest.param("We cut waiting by 20%", id="a change"),
        ],
    )
    def test_is_said_or_has_no_place(self, words):
        assert fault_in(words) is None

    def test_is_said_for_both_boxes_in_one_of_them(self):
        assert fault_in(UNRATED, "Response rate: 24% (12 of 50)") is None
        assert fault_in("More buses", UNRATED) == (1, "unrated")

    def test_that_has_no_number_of_people_is_bare_itself(self):
        assert fault_in(f"{UNRATED} Response rate: 24%.") == (0, "bare")


class TestWhereAnOfficerTypes:
    @pytest.mark.parametrize("field", ["you_said", "we_did"])
    def test_an_outcome_without_a_response_rate_is_refused(self, session, theme, officer, field):
        said = {"you_said": "More", "we_did": "We run it again"} | {field: UNRATED}
        saying = Saying(OutcomeKind.DID, **said)

        with pytest.raises(OutcomeRefusedError, match=f"unrated {field}"):
            outcomes.publish_outcome(
                session, theme, saying, officer=officer, press_key="a", now=NOON
            )

    def test_a_notice_and_a_name_without_a_response_rate_are_refused(
        self, session, theme, officer, consultation
    ):
        said = information.Interim("Buses", UNRATED, "a press")
        edit = themes.Edit(officer, theme.edition, NOON)

        with pytest.raises(Exception, match="we_are unrated"):
            information.publish_notice(session, consultation, officer, said, now=NOON)
        with pytest.raises(themes.ThemeRefusedError, match="unrated"):
            themes.rename(session, theme.id, UNRATED, edit=edit)

    def test_the_page_says_what_to_add_and_gives_the_words_back(self, app, database):
        with database.writing() as session:
            ours = make_consultation(session)
            found = make_theme(session, ours, make_people(session, ours, 12))
            found.status = ThemeStatus.SIGNED_OFF
        officer = officer_at(app, database)
        page = officer.open(f"/officers/themes/{found.id}")
        refused = press_at(
            officer, page, "/publish", ("kind", "did"), ("you_said", UNRATED), ("we_did", "More")
        )

        assert refused.status == 422
        assert "Response rate: not known" in refused.body
        assert words_in(refused, "you_said") == UNRATED

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

    def test_an_outcome_with_its_base_and_rate_is_published(self, session, theme, officer):
        said = "All of 12 (100%) asked for buses. Response rate: 24% (12 of 50)."
        saying = Saying(OutcomeKind.DID, said, "We run more")

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
def theme(session, consultation):
    made = make_theme(session, consultation, make_people(session, consultation, 12))
    made.status = ThemeStatus.SIGNED_OFF
    session.flush()
    return made
