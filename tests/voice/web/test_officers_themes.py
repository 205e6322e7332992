"""What officers see and change on the pages of themes and outcomes."""

import re

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme, sign_in
from voice.models import (
    Analysis,
    AnswerNote,
    Consultation,
    Job,
    Outcome,
    OutcomeKind,
    Response,
    Role,
    Theme,
    ThemeStatus,
)
from voice.services import concerns
from voice.services.concerns import Heard
from voice.services.outcomes import Saying

LIST = f"/officers/consultations/early-help/questions/{QUESTION}/themes"
SAYING = {
    "kind": "did",
    "you_said": "The evening bus stops too early.",
    "we_did": "It now runs until ten.",
}
SEEN = {"seen": Saying(OutcomeKind.DID, SAYING["you_said"], SAYING["we_did"]).mark}
CHANGES = ("rename", "merge", "unmerge", "hide", "back", "check", "describe", "publish")


class TestTheListOfThemes:
    def test_says_how_many_people_raise_each(self, officer, theme):
        page = officer.get(LIST).text

        assert "Buses" in page
        assert "9 of 10 people" in page
        assert "90%" in page

    def test_quotes_people_without_their_names(self, officer, theme):
        page = officer.get(LIST).text

        assert "[name] says more buses" in page
        assert "Sarah" not in page

    def test_never_says_a_small_number_removed_for_safeguarding(self, officer, theme, database):
        with database.writing() as session:
            _raise_alert(session)

        assert "Removed for safeguarding: fewer than 8" in officer.get(LIST).text

    def test_names_what_read_the_words_and_what_it_cannot(self, officer, database, theme):
        _analyse_by_hand(database)

        page = officer.get(LIST).text

        assert "TF-IDF" in page
        assert "what the machine cannot do" in page

    def test_tells_how_the_answers_were_read(self, officer, theme, database):
        with database.writing() as session:
            for place, response in enumerate(session.scalars(select(Response).limit(3)).all()):
                note = AnswerNote(
                    response_id=response.id,
                    question=QUESTION,
                    near_copies=1,
                    is_disguised=place == 0,
                    names=["Mind of My Own"],
                )
                session.add(note)

        page = officer.get(LIST).text

        assert "3 people sent nearly the same words." in page
        assert "1 answer is written with look-alike" in page
        assert "also MOMO" in page

    def test_is_not_found_by_another_team(self, client, database, theme):
        _enter(client, database, team="roads")

        assert client.get(LIST).status_code == 404

    def test_is_not_found_for_a_question_without_free_text(self, officer, theme):
        assert officer.get(LIST.replace(QUESTION, "agree")).status_code == 404


class TestFindingThemes:
    def test_is_left_to_a_worker(self, officer, database, consultation):
        with database.writing() as session:
            make_people(session, session.merge(consultation), 3)

        reply = _press(officer, LIST, LIST)

        assert reply.status_code == 303
        assert "Reading 3 answers." in officer.get(LIST).text
        assert _all(database, Job.subject) == [f"early-help/{QUESTION}"]

    def test_lets_new_answers_join_once_somebody_has_worked_on_them(
        self, officer, database, theme, consultation
    ):
        _set_status(database, ThemeStatus.SIGNED_OFF)
        with database.writing() as session:
            make_response(session, session.merge(consultation), **{QUESTION: "Warmer rooms"})
        assert "Read 1 new answer" in officer.get(LIST).text

        _press(officer, LIST, LIST)

        assert _all(database, Job.kind) == ["join"]
        assert "Reading" in officer.get(LIST).text

    def test_asks_for_nothing_where_named_themes_have_no_new_answers(
        self, officer, database, theme
    ):
        _set_status(database, ThemeStatus.SIGNED_OFF)

        assert "Find themes again" not in officer.get(LIST).text


class TestATheme:
    def test_is_renamed(self, officer, theme, address):
        reply = _press(officer, address, f"{address}/rename", label="Late buses")

        assert "The theme has its new name." in officer.get(reply.location).text

    def test_comes_back_with_the_words_when_a_name_is_too_long(self, officer, address):
        reply = _press(officer, address, f"{address}/rename", label="x" * 121)

        assert reply.status_code == 422
        assert "x" * 121 in reply.text
        assert "Error: Theme" in reply.text

    def test_says_so_when_somebody_else_changed_it(self, officer, address):
        page = officer.get(address).text
        officer.post(f"{address}/rename", data=_fields(page) | {"label": "Late buses"})

        reply = officer.post(f"{address}/rename", data=_fields(page) | {"label": "Buses at night"})

        assert reply.status_code == 409
        assert "Somebody else changed this theme" in reply.text
        assert "Buses at night" in reply.text

    def test_is_merged_and_stands_alone_again(self, officer, theme, address, other):
        into = f"/officers/themes/{other.id}"
        reply = _press(officer, address, f"{address}/merge", into=str(other.id))
        assert reply.location.startswith(into)
        assert "“Buses” is merged into this theme" in officer.get(into).text

        _press(officer, address, f"{address}/unmerge")

        assert "is merged into this theme" not in officer.get(into).text

    def test_is_merged_into_no_theme_that_is_none(self, officer, address, other):
        reply = _press(officer, address, f"{address}/merge", into="nonsense")

        assert reply.status_code == 422
        assert "Choose another theme of this question" in reply.text

    def test_is_hidden_and_brought_back(self, officer, address):
        _press(officer, address, f"{address}/hide")
        assert "Hidden themes (1)" in officer.get(LIST).text

        _press(officer, address, f"{address}/back")

        assert "Hidden themes" not in officer.get(LIST).text

    @pytest.mark.parametrize("change", CHANGES)
    def test_is_not_changed_without_the_guard_against_forgery(self, officer, address, change):
        reply = officer.post(f"{address}/{change}", data={"edition": "1", "label": "x"} | SAYING)

        assert reply.status_code == 422

    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("role", [Role.ANALYST, Role.SAFEGUARDING])
    def test_is_not_changed_by_somebody_who_only_reads(
        self, client, database, address, change, role
    ):
        _enter(client, database, role=role)

        assert client.post(f"{address}/{change}").status_code == 403

    @pytest.mark.parametrize("change", ["", *(f"/{change}" for change in CHANGES)])
    def test_is_not_found_by_another_team(self, client, database, address, change):
        _enter(client, database, team="roads")
        other = client.post if change else client.get

        assert other(f"{address}{change}").status_code == 404

    def test_shows_an_analyst_no_form_but_the_way_out(self, client, database, address):
        _enter(client, database, role=Role.ANALYST)

        page = client.get(address)

        assert page.status_code == 200
        assert re.findall(r'<form[^>]*action="([^"]*)"', page.text) == ["/officers/sign-out"]


class TestPublishing:
    def test_puts_it_on_the_public_page(self, officer, address):
        _sign_off(officer)

        reply = _press(officer, address, f"{address}/publish", **SAYING, **SEEN)

        assert "Published. Everybody who asked to hear" in officer.get(reply.location).text
        assert "It now runs until ten." in officer.get("/outcomes").text

    def test_of_a_double_click_happens_once(self, officer, database, address):
        _sign_off(officer)
        fields = _fields(officer.get(address).text, name="press") | SAYING | SEEN

        for _ in range(2):
            officer.post(f"{address}/publish", data=fields)

        assert len(_all(database, Outcome.id)) == 1

    def test_of_a_second_page_is_a_conflict_that_keeps_the_words(self, officer, address):
        _sign_off(officer)
        pages = [_fields(officer.get(address).text, name="press") for _ in range(2)]
        officer.post(f"{address}/publish", data=pages[0] | SAYING | SEEN)

        typed = SAYING | {"we_did": "It now runs until eleven."}
        reply = officer.post(f"{address}/publish", data=pages[1] | typed)

        assert reply.status_code == 409
        assert "Somebody else has answered this theme meanwhile" in reply.text
        assert typed["we_did"] in reply.text

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            pytest.param({"you_said": ""}, "Write what people said", id="nothing said"),
            pytest.param({"we_did": ""}, "Write what you do about it", id="nothing answered"),
            pytest.param({"kind": ""}, "Choose what you do about it", id="nothing chosen"),
            pytest.param({"kind": "maybe"}, "Choose what you do about it", id="no such answer"),
            pytest.param({"we_did": "x" * 1001}, "up to 1,000 characters", id="too long"),
            pytest.param(
                {"you_said": "says more buses are needed here please"}, "Say it in your words",
                id="a quote",
            ),
        ],
    )  # fmt: skip
    def test_comes_back_with_the_words_when_refused(self, officer, address, change, words):
        _sign_off(officer)

        reply = _press(officer, address, f"{address}/publish", **(SAYING | change))

        assert reply.status_code == 422
        assert words in reply.text
        assert all(kept in reply.text for kept in (SAYING | change).values() if kept != "maybe")


class TestBeforePublishing:
    def test_the_officer_reads_what_people_would(self, officer, address):
        _sign_off(officer)

        shown = _press(officer, address, f"{address}/publish", **SAYING)

        assert "Check before you publish" in shown.text
        assert SAYING["we_did"] in shown.text
        assert "May these words be public?" not in shown.text
        assert SAYING["we_did"] not in officer.get("/outcomes").text

    def test_words_changed_after_they_were_seen_are_shown_again(self, officer, address):
        _sign_off(officer)
        changed = SAYING | {"we_did": "It stops at nine."}

        shown = _press(officer, address, f"{address}/publish", **changed, **SEEN)

        assert "Check before you publish" in shown.text

    def test_words_can_be_changed(self, officer, address):
        _sign_off(officer)

        back = _press(officer, address, f"{address}/publish", **SAYING, **SEEN, change="yes")

        assert SAYING["we_did"] in back.text
        assert "See what people will read" in back.text

    @pytest.mark.parametrize(
        ("said", "listed"),
        [
            ("Sarah Jenkins asked for it.", "Sarah Jenkins"),
            ("A mother at 14 Elm Road, Ashby asked.", "14 Elm Road, Ashby"),
            ("Ring 07700 900123 to tell us.", "07700 900123"),
            ("Write to sarah.jones@example.org please.", "sarah.jones@example.org"),
            ("As in case number 2017/00431.", "2017/00431"),
        ],
    )
    def test_what_may_name_somebody_waits_for_a_tick(self, officer, address, said, listed):
        _sign_off(officer)
        first = _press(officer, address, f"{address}/publish", **(SAYING | {"we_did": said}))
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', first.text)
        fields = _fields(first.text, name="press") | dict(hidden)
        refused = officer.post(f"{address}/publish", data=fields)

        assert f'<li dir="auto">{listed}</li>' in first.text
        assert refused.status_code == 422
        assert "Say that these words may be public" in refused.text
        assert said not in officer.get("/outcomes").text

        officer.post(f"{address}/publish", data=fields | {"may_name": "yes"})

        assert said in officer.get("/outcomes").text


class TestTheListOfOutcomes:
    def test_shows_signed_off_themes_without_an_answer(self, officer, address):
        _sign_off(officer)

        assert address in officer.get("/officers/outcomes").text

    def test_says_that_it_shows_demonstration_data_only_where_it_does(
        self, officer, database, address, consultation
    ):
        _sign_off(officer)
        before = officer.get("/officers/outcomes").text
        with database.writing() as session:
            session.merge(consultation).demonstration = "Made from printed counts."

        after = officer.get("/officers/outcomes").text

        assert "Some of these answer demonstration data" in after
        assert "demonstration data" not in before

    def test_lets_an_officer_withdraw(self, officer, database, address):
        _sign_off(officer)
        _press(officer, address, f"{address}/publish", **SAYING, **SEEN)
        (outcome,) = _all(database, Outcome.id)

        _press(officer, "/officers/outcomes", f"/officers/outcomes/{outcome}/withdraw")

        assert "It now runs until ten." not in officer.get("/outcomes").text
        assert "Withdrawn" in officer.get("/officers/outcomes").text

    def test_lets_an_analyst_only_read(self, client, database, address):
        _enter(client, database, role=Role.ANALYST)

        assert client.get("/officers/outcomes").status_code == 200
        assert client.post("/officers/outcomes/" + address[-36:] + "/withdraw").status_code == 403


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def theme(database, consultation):
    words = "Sarah Jones says more buses are needed here please"
    with database.writing() as session:
        asked = session.merge(consultation)
        people = make_people(session, asked, 10, words=words)
        return make_theme(session, asked, people[:9])


@pytest.fixture
def other(database, consultation):
    with database.writing() as session:
        return make_theme(session, session.merge(consultation), [], label="Fares")


@pytest.fixture
def address(theme):
    return f"/officers/themes/{theme.id}"


@pytest.fixture
def officer(client, database):
    """A browser in which an officer of the consultation's team is signed in."""
    _enter(client, database)
    return client


def _enter(client, database, **person):
    with database.writing() as session:
        sign_in(client, session, make_officer(session, **person))


def _press(client, page, address, **typed):
    """Fill in the form of this page and send it to the address."""
    return client.post(address, data=_fields(client.get(page).text) | typed)


def _sign_off(client):
    """Sign the whole list off."""
    page = client.get(f"{LIST}/sign-off").text
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    return client.post(f"{LIST}/sign-off", data=_fields(page) | {"seen": seen})


def _fields(page, *, name="edition"):
    """Return the hidden fields that the page's own forms send along."""
    main = page[page.index("<main") :]
    guard = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', main)
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', main)
    return {"csrf_token": guard[1]} | ({name: found[1]} if found else {})


def _all(database, column):
    with database.reading() as session:
        return list(session.scalars(select(column)))


def _set_status(database, status):
    with database.writing() as session:
        session.scalars(select(Theme)).one().status = status


def _raise_alert(session):
    response = session.scalars(select(Response)).first()
    heard = Heard(response.consultation_id, response.channel, "words", response_id=response.id)
    concerns.raise_worry(session, heard, category="neglect", now=NOON)


def _analyse_by_hand(database):
    with database.writing() as session:
        session.add(
            Analysis(
                consultation_id=session.scalars(select(Consultation.id)).one(),
                question=QUESTION,
                made_at=NOON,
                model="TF-IDF + LSA",
                base=10,
                without_content=0,
                unassigned=1,
                seconds=0.1,
            )
        )
