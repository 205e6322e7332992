"""H3: what a Board's members wrote in its health check."""

import re
from collections import Counter

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.surveys.conftest import survey_asking
from tests.voice.web.visitor import Visitor, answered
from voice.analysis.findings import Tone
from voice.analysis.tone import read_tone
from voice.analysis.words import split_units
from voice.services import analyses, jobs

COMMENTS = {
    "Better practice and awareness within my organisation as a result of the learning I bring "
    "back": Tone.POSITIVE,
    "Committed chair and manager. Smaller board working more effectively together.": Tone.POSITIVE,
    "The independent Chair ensures that the Board's views and contributions are represented and "
    "heard. The manager and more recently her replacement have been vital in ensuring updates, "
    "documents, data dashboards are regularly updated and sent out to all members.": Tone.POSITIVE,
    "There are too many objectives and priorities, that it is difficult to focus meaningful work "
    "to improve practice.": Tone.NEGATIVE,
    "good forum to maintain an over view of issues, however need to be convinced that it is "
    "effective to ensure positive outcomes for children.": Tone.MIXED,
}


SLUG = "health-check"
PEOPLE = f"/officers/consultations/{SLUG}/invitees"
THEMES = f"/officers/consultations/{SLUG}/questions/board/themes"
ASKED = {"code": "board", "kind": "free_text", "text": "How well does the Board work?"}


def read(comment):
    return read_tone(split_units(comment))


class TestTheHealthCheck:
    def test_h3_is_three_positive_one_negative_one_mixed(self):
        read_as = {comment: read(comment) for comment in COMMENTS}

        assert read_as == COMMENTS
        assert Counter(read_as.values()) == {Tone.POSITIVE: 3, Tone.NEGATIVE: 1, Tone.MIXED: 1}


class TestTheHealthCheckThroughItsPages:
    """TEST: five comments of members asked by name, as an officer reads them afterwards."""

    def test_the_page_of_the_question_says_three_positive_one_negative_one_mixed(self, found):
        assert "5 people said something here" in found
        assert "Tone: 3 positive, 1 mixed, 1 negative" in found

    def test_it_warns_that_so_few_cannot_speak_for_the_board(self, found):
        assert "Only 5 people wrote here." in found

    def test_the_list_of_members_says_that_feedback_was_low(self, found, clerk):
        assert "5 of 21 (24%) have replied" in clerk.get(PEOPLE).text

    def test_every_comment_is_kept_as_it_was_written(self, found, database):
        assert sorted(each[0] for each in answered(database, "board")) == sorted(COMMENTS)

    @pytest.fixture
    def found(self, app, database, clerk):
        """What the officer sees when five of the 21 members have written, and themes were found."""
        with database.writing() as session:
            make_consultation(session, survey=survey_asking(ASKED), slug=SLUG)
        officer = Visitor(app)
        officer.client = clerk
        names = "".join(f"Member {number}\n" for number in range(21))
        officer.press(officer.open(PEOPLE), ("people", names), form=1)
        letters = officer.open(f"{PEOPLE}/letters.csv").body
        links = list(dict.fromkeys(re.findall(r"/invited/[\w-]+", letters)))
        for link, comment in zip(links, COMMENTS, strict=False):
            member = Visitor(app)
            member.press(member.press(member.press(member.open(link))), ("board", comment))
            member.press(member.open(f"/consultations/{SLUG}/check"))
        officer.press(officer.open(THEMES), form=1)
        works = {jobs.ANALYSE: analyses.analyse_question}
        while jobs.work_once(database, works, now=lambda: NOON):
            pass
        return " ".join(officer.open(THEMES).body.split())


class TestTheSameRulesElsewhere:
    @pytest.mark.parametrize(
        ("comment", "tone"),
        [
            ("The worker was lovely, however the letters need to be clearer", Tone.MIXED),
            ("Great library but the opening hours could be longer", Tone.MIXED),
            ("There are not enough buses after six", Tone.NEGATIVE),
            ("It is difficult to reach anybody by phone", Tone.NEGATIVE),
            ("There isn't enough room in the hall", Tone.NEGATIVE),
            ("Greater awareness in our team because of the course", Tone.POSITIVE),
            ("It made me more aware of the issue", Tone.POSITIVE),
        ],
    )
    def test_find_doubts_complaints_and_improvements(self, comment, tone):
        assert read(comment) is tone

    @pytest.mark.parametrize(
        ("comment", "tone"),
        [
            ("It was not difficult to find the hall", Tone.POSITIVE),
            ("There were never too many of us", Tone.NEUTRAL),
            ("I would like more awareness of it because of my sister", Tone.NEUTRAL),
            ("It is no better since the change", Tone.NEUTRAL),
            ("Lovely day out, but I had to leave at four", Tone.POSITIVE),
        ],
    )
    def test_leave_alone_what_is_denied_wished_for_or_beside_the_point(self, comment, tone):
        assert read(comment) is tone
