"""Capability K2: officer entry of papers with a double-entry check, question by question."""

import re

import pytest
from sqlalchemy import select

from surveys.definition import read_survey
from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import (
    AnswerRow,
    AuditEntry,
    Capacity,
    Concern,
    EntryCheck,
    EqualityCount,
    Response,
    SecondEntry,
)
from voice.services import dates, results
from voice.services.concerns import Heard, screen_words
from voice.services.exports import stored_answers
from voice.services.responses import answers_of

BASE = "/officers/consultations/early-help"
TWICE = f"{BASE}/second-typing"
PAPER = {"capacity": "individual", "agree": "agree", "used": ["play", "clubs"],
         "important": "It’s the buses"}  # fmt: skip
SCARED = "My dad hits me every night and I am scared to go home"

AGREEING = """
code: agreeing
title: What do you think?
audience: adult
about: {what: Tell us, why: To learn, who_for: Everybody, minutes: 1, what_happens: We read it,
  who_reads: Us}
questions:
  - {code: agree, kind: consent, text: May we keep what you write?, required: true}
  - {code: words, kind: free_text, text: What do you think?}
"""
WHO = """
  - code: background
    kind: choice
    text: What is your background?
    equality: true
    options: [{code: asian, label: Asian}, {code: white, label: White}]
""".removeprefix("\n")


class TestAPaperTypedInOnce:
    def test_counts_in_no_figure_until_somebody_else_typed_it(self, first, waiting, figures):
        page = first.enter(**PAPER)

        assert (waiting().entry_check, waiting().counts) == (EntryCheck.WAITING, False)
        assert "another officer has typed it again" in page.text
        assert figures().counting == 0

    def test_is_not_typed_again_by_whoever_typed_it_first(self, first, waiting):
        first.enter(**PAPER)

        assert "you typed it, so somebody else types it again" in first.get(TWICE).text
        page = first.get(f"{TWICE}/{waiting().reference}")
        assert page.status_code == 422
        assert "somebody else types it the second" in page.text

    def test_is_not_counted_by_a_decision_about_late_ones(self, first, waiting, database):
        first.enter(**PAPER)
        with database.writing() as session:
            response = session.scalars(select(Response)).one()
            response.is_late, response.consultation.closes_at = (
                True,
                response.started_at.replace(year=2025),
            )
            results.decide_late(session, response.consultation, None, include=True, now=NOON)
            response.consultation.closes_at = NOON.replace(year=2027)
            dates._count_what_is_in_time(session, response.consultation)

        assert not waiting().counts

    def test_is_a_call_that_cannot_be_typed_again_and_counts(self, first, waiting):
        first.enter(**PAPER, **{"came-by": "phone"})

        assert (waiting().entry_check, waiting().counts) == (EntryCheck.NOT_ASKED, True)

    def test_counts_as_it_is_once_no_second_typing_is_asked_for(self, first, second, waiting):
        first.enter(**PAPER)

        second.post(TWICE, TWICE, wanted="no")

        assert (waiting().entry_check, waiting().counts) == (EntryCheck.NOT_ASKED, True)


class TestTypingItAgain:
    def test_counts_at_once_when_both_agree(self, first, second, waiting, figures):
        first.enter(**PAPER)

        page = second.again(waiting().reference, **PAPER | {"important": " It's  the buses"})

        assert f"Paper {waiting().reference} is checked, and counts" in page.text
        assert (waiting().entry_check, waiting().counts) == (EntryCheck.CHECKED, True)
        assert answers_of(waiting())["important"].text == "It’s the buses"
        assert figures().counting == 1

    def test_shows_nothing_of_the_first_typing(self, first, second, waiting):
        first.enter(**PAPER)

        page = second.get(f"{TWICE}/{waiting().reference}").text

        assert "It’s the buses" not in page
        assert 'value="agree" checked' not in page

    def test_is_found_by_the_reference_on_the_paper(self, first, second, waiting):
        first.enter(**PAPER)

        found = second.get(f"{TWICE}?reference={waiting().reference.lower()}")
        lost = second.get(f"{TWICE}?reference=XYZ")

        assert found.location.endswith(f"/{waiting().reference}#typing")
        assert 'id="typing" tabindex="-1"' in second.get(found.location).text
        assert "No paper with this reference waits here" in lost.text

    def test_refuses_what_no_paper_can_say_and_keeps_what_was_typed(self, first, second, waiting):
        first.enter(**PAPER)

        page = second.again(waiting().reference, important="Buses", used=["play", "none"])

        assert page.status_code == 422
        assert "Buses" in page.text
        assert waiting().entry_check is EntryCheck.WAITING

    def test_changes_nothing_when_it_is_pressed_twice(self, first, second, waiting):
        first.enter(**PAPER)
        reference = waiting().reference
        form = second.form_at(f"{TWICE}/{reference}") | PAPER
        second.send(f"{TWICE}/{reference}", form)

        page = second.send(f"{TWICE}/{reference}", form)

        assert "does not wait any more" in page.text


class TestInTheArchive:
    def test_nothing_is_typed_or_decided_or_switched_any_more(
        self, first, second, waiting, database
    ):
        first.enter(**PAPER)
        reference = waiting().reference
        second.again(reference, **PAPER | {"agree": "disagree"})
        with database.writing() as session:
            session.scalars(select(Response)).one().consultation.archived_at = NOON

        pages = (
            second.get(f"{TWICE}/{reference}"),
            second.decide(reference, agree="second"),
            second.post(TWICE, TWICE, wanted="no"),
        )

        assert all("in the archive, so nothing can change" in page.text for page in pages)
        assert (waiting().counts, answers_of(waiting())["agree"].values) == (False, ("agree",))


class TestWhereTheyDiffer:
    def test_shows_every_difference_question_by_question_and_nothing_else(
        self, first, second, waiting
    ):
        first.enter(**PAPER)

        page = second.again(waiting().reference, **PAPER | {"agree": "disagree", "important": ""})

        assert "2 differences" in page.text
        for words in ("Agree", "Disagree", "It’s the buses", "Nothing stands there"):
            assert re.search(rf'radios__label" for="[\w-]+">{words}</label>', page.text), words
        assert 'name="used"' not in page.text
        assert not waiting().counts

    def test_a_person_chooses_what_stands(self, first, second, waiting, database):
        first.enter(**PAPER)
        reference = waiting().reference
        second.again(reference, **PAPER | {"agree": "disagree", "important": "It is the trains"})

        first.decide(reference, agree="second", important="first")

        assert answers_of(waiting())["agree"].values == ("disagree",)
        assert answers_of(waiting())["important"].text == "It’s the buses"
        assert waiting().entry_check is EntryCheck.CHECKED
        with database.reading() as session:
            assert session.scalars(select(SecondEntry)).all() == []
            assert "paper checked" in session.scalars(select(AuditEntry.action)).all()

    def test_nothing_stands_until_every_difference_is_chosen(self, first, second, waiting):
        first.enter(**PAPER)
        reference = waiting().reference
        second.again(reference, **PAPER | {"agree": "disagree", "important": "Trains"})

        page = first.decide(reference, agree="second")

        assert page.status_code == 422
        assert "choose what the paper says" in page.text
        assert answers_of(waiting())["agree"].values == ("agree",)

    def test_what_leads_to_no_question_any_more_is_taken_away(self, first, second, waiting):
        first.enter(**PAPER | {"age": ""})
        reference = waiting().reference
        second.again(reference, **PAPER | {"capacity": "organisation", "age": ""})

        second.decide(reference, capacity="second")

        assert waiting().capacity is Capacity.ORGANISATION
        assert "age" not in waiting().answers

    def test_the_second_typing_can_be_mended_by_whoever_typed_it(self, first, second, waiting):
        first.enter(**PAPER)
        reference = waiting().reference
        second.again(reference, **PAPER | {"important": "Trains and trams"})

        assert "Trains and trams" in second.get(f"{TWICE}/{reference}").text
        second.again(reference, **PAPER)

        assert waiting().entry_check is EntryCheck.CHECKED


class TestWhoeverDoesNotAgree:
    """Decision 0016: a second person reads on the paper that nothing of it may be kept."""

    def test_is_forgotten_once_the_second_officer_says_so(
        self, agreeing, first, second, waiting, database
    ):
        first.enter(agree="yes", words="More buses")
        paper = f"{TWICE}/{waiting().reference}"
        refused = second.again(waiting().reference, agree="no", words="More buses")
        assert f'href="{paper}/delete"' in refused.text
        asked = second.get(f"{paper}/delete")
        assert "Does paper" in asked.text
        assert waiting().entry_check is EntryCheck.WAITING

        done = second.post(f"{paper}/delete", f"{paper}/delete")

        assert "That paper is deleted" in done.text
        with database.reading() as session:
            assert session.scalars(select(Response)).all() == []
            assert session.scalars(select(AnswerRow)).all() == []
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert entries[-1].action == "paper deleted: no consent"
        assert entries[-1].officer_id not in {None, entries[0].officer_id}

    @pytest.mark.parametrize("asked", [AGREEING + WHO], ids=["asked who they are"])
    def test_is_told_before_that_who_they_are_stays_in_the_sums_as_nothing_joins_it_to_a_paper(
        self, agreeing, first, second, waiting, database
    ):
        first.enter(agree="yes", words="More buses", background="asian")
        address = f"{TWICE}/{waiting().reference}/delete"
        assert "added up with everybody else’s, and cannot be taken out" in second.get(address).text

        second.post(address, address)

        with database.reading() as session:
            assert session.scalars(select(Response)).all() == []
            tallies = {each.value: each.people for each in session.scalars(select(EqualityCount))}
        assert tallies == {"-answered": 1, "asian": 1}

    def test_is_told_nothing_of_sums_where_nobody_is_asked_who_they_are(
        self, agreeing, first, second, waiting
    ):
        first.enter(agree="yes", words="More buses")

        assert "added up" not in second.get(f"{TWICE}/{waiting().reference}/delete").text

    def test_is_not_deleted_by_whoever_typed_it_first(self, agreeing, first, waiting):
        first.enter(agree="yes", words="More buses")
        address = f"{TWICE}/{waiting().reference}/delete"

        page = first.send(address, first.form_at(f"{BASE}/enter"))

        assert "somebody else types it the second" in page.text
        assert waiting().entry_check is EntryCheck.WAITING

    def test_is_nobody_where_the_form_asks_for_no_consent(self, first, second, waiting):
        first.enter(**PAPER)
        sheet = f"{TWICE}/{waiting().reference}"

        page = second.send(f"{sheet}/delete", second.form_at(sheet))

        assert "asks nobody to agree" in page.text
        assert "Delete this paper" not in second.get(sheet).text
        assert waiting().entry_check is EntryCheck.WAITING

    def test_pressed_twice_changes_nothing_more(self, agreeing, first, second, waiting):
        first.enter(agree="yes", words="More buses")
        address = f"{TWICE}/{waiting().reference}/delete"
        form = second.form_at(address)
        second.send(address, form)

        assert "does not wait any more" in second.send(address, form).text

    @pytest.fixture
    def asked(self):
        return AGREEING

    @pytest.fixture
    def agreeing(self, database, consultation, asked):
        """Let the survey ask first whether what is written may be kept."""
        asked = read_survey(asked, name="agreeing.yaml")
        with database.writing() as session:
            session.delete(session.merge(consultation))
            session.flush()
            make_consultation(session, survey=asked).enters_twice = True


class TestWhoeverIsAtRisk:
    def test_is_heard_at_once_in_words_that_only_the_second_typed(
        self, first, second, waiting, database
    ):
        first.enter(**PAPER)

        page = second.again(waiting().reference, **PAPER | {"important": SCARED})

        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == [SCARED]
        assert "safeguarding team has it in its queue" in page.text

    def test_is_not_read_by_officers_who_typed_neither(
        self, first, second, third, waiting, database
    ):
        first.enter(**PAPER)
        reference = waiting().reference
        second.again(reference, **PAPER | {"important": "Trains"})
        with database.writing() as session:
            ours = session.scalars(select(Response)).one()
            heard = Heard(ours.consultation_id, ours.channel, SCARED, "important", ours.id)
            screen_words(session, heard, now=NOON)

        assert third.get(f"{TWICE}/{reference}/differences").status_code == 404
        assert second.get(f"{TWICE}/{reference}/differences").status_code == 200


class TestWhatIsExported:
    def test_says_which_papers_were_checked(self, first, second, waiting, database):
        first.enter(**PAPER)
        with database.reading() as session:
            before = {line["entry_check"] for line in stored_answers(session, "early-help")}
        second.again(waiting().reference, **PAPER)

        with database.reading() as session:
            after = {line["entry_check"] for line in stored_answers(session, "early-help")}
        assert (before, after) == ({"waiting"}, {"checked"})
        assert "typed in twice and checked" in first.get(f"{BASE}/responses").text


class Typist:
    """An officer who types papers in."""

    def __init__(self, client):
        self.client = client
        self.get = client.get

    def form_at(self, address):
        """What the page sends by itself: its guards, and when the paper came."""
        page = self.client.get(address).text
        form = page[page.rindex('<form method="post"') :]
        named = r'name="(received-on-\w+|csrf_token|press)"[^>]*value="([^"]*)"'
        return dict(re.findall(named, form))

    def send(self, address, form):
        return self.client.post(address, data=form, follow_redirects=True)

    def post(self, page, address, **typed):
        return self.send(address, self.form_at(page) | typed)

    def enter(self, **typed):
        return self.post(f"{BASE}/enter", f"{BASE}/enter", **{"came-by": "paper"} | typed)

    def again(self, reference, **typed):
        return self.post(f"{TWICE}/{reference}", f"{TWICE}/{reference}", **typed)

    def decide(self, reference, **chosen):
        address = f"{TWICE}/{reference}/differences"
        return self.post(address, address, **chosen)


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        made = make_consultation(session)
        made.enters_twice = True
        return made


@pytest.fixture
def typist(browse, consultation):
    return lambda: Typist(browse())


@pytest.fixture
def first(typist):
    return typist()


@pytest.fixture
def second(typist):
    return typist()


@pytest.fixture
def third(typist):
    return typist()


@pytest.fixture
def waiting(database):
    """The paper, as it is stored now."""

    def waiting():
        with database.reading() as session:
            found = session.scalars(select(Response)).one()
            assert found.answers
            assert found.version
            return found

    return waiting


@pytest.fixture
def figures(database, consultation):
    def figures():
        with database.reading() as session:
            return results.count_arrivals(session, session.merge(consultation))

    return figures
