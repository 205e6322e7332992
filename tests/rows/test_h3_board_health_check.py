"""H3: what a Board's members wrote in its health check."""

from collections import Counter

import pytest

from voice.analysis.findings import Tone
from voice.analysis.tone import read_tone
from voice.analysis.words import split_units

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


def read(comment):
    return read_tone(split_units(comment))


class TestTheHealthCheck:
    def test_h3_is_three_positive_one_negative_one_mixed(self):
        read_as = {comment: read(comment) for comment in COMMENTS}

        assert read_as == COMMENTS
        assert Counter(read_as.values()) == {Tone.POSITIVE: 3, Tone.NEGATIVE: 1, Tone.MIXED: 1}


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
