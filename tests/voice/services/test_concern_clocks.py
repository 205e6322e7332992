"""Who is told of a concern by when, and by when somebody must decide."""

from datetime import UTC, datetime, timedelta

import pytest

from voice.config import Safety, Shift
from voice.models import Concern
from voice.services.concern_clocks import Step, decide_by, due_steps, is_at_work, reach_of

MONDAY = datetime(2026, 6, 1, 12, tzinfo=UTC)  # 13:00 in London
NIGHT = datetime(2026, 6, 6, 23, tzinfo=UTC)  # Sunday, 00:00 in London
SAFETY = Safety(
    lead="lead@council.example",
    deputy="deputy@council.example",
    duty="duty@council.example",
    lado="lado@council.example",
    rota=[{"email": "oncall@council.example", "from": "2026-06-06T17:00", "until": "2026-06-08"}],
)


def concern(*, raised_at=MONDAY, urgency="high", **known):
    known = {"tier": "alert", "is_about_staff": False} | known
    return Concern(raised_at=raised_at, urgency=urgency, **known)


def due(one, *, after):
    now = one.raised_at + timedelta(minutes=after)
    return list(due_steps(one, SAFETY, now=now))


class TestWhoIsTold:
    @pytest.mark.parametrize(
        ("after", "told"),
        [
            (0, [Step.LEAD]),
            (14, [Step.LEAD]),
            (15, [Step.LEAD, Step.DEPUTY]),
            (59, [Step.LEAD, Step.DEPUTY]),
            (60, [Step.LEAD, Step.DEPUTY, Step.DUTY]),
        ],
    )
    def test_grows_with_the_minutes_that_nobody_reads_it(self, after, told):
        assert due(concern(), after=after) == told

    def test_is_nobody_more_once_somebody_has_read_it(self):
        assert due(concern(acknowledged_at=MONDAY), after=60) == []

    @pytest.mark.parametrize(
        ("raised_at", "urgency", "is_told"),
        [(NIGHT, "immediate", True), (NIGHT, "high", False), (MONDAY, "immediate", False)],
    )
    def test_is_the_duty_team_at_once_if_immediate_out_of_hours(self, raised_at, urgency, is_told):
        found = due(concern(raised_at=raised_at, urgency=urgency), after=0)

        assert (Step.DUTY in found) is is_told

    def test_is_the_lado_at_once_if_it_accuses_staff_read_or_not(self):
        """SAF-13."""
        accused = concern(acknowledged_at=MONDAY)
        accused.is_about_staff = True

        assert due(accused, after=0) == [Step.LADO]

    def test_out_of_hours_is_whoever_the_rota_names_and_else_the_duty_team(self):
        assert reach_of(Step.DUTY, SAFETY, now=NIGHT) == ("oncall@council.example",)
        assert reach_of(Step.DUTY, SAFETY, now=MONDAY) == ("duty@council.example",)

    def test_is_nobody_while_the_council_names_nobody(self):
        assert [reach_of(step, Safety(), now=MONDAY) for step in Step] == [()] * len(Step)


class TestTheWorkingDayToDecideIn:
    @pytest.mark.parametrize(
        ("raised", "by"),
        [
            pytest.param("2026-06-01T13:00", "2026-06-02T13:00", id="in hours"),
            pytest.param("2026-06-05T16:30", "2026-06-08T16:30", id="over a weekend"),
            pytest.param("2026-06-01T20:00", "2026-06-03T09:00", id="in the evening"),
            pytest.param("2026-06-01T07:00", "2026-06-02T09:00", id="before work"),
            pytest.param("2026-06-06T12:00", "2026-06-09T09:00", id="on a Saturday"),
            pytest.param("2026-12-24T10:00", "2026-12-29T10:00", id="over Christmas"),
        ],
    )
    def test_ends_at_the_same_time_of_the_next_one(self, raised, by):
        from voice.clock import from_london

        raised_at = from_london(datetime.fromisoformat(raised))

        assert decide_by(SAFETY, raised_at) == from_london(datetime.fromisoformat(by))

    def test_over_tells_lead_and_deputy(self):
        late = due(concern(acknowledged_at=MONDAY), after=24 * 60)

        assert late == [Step.LATE]
        assert len(reach_of(Step.LATE, SAFETY, now=MONDAY)) == 2


class TestTheHoursOfTheCouncil:
    @pytest.mark.parametrize(("moment", "at_work"), [(MONDAY, True), (NIGHT, False)])
    def test_are_those_of_working_days(self, moment, at_work):
        assert is_at_work(SAFETY, moment) is at_work

    def test_know_no_shift_that_ends_before_it_begins(self):
        wrong = {"email": "a@b.example", "from": "2026-06-02T09:00", "until": "2026-06-01T09:00"}

        with pytest.raises(ValueError, match="ends after it begins"):
            Shift.model_validate(wrong)
