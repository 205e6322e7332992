"""What came in, and that every figure a paper printed comes out of the database again."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from surveys.demonstration import read_demonstration
from tests.conftest import COUNCIL, NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer
from voice.models import Channel, Response
from voice.reports.figures import Figure
from voice.services import demonstration, results
from voice.services.published import published_figures

SHOWN = {shown.slug: shown for shown in demonstration.SHOWN}


def figures_of(session, consultation, code):
    """The figures of one question."""
    every = results.question_figures(session, consultation)
    return next(each for each in every if each.code == code)


def load(session, slug):
    """One consultation of the demonstration with its answers."""
    return demonstration.load_consultation(session, SHOWN[slug], council=COUNCIL, now=NOON)


class TestThePublishedFigures:
    @pytest.mark.parametrize(
        ("slug", "printed"),
        [
            pytest.param("hmip-viewpoint-2016", [(45, 45, 100), (37, 45, 82)], id="45 rows"),
            pytest.param("hmip-viewpoint-2015", [(21, 21, 100), (20, 21, 95)], id="21 rows"),
            pytest.param(
                "victim-feedback-2016", [(78, 78, 100), (16, 78, 21), (78, 78, 100)], id="78 rows"
            ),
            pytest.param(
                "chelseas-choice-2015",
                [
                    (422, 534, 79),
                    (363, 534, 68),
                    (160, 534, 30),
                    (523, 534, 98),
                    (150, 534, 28),
                    (128, 534, 24),
                    (114, 534, 21),
                    (59, 114, 52),
                ],
                id="534 rows",
            ),
        ],
    )
    def test_come_out_of_the_database_again(self, session, slug, printed):
        consultation = load(session, slug)

        found = published_figures(session, consultation)

        assert [(f.ours.count, f.ours.base, f.ours.percent) for f in found] == printed
        assert all(f.is_reproduced for f in found)

    def test_are_compared_with_what_the_paper_says_and_not_with_ourselves(self, session):
        consultation = load(session, "hmip-viewpoint-2015")
        printed = read_demonstration("hmip_viewpoint").wave("2015").figures

        found = published_figures(session, consultation)

        assert [(f.count, f.base, f.percent) for f in found] == [
            (p.count, p.base, p.percent) for p in printed
        ]

    def test_are_not_reproduced_when_answers_are_missing(self, session):
        consultation = load(session, "hmip-viewpoint-2015")
        session.execute(update(Response).values(counts=False).where(Response.channel == "paper"))

        found = published_figures(session, consultation)

        assert not any(f.is_reproduced for f in found)

    def test_are_none_for_answers_of_real_people(self, session):
        consultation = make_consultation(session, survey="hmip_viewpoint")
        make_response(session, consultation, service="very_good")

        assert published_figures(session, consultation) == ()


class TestAQuestionsFigures:
    def test_are_shares_of_those_who_answered_it(self, session, viewpoint):
        make_response(session, viewpoint, service="very_good")
        make_response(session, viewpoint, service="very_good")
        make_response(session, viewpoint, service=[])

        found = figures_of(session, viewpoint, "service")

        assert (found.base, found.skipped) == (2, 1)
        assert found.rows[0].words == "2 of 2 (100%)"

    def test_leave_out_what_was_not_sent_in(self, session, viewpoint):
        make_response(session, viewpoint, submitted=False, service="very_good")

        assert figures_of(session, viewpoint, "service").base == 0

    def test_leave_out_what_does_not_count(self, session, viewpoint):
        make_response(session, viewpoint, service="very_good").counts = False
        session.flush()

        assert figures_of(session, viewpoint, "service").base == 0

    def test_leave_out_answers_that_a_changed_path_hides(self, session):
        consultation = make_consultation(session)
        make_response(session, consultation, capacity="individual", age="a16_24")
        make_response(session, consultation, age="a16_24", capacity="organisation")

        found = figures_of(session, consultation, "age")

        assert (found.base, found.not_asked) == (1, 1)

    def test_add_the_first_two_of_a_scale_before_rounding(self, session, viewpoint):
        for service in ["very_good"] * 5 + ["good_mostly"] * 5 + ["poor_mostly"] * 3:
            make_response(session, viewpoint, service=service)

        together = figures_of(session, viewpoint, "service").together

        assert (together.count, together.base, together.percent) == (10, 13, 77)

    def test_hold_postcodes_of_few_people_back(self, session):
        consultation = make_consultation(session)
        for postcode in ["HP19 1AA"] * 5 + ["SL7 1AA"]:
            make_response(session, consultation, capacity="individual", postcode=postcode)

        labels = [row.label for row in figures_of(session, consultation, "postcode").rows]

        assert labels == ["HP19", "Districts of fewer than 5 people, together"]

    @pytest.fixture
    def viewpoint(self, session):
        return make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")


class TestWhatCameIn:
    def test_is_counted_by_channel_with_the_most_used_first(self, session, consultation):
        for channel in (Channel.WEB, Channel.TELEGRAM, Channel.TELEGRAM):
            make_response(session, consultation, channel=channel)

        found = results.count_arrivals(session, consultation)

        assert [(f.label, f.count) for f in found.by_channel] == [("Telegram", 2), ("Web page", 1)]

    def test_tells_what_was_begun_from_what_was_sent(self, session, consultation):
        make_response(session, consultation)
        make_response(session, consultation, submitted=False)

        found = results.count_arrivals(session, consultation)

        assert (found.submitted, found.begun) == (1, 1)

    def test_has_no_rate_when_nobody_knows_how_many_were_asked(self, session, consultation):
        make_response(session, consultation)

        assert results.count_arrivals(session, consultation).rate is None

    def test_has_a_rate_when_somebody_does(self, session):
        consultation = make_consultation(session, invited=8)
        make_response(session, consultation)

        assert results.count_arrivals(session, consultation).rate.words == "1 of 8 (13%)"

    @pytest.fixture
    def consultation(self, session):
        return make_consultation(session)


class TestDecidingOnLateResponses:
    def test_counts_them_and_says_how_many(self, session, late):
        officer = make_officer(session)

        changed = results.decide_late(session, late.consultation, officer, include=True, now=NOON)

        assert (changed, late.counts) == (1, True)

    def test_leaves_them_out_again(self, session, late):
        officer = make_officer(session)
        results.decide_late(session, late.consultation, officer, include=True, now=NOON)

        results.decide_late(session, late.consultation, officer, include=False, now=NOON)

        assert not late.counts

    def test_never_touches_what_came_in_time(self, session, late):
        in_time = make_response(session, late.consultation)
        officer = make_officer(session)

        results.decide_late(session, late.consultation, officer, include=False, now=NOON)

        assert in_time.counts

    @pytest.fixture
    def late(self, session):
        response = make_response(session, make_consultation(session))
        response.submitted_at = response.consultation.closes_at + timedelta(hours=2)
        response.is_late = True
        response.counts = False
        session.flush()
        return response


@pytest.mark.parametrize(("base", "words"), [(23, "fewer than 5 of 23"), (4, "fewer than 5")])
def test_a_few_are_said_without_a_number_that_would_tell_of_them(base, words):
    assert Figure("Agree", 3, base).guarded_words == words
