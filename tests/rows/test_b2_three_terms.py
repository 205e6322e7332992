"""B2, ePEP. TEST: the same pupil's answers over 3 terms line up.

The other half, a request that opens a task, stands in another file.
"""

import re

import pytest
from sqlalchemy import select

from surveys.definition import read_from_library
from tests.conftest import NOON
from tests.factories import make_response
from tests.rows.coded import answer, cells, joined, new_code, open_forms, use_code
from tests.rows.planned import new_officer
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.errors import NotFoundError
from voice.models import AuditEntry, Concern, Consultation, Response, Role
from voice.services import readers
from voice.services.concerns import Heard, screen_words
from voice.services.exports import stored_answers
from voice.services.joined import list_people, read_person
from voice.services.responses import forget_response

TERMS = ("autumn", "spring", "summer")
PEP = read_from_library("pep_pupil_2017")


@pytest.fixture(autouse=True)
def _terms(database):
    open_forms(database, PEP, *TERMS)


class TestThreeTerms:
    """B2 TEST: the same pupil's answers over 3 terms line up."""

    def test_line_up_in_columns_by_a_code_used_on_three_devices(self, app, clock, database):
        code = answer(app, clock, "autumn", "", school="sad", safe="yes")
        with database.writing() as session:  # somebody else, without a code
            make_response(session, form(session, "autumn"), school="great")
        answer(app, clock, "spring", code.lower().replace("-", " "), school="mixed")
        answer(app, clock, "summer", code, school="great", safe="yes")

        page = open_only_person(new_officer(app, database), "summer").body

        assert cells(page, "How do you feel about school?") == ["Sad", "In between", "Very happy"]
        assert cells(page, "Do you feel safe at school?") == ["Yes", "Not asked", "Yes"]
        assert re.findall(r"My learning plan (\w+), ", page)[:3] == list(TERMS)

    def test_line_up_with_a_paper_that_a_worker_types_in(self, app, clock, database):
        code = answer(app, clock, "autumn", "", school="good")
        officer = new_officer(app, database)
        form = officer.open("/officers/consultations/spring/enter").forms[1]
        day = [("received-on-day", "1"), ("received-on-month", "6"), ("received-on-year", "2026")]
        given = [("school", "great"), ("their-code", code), *day]

        officer.send_parts(form.action, [*form.hidden, *given])

        page = open_only_person(officer, "spring").body
        # Received that noon, so before what was sent in a minute later.
        assert cells(page, "How do you feel about school?") == ["Very happy", "Happy"]

    def test_never_line_up_without_a_code(self, database):
        with database.writing() as session:
            for term in TERMS:
                make_response(session, form(session, term), school="great")

            officer = make_officer(session)
            page = list_people(session, form(session, "spring"), officer, now=NOON)

            assert page.shown == ()

    def test_say_where_a_question_was_asked_otherwise(self, database):
        reworded = PEP.question("school").model_copy(update={"text": "Is school fun?"})
        survey = PEP.model_copy(update={"questions": (reworded, *PEP.questions[1:])})
        open_forms(database, survey, "next-year")
        with database.writing() as session:
            before = joined(session, form(session, "summer"), new_code(), school="good")
            after = joined(session, form(session, "next-year"), new_code(), school="great")
            before.submitted_at = NOON.replace(hour=9)
            together = read_person(
                session,
                form(session, "next-year"),
                make_officer(session),
                after.reference,
                now=NOON,
            )

        assert together.lined[0].cells == ("Happy", "Very happy")
        assert "is worded differently" in together.lined[0].warning


class TestTheCode:
    def test_that_is_wrong_is_refused_kindly_and_loses_nothing(self, app, database):
        browser = Visitor(app)
        browser.begin("autumn")
        browser.press(browser.ask("autumn", "school"), ("school", "good"))
        code = new_code()
        wrong = f"{code[:-1]}{'B' if code[-1] != 'B' else 'C'}"

        page = use_code(browser, "autumn", wrong)

        assert page.status == 422
        assert "your answers are safe" in page.body
        assert f'value="{wrong}"' in page.body
        assert "Happy" in browser.open("/consultations/autumn/check").body

    def test_that_is_a_cry_for_help_is_heard(self, app, database):
        """SAF-1: whatever anybody can type is screened, in the wrong box too."""
        browser = Visitor(app)
        browser.begin("autumn")

        page = use_code(browser, "autumn", "my dad hits me every night")

        assert page.address == "/consultations/autumn/thank-you-for-telling-us"
        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == ["my dad hits me every night"]

    def test_is_kept_only_as_a_keyed_hash(self, app, clock, database):
        code = answer(app, clock, "autumn", "", school="good")

        with database.engine.connect() as connection:
            held = "\n".join(connection.connection.driver_connection.iterdump())
        assert code not in held
        assert code.replace("-", "") not in held

    def test_can_be_used_after_the_answers_were_sent_and_taken_off_again(self, app, database):
        browser = Visitor(app)
        browser.begin("autumn")
        browser.press(browser.open("/consultations/autumn/check"))

        page = use_code(browser, "autumn", new_code())
        with database.reading() as session:
            assert session.scalars(select(Response.joined_hash)).one() is not None

        browser.press(page)
        with database.reading() as session:
            assert session.scalars(select(Response.joined_hash)).one() is None

    def test_can_be_used_at_the_end_of_the_web_chat(self, app, clock, database):
        one_question = PEP.model_copy(update={"questions": PEP.questions[:1], "variants": ()})
        open_forms(database, one_question, "short")
        code = answer(app, clock, "autumn", "", school="good")
        browser, pages = Visitor(app), []
        for said in (("start", "yes"), ("words", "yes"), ("words", "Very happy")):
            page = browser.open("/consultations/short/chat")
            page = browser.send("/consultations/short/chat", [*page.forms[0].hidden, said])
            pages.append(re.findall(r'href="([^"]+/code[^"]*)"', page.body))

        page = browser.press(browser.open(pages[-1][0]), ("code", code))

        assert pages[:-1] == [[], []]
        assert "These answers go with your code" in page.body
        assert 'href="/consultations/short/chat"' in page.body
        with database.reading() as session:
            assert len(set(session.scalars(select(Response.joined_hash)))) == 1

    def test_that_is_wrong_on_a_paper_gives_back_all_that_was_typed(self, app, database):
        officer = new_officer(app, database)
        form = officer.open("/officers/consultations/spring/enter").forms[1]
        given = [("tell", "I like <b>maths</b>"), ("their-code", "AAA-AAA-AAAA")]

        page = officer.send_parts(form.action, [*form.hidden, *given])

        assert page.status == 422
        assert "This is not one of our codes" in page.body
        assert "I like &lt;b&gt;maths" in page.body
        assert 'value="AAA-AAA-AAAA"' in page.body

    def test_is_not_offered_where_the_survey_has_none(self, app, database):
        open_forms(database, PEP.model_copy(update={"joins": None}), "plain")
        browser = Visitor(app)
        browser.begin("plain")

        assert "Keep your answers together" not in browser.open("/consultations/plain/check").body
        assert browser.open("/consultations/plain/code").address == "/consultations/plain"


class TestWhoMayRead:
    def test_the_team_that_asks_and_what_they_may_open(self, database):
        with database.writing() as session:
            first, last, officer = self._pupil(session)
            readers.restrict(session, form(session, "autumn"), first, {first.id}, now=NOON)
            shown = read_person(session, form(session, "spring"), officer, last, now=NOON)

        assert [each.title for each in shown.forms] == ["My learning plan spring"]

    def test_another_team_finds_nothing(self, database):
        with database.writing() as session:
            _, last, _ = self._pupil(session)
            stranger = make_officer(session, team="roads")

            page = list_people(session, form(session, "spring"), stranger, now=NOON)
            assert page.shown == ()
            with pytest.raises(NotFoundError):
                read_person(session, form(session, "spring"), stranger, last, now=NOON)

    def test_fifty_people_on_a_page(self, app, database):
        with database.writing() as session:
            spring = form(session, "spring")
            people = [joined(session, spring, new_code(f"{n}"), school="good") for n in range(51)]
            references = sorted(each.reference for each in people)
        officer = new_officer(app, database)
        pages = [
            officer.open(f"/officers/consultations/spring/joined?page={n}").body for n in (1, 2, 3)
        ]

        shown = [re.findall(r"/joined/([^\"]+)\"", page) for page in pages]
        assert shown == [references[:50], references[50:], []]
        assert ["page=2" in page for page in pages] == [True, False, True]

    def test_that_they_looked_is_written_down(self, database):
        with database.writing() as session:
            _, last, officer = self._pupil(session)
            list_people(session, form(session, "spring"), officer, now=NOON)
            read_person(session, form(session, "spring"), officer, last, now=NOON)
            session.flush()
            looked = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

        assert [each.action for each in looked] == ["joined answers listed", "joined answers read"]
        assert {each.officer_id for each in looked} == {officer.id}

    def test_nobody_by_an_export(self, database):
        with database.writing() as session:
            self._pupil(session)
            rows = list(stored_answers(session, "pep_pupil_2017"))

        assert len({row["respondent"] for row in rows}) == 2
        assert not [name for name in rows[0] if "join" in name or name == "side"]

    def _pupil(self, session):
        """Two officers of the team, and a pupil's newest reference after two terms."""
        joined(session, form(session, "autumn"), new_code(), school="good")
        last = joined(session, form(session, "spring"), new_code(), school="great")
        return make_officer(session, role=Role.ADMIN), last.reference, make_officer(session)


class TestWhatIsNotThere:
    def test_an_answer_that_was_deleted(self, database):
        with database.writing() as session:
            gone = joined(session, form(session, "autumn"), new_code(), school="good")
            left = joined(session, form(session, "spring"), new_code(), school="great")
            reference = left.reference
            forget_response(session, gone)
            shown = read_person(
                session, form(session, "spring"), make_officer(session), reference, now=NOON
            )

        assert len(shown.forms) == 1

    def test_an_answer_that_raised_an_alert(self, database):
        with database.writing() as session:
            scared = joined(session, form(session, "autumn"), new_code(), school="sad")
            left = joined(session, form(session, "spring"), new_code(), school="great")
            words = "my dad hits me every night"
            heard = Heard(scared.consultation_id, scared.channel, words, response_id=scared.id)
            screen_words(session, heard, now=NOON)
            shown = read_person(
                session, form(session, "spring"), make_officer(session), left.reference, now=NOON
            )

        assert [each.title for each in shown.forms] == ["My learning plan spring"]


def form(session, slug):
    return session.scalars(select(Consultation).where(Consultation.slug == slug)).one()


def opened(officer, slug):
    return officer.open(f"/officers/consultations/{slug}/joined")


def open_only_person(officer, slug):
    (address,) = re.findall(r'href="(/officers/[^"]+/joined/[^"]+)"', opened(officer, slug).body)
    return officer.open(address)
