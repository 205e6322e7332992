"""Row A7: the report states, per priority, support n/N and the commonest concern as a theme.

"The Priorities were supported by all respondents, whose main concern was what would this mean in
practice": the survey of October 2016 is not printed, so its wording here is ours.
"""

import pytest

from surveys.answers import Answer
from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import QUESTION
from voice.models import Channel, Mention, Theme, ThemeStatus
from voice.services import briefings, packs, priorities, responses
from voice.services.consultations import find_by_slug

AGREE = [
    {"code": code, "label": code.capitalize()}
    for code in ("strongly", "agree", "disagree", "never")
]
PRACTICE = "What it means in practice"


def survey():
    """Two priorities, each with a question of agreement and one of words."""
    questions = [
        question
        for number in (1, 2)
        for question in (
            {"code": f"support_{number}", "kind": "scale", "section": f"Priority {number}",
             "text": f"Do you agree with priority {number}?", "options": AGREE},
            {"code": QUESTION if number == 1 else "other_words", "kind": "free_text",
             "section": f"Priority {number}", "text": f"What worries you about {number}?"},
        )
    ]  # fmt: skip
    about = {"what": "W", "why": "W", "who_for": "All", "minutes": 2, "what_happens": "We read."}
    return Survey.model_validate(
        {"code": "send_2016", "title": "Our plan", "questions": questions,
         "about": about | {"who_reads": "The team."}}
    )  # fmt: skip


class TestRowA7:
    def test_each_priority_has_its_support_and_commonest_concern(self, session, consulted):
        first, second = priorities.list_priorities(session, consulted)

        assert (first.name, first.support.count, first.support.base) == ("Priority 1", 12, 12)
        assert (first.concern.label, first.concern.count) == (PRACTICE, 9)
        assert (second.support.count, second.support.base) == (0, 0)
        assert second.concern is None

    def test_the_briefing_states_it(self, session, consulted):
        written = briefings.write_briefing(session, consulted, council="C", now=NOON)

        assert (
            "Priority 1: supported by 12 of 12 (100%); most often said: "
            f"{PRACTICE} (9 of 12 (75%))." in written.headlines
        )

    def test_the_pack_states_it(self, session, consulted):
        held = packs.results_pack(session, consulted, council="C", now=NOON)["priorities.csv"]

        assert (
            f"Priority 1,Strongly or agree,12 of 12 (100%),{PRACTICE},9 of 12 (75%)"
            in held.decode("utf-8-sig")
        )

    def test_a_theme_that_nobody_signed_off_is_not_stated(self, session, consulted):
        for theme in session.query(Theme):
            theme.status = ThemeStatus.FOUND
        session.flush()

        assert priorities.list_priorities(session, consulted)[0].concern is None


@pytest.fixture
def consulted(session):
    """Twelve people support the first priority; nine of them raise the same, three another."""
    made = make_consultation(session, survey=survey(), slug="send")
    sent = [_send(session, made, number) for number in range(12)]
    for label, people in ((PRACTICE, sent[:9]), ("Transport", sent[9:])):
        theme = Theme(consultation_id=made.id, question=QUESTION, key=label, label=label,
                      found_label=label, description="", words=[], place=1,
                      status=ThemeStatus.SIGNED_OFF)  # fmt: skip
        theme.mentions = [Mention(response_id=one.id, strength=1) for one in people]
        session.add(theme)
    session.flush()
    return find_by_slug(session, "send")


def _send(session, made, number):
    response = responses.start_response(session, made, Channel.WEB, now=NOON).response
    how = "strongly" if number % 2 else "agree"
    responses.record_answer(session, response, Answer("support_1", (how,)), now=NOON)
    words = Answer(QUESTION, (f"What would it mean in practice, number {number}?",))
    responses.record_answer(session, response, words, now=NOON)
    response.answers[QUESTION].tone = "neutral"
    responses.submit_response(session, response, now=NOON)
    return response
