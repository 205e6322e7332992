"""A consultation's life as a machine: whatever officers press, CON-1 to CON-4 hold."""

import tempfile
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.definition import read_from_library
from tests.conftest import COUNCIL
from tests.stores import new_sqlite
from tests.voice.themed import QUESTION, make_officer
from voice.clock import in_london
from voice.errors import PlanRefusedError, StageRefusedError
from voice.models import (
    AnswerRow,
    Channel,
    ConsultationKind,
    Mention,
    Outcome,
    OutcomeKind,
    Theme,
    ThemeStatus,
)
from voice.services import considering, dates, keys, planning, responses
from voice.services.considering import Deciding
from voice.services.dates import NewClosing
from voice.services.gunning import Stage
from voice.services.planning import Plan
from voice.services.stages import read_standing

DAY = timedelta(days=1)
START = datetime(2026, 6, 1, 12, tzinfo=UTC)
SURVEY = read_from_library("early_help_2017")
WORDS = "We read it all and it changes the plan."
WEIGHING = ("sign off", "consider", "read")
ENDING = ("decide", "tell", "archive")
FOLLOWS = {
    Stage.DRAFT: {Stage.CHECK},
    Stage.CHECK: {Stage.DRAFT, Stage.COMING, Stage.OPEN},
    Stage.COMING: {Stage.OPEN, Stage.ANALYSE, Stage.DECIDE, Stage.DONE},
    Stage.OPEN: {Stage.ANALYSE, Stage.DECIDE, Stage.FEED_BACK, Stage.DONE},
    Stage.ANALYSE: {Stage.OPEN, Stage.DECIDE, Stage.FEED_BACK, Stage.DONE},
    Stage.DECIDE: {Stage.OPEN, Stage.ANALYSE, Stage.FEED_BACK, Stage.DONE},
    Stage.FEED_BACK: {Stage.OPEN, Stage.ANALYSE, Stage.DONE},
    Stage.DONE: {Stage.OPEN, Stage.ANALYSE, Stage.FEED_BACK, Stage.ARCHIVED},
    Stage.ARCHIVED: set(),
}


class Begins(Enum):
    """How far it has come when the pressing begins."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Life(RuleBasedStateMachine):
    """One consultation, and everything that can happen to it."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = new_sqlite(Path(self.folder.name))
        self.session = Session(self.database.engine, expire_on_commit=False)
        self.now = START
        self.officer = make_officer(self.session)
        self.kind = ConsultationKind.PUBLIC
        self.plan = Plan(
            slug="life",
            team="families",
            opens_at=START + DAY,
            closes_at=START + 10 * DAY,
            kind=self.kind,
        )
        self.consultation = planning.make_plan(
            self.session, SURVEY, self.plan, self.officer, now=START
        )
        self.stage = Stage.DRAFT
        self.decided_when = None

    def teardown(self):
        self.session.close()
        self.database.close()
        self.folder.cleanup()

    @initialize(kind=st.sampled_from(ConsultationKind), begins=st.sampled_from(Begins))
    def begin(self, kind, begins):
        """Begin as a plan, while it is open, or after its close with things to weigh."""
        if begins is Begins.PLANNED:
            return
        self.change_plan(kind=kind, told=True, decision=30)
        self.let_open()
        self.wait(days=2)
        self.answer(says_something=True)
        self.answer(says_something=False)
        if begins is Begins.CLOSED:
            self.wait(days=9)

    @rule(days=st.integers(1, 4))
    def wait(self, days):
        self.now += days * DAY

    @precondition(lambda self: self.now <= START + 20 * DAY)
    @rule(
        kind=st.sampled_from(ConsultationKind),
        told=st.booleans(),
        decision=st.sampled_from([None, -3, 5, 30]),
    )
    def change_plan(self, kind, told, decision):
        plan = Plan(
            slug="life",
            team="families",
            opens_at=START + DAY,
            closes_at=START + 10 * DAY,
            kind=kind,
            reasons="Why" if told else " ",
            options="Or else" if told else "",
            documents="All of it https://example.org/all.pdf" if told else "",
            decision_on=None if decision is None else in_london(START + decision * DAY).date(),
        )
        launched = self.consultation.launched_at is not None
        refused = self._refused(
            planning.change_plan, self.consultation, plan, self.officer, now=self.now
        )
        assert refused == launched

    @precondition(lambda self: self.consultation.launched_at is None)
    @rule()
    def let_open(self):
        self._refused(planning.launch, self.consultation, self.officer, COUNCIL, now=self.now)

    @rule(says_something=st.booleans())
    def answer(self, says_something):
        if not self.consultation.is_open(self.now):
            return
        begun = responses.start_response(
            self.session, self.consultation, Channel.WEB, now=self.now
        ).response
        responses.record_answer(
            self.session, begun, Answer("capacity", ("individual",)), now=self.now
        )
        if says_something:
            begun.answers[QUESTION] = AnswerRow(
                question=QUESTION, values=["More buses"], answered_at=self.now, tone="neutral"
            )
            theme = Theme(
                consultation_id=self.consultation.id, question=QUESTION, key=keys.new_key(),
                label="Buses", found_label="Buses", description="", words=[], place=1,
            )  # fmt: skip
            theme.mentions = [Mention(response_id=begun.id, strength=1)]
            self.session.add(theme)
        responses.submit_response(self.session, begun, now=self.now)

    @rule(days=st.integers(-2, 12))
    def move_the_close(self, days):
        new = NewClosing(
            self.consultation.closes_at + days * DAY,
            "More time",
            self.consultation.closes_at,
            keys.new_key(),
        )
        self._refused(dates.change_closing, self.consultation, self.officer, new, now=self.now)

    @precondition(lambda self: self.consultation.launched_at is not None)
    @rule(parts=st.sampled_from([WEIGHING, WEIGHING, *([part] for part in (*WEIGHING, "hide"))]))
    def weigh(self, parts):
        for part in parts:
            match part:
                case "sign off":
                    self._set_status(ThemeStatus.SIGNED_OFF)
                case "hide":
                    self._set_status(ThemeStatus.HIDDEN)
                case "consider":
                    self._consider()
                case "read":
                    self._read_the_rest()

    @precondition(lambda self: self.consultation.launched_at is not None)
    @rule(acts=st.sampled_from([ENDING[:2], *([act] for act in ENDING)]))
    def end(self, acts):
        for act in acts:
            match act:
                case "decide":
                    self._decide()
                case "tell":
                    self._tell_people()
                case "archive":
                    self._archive()

    def _set_status(self, status):
        for each in considering.weighed_themes(self.session, self.consultation):
            each.theme.status = status
        self.session.flush()

    def _consider(self):
        for each in considering.weighed_themes(self.session, self.consultation):
            key = keys.new_key()
            self._refused(
                considering.record_consideration,
                each.theme,
                self.officer,
                WORDS,
                press_key=key,
                now=self.now,
            )

    def _read_the_rest(self):
        waiting = considering.unread_responses(self.session, self.consultation)
        self._refused(considering.mark_read, self.consultation, self.officer, waiting, now=self.now)

    def _decide(self):
        made = Deciding("Go on", in_london(self.now).date(), "Cabinet", keys.new_key())
        before = considering.remaining(self.session, self.consultation).total
        refused = self._refused(
            considering.record_decision, self.consultation, self.officer, made, now=self.now
        )
        if not refused:
            assert before == 0
            assert self.now > self.consultation.closes_at
            self.decided_when = self.consultation.closes_at

    def _tell_people(self):
        for each in considering.weighed_themes(self.session, self.consultation):
            if each.theme.status is ThemeStatus.SIGNED_OFF:
                self.session.add(
                    Outcome(consultation=self.consultation, theme_id=each.theme.id,
                            kind=OutcomeKind.DID, you_said="Said", we_did="Done",
                            press_key=keys.new_key(), published_at=self.now)
                )  # fmt: skip
        self.session.flush()

    def _archive(self):
        self._refused(considering.archive, self.consultation, self.officer, now=self.now)

    @invariant()
    def moves_only_along_the_arrows(self):
        stage = read_standing(self.session, self.consultation, now=self.now).stage
        reachable, grown = {self.stage}, True
        while grown:  # a rule may take it several steps at once, when days go by
            more = reachable.union(*(FOLLOWS[each] for each in reachable))
            grown, reachable = more != reachable, more
        assert stage in reachable
        self.stage = stage

    @invariant()
    @precondition(lambda self: self.consultation.launched_at is not None)
    def what_is_out_was_complete(self):
        if self.consultation.kind is ConsultationKind.PUBLIC:
            assert self.consultation.reasons.strip()
            assert self.consultation.options.strip()
            assert self.consultation.documents
            assert self.consultation.decision_on is not None
        if self.consultation.decision_on is not None:
            assert self.consultation.decision_on >= in_london(START + 10 * DAY).date()

    @invariant()
    def what_is_decided_stays_closed(self):
        if self.decided_when is not None:
            assert self.consultation.closes_at == self.decided_when

    @invariant()
    def a_draft_is_seen_by_nobody(self):
        if self.consultation.launched_at is None:
            assert not self.consultation.has_begun(self.now)
            assert not self.consultation.is_open(self.now)

    def _refused(self, act, *words, **how):
        try:
            with self.session.begin_nested():
                act(self.session, *words, **how)
        except (StageRefusedError, PlanRefusedError):
            return True
        return False


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Keep the machine's many lines out of the log."""
    caplog.set_level("ERROR")
