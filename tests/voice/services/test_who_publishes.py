"""An author publishes nothing, on whichever page (decision 33)."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer
from voice.errors import NotAllowedError
from voice.models import Role
from voice.services import answer_board, audit, audit_reading, clouds, considering, public_questions
from voice.services.audit_reading import Wanted
from voice.services.enquiries import Change


class TestAnAuthor:
    @pytest.mark.parametrize(
        "press",
        [
            pytest.param(
                lambda session, asked, author: considering.record_decision(
                    session, asked, author, None, now=NOON
                ),
                id="a decision",
            ),
            pytest.param(
                lambda session, asked, author: answer_board.keep_promise(
                    session, asked, author, None, edition=0, now=NOON
                ),
                id="a promise",
            ),
            pytest.param(
                lambda session, asked, author: clouds.open_cloud(
                    session, asked, "q", author, now=NOON
                ),
                id="a cloud",
            ),
            pytest.param(
                lambda session, asked, author: clouds.close_cloud(
                    session, asked, "q", author, now=NOON
                ),
                id="a cloud taken away",
            ),
            pytest.param(
                lambda session, _, author: public_questions.publish(
                    session, None, change_of(author), words="Why?", with_name=False
                ),
                id="a question",
            ),
            pytest.param(
                lambda session, _, author: public_questions.withdraw(
                    session, None, change_of(author)
                ),
                id="a question taken away",
            ),
        ],
    )
    def test_does_not_publish(self, session, press):
        author = make_officer(session, role=Role.AUTHOR)

        with pytest.raises(NotAllowedError):
            press(session, make_consultation(session), author)


class TestTheTrail:
    def test_is_not_searched_for_what_it_hides_of_a_concern(self, session):
        reader = make_officer(session, role=Role.ADMIN)
        audit.record(session, reader, "concern decided", "abc: her uncle", now=NOON)

        def found(words):
            wanted = Wanted(subject=words)
            return [each.action for each in audit_reading.read_page(session, wanted, page=1)[0]]

        assert found("uncle") == found(": her") == []
        assert found("abc") == ["concern decided"]


def change_of(officer):
    """Return a change by this officer."""
    return Change(officer, 1, NOON)
