"""`voice responses import`: all the answers of a file come in, or none of them does."""

import pytest
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.factories import make_consultation
from voice.cli import importing as command
from voice.models import Channel, Import, Job, Response
from voice.services.responses import answers_of

FILE = "capacity,Q1,important,Where do you live?,Date received\n"
ONE = 'individual,Agree,"Buses, please",x,31/5/2026\n'
OTHER = "individual,Agree,Café,x,\n"


class TestImporting:
    def test_brings_in_every_row_and_says_what_each_column_is(self, bring_in, sent):
        result = bring_in(FILE + ONE, "--expect", "1")

        assert result.exit_code == 0, result.output
        assert "Where do you live? -> left out" in result.output
        assert "Date received -> The day it was received" in result.output
        assert "1 answer came in" in result.output
        assert [answers_of(each)["important"].text for each in sent()] == ["Buses, please"]

    def test_brings_in_a_long_file_whole(self, bring_in, sent):
        result = bring_in(FILE + ONE * 101, "--expect", "101")

        assert result.exit_code == 0, result.output
        assert len(sent()) == 101

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param(f"{FILE}{ONE}", "does not hold 2 answers but 1", id="another total"),
            pytest.param(
                f"{FILE}{ONE}individual,Perhaps,Trains,x,31/5/2026\n",
                "Row 3, column “Q1”: is none of the options; say which option it means.",
                id="no such option",
            ),
            pytest.param(f"{FILE}{ONE}{OTHER}", "--received", id="no day"),
            pytest.param(
                f"{FILE}{ONE}individual,Agree,Trams,x,1/1/2030\n", "after today", id="no day yet"
            ),
            pytest.param(f"{FILE}{ONE}individual,Agree,Trams,x,1/1/2020\n", "before", id="early"),
            pytest.param("a,a\n1,2\n", "two columns called", id="a header twice"),
        ],
    )
    def test_keeps_nothing_and_says_why(self, bring_in, kept, text, words):
        result = bring_in(text, "--expect", "2")

        assert result.exit_code == 1
        assert words in result.output
        assert kept() == (0, 0, 0)

    def test_tries_without_keeping_anything(self, bring_in, kept):
        result = bring_in(FILE + ONE, "--expect", "1", "--dry-run")

        assert (result.exit_code, kept()) == (0, (0, 0, 0))
        assert "1 answer can come in. Nothing was brought in" in result.output

    def test_takes_a_column_for_what_it_is_told(self, bring_in, sent):
        told = ("--map", "Said=important", "--map", "Q1=", "--same", "capacity=individual")
        result = bring_in("Said,Q1\nTrams,x\n", "--expect", "1", "--received", "2026-05-31", *told)

        assert result.exit_code == 0, result.output
        answers = answers_of(sent()[0])
        assert (answers["important"].text, answers["capacity"].values) == ("Trams", ("individual",))
        assert "agree" not in answers

    @pytest.mark.parametrize(
        "told",
        [("--map", "Nowhere=important"), ("--map", "Q1=nothing"), ("--same", "capacity=nobody")],
    )
    def test_refuses_what_it_is_told_of_things_that_are_not_there(self, bring_in, kept, told):
        result = bring_in(FILE + ONE, "--expect", "1", *told)

        assert (result.exit_code, kept()) == (1, (0, 0, 0))

    def test_takes_the_same_file_again_only_if_told_so(self, bring_in, sent):
        bring_in(FILE + ONE, "--expect", "1")

        assert "--again" in bring_in(FILE + ONE, "--expect", "1").output
        assert len(sent()) == 1
        bring_in(FILE + ONE, "--expect", "1", "--again")
        assert len(sent()) == 2


@pytest.fixture
def bring_in(store, home, voice, monkeypatch):
    """Run the command on a file with these lines."""
    monkeypatch.setattr(command, "current_time", lambda: NOON)
    with store.writing() as session:
        make_consultation(session)
    path = home / "forms.csv"

    def bring_in(text, *options):
        path.write_text(text, encoding="utf-8")
        return voice("responses", "import", "early-help", str(path), *options)

    return bring_in


@pytest.fixture
def sent(store):
    """Everything that came in."""

    def sent():
        with store.reading() as session:
            found = session.scalars(select(Response)).all()
            assert all(each.channel is Channel.IMPORT and each.answers for each in found)
            return list(found)

    return sent


@pytest.fixture
def kept(store):
    """How many responses, imports and jobs are in the store."""

    def kept():
        with store.reading() as session:
            tables = (Response, Import, Job)
            return tuple(session.scalar(select(func.count()).select_from(one)) for one in tables)

    return kept
