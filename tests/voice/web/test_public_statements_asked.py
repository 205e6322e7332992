"""How little every page of the public asks of the store."""

import pytest

from tests.voice.web.visitor import counted_statements

MOST_STATEMENTS = 8


class TestEveryPage:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/outcomes",
            "/help",
            "/consultations/early-help",
            "/consultations/early-help/questions/important",
            "/consultations/early-help/check",
            "/consultations/early-help/chat",
            "/consultations/early-help/save",
        ],
    )
    def test_asks_little_of_the_store(self, visitor, database, path):
        visitor.begin("early-help")
        with counted_statements(database) as statements:
            visitor.open(path)

        assert len(statements) <= MOST_STATEMENTS, statements

    def test_keeps_an_answer_with_little_asked_of_the_store(self, visitor, database):
        visitor.begin("early-help")
        page = visitor.ask("early-help", "agree")
        form = page.forms[0]
        with counted_statements(database) as statements:
            visitor.client.post(form.action, data=dict([*form.hidden, ("agree", "agree")]))

        assert len(statements) <= MOST_STATEMENTS, statements
