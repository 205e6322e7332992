"""What an officer reads of a consultation: what came in, the figures, the words."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON
from tests.factories import make_consultation, make_response
from voice.models import AuditEntry, Response, Role
from voice.services import demonstration

BASE = "/officers/consultations/early-help"
PAYLOAD = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"


def words_on(page):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


class TestTheResults:
    def test_show_the_published_figure_with_its_base(self, browse, database):
        load(database, "hmip-viewpoint-2016")

        page = words_on(browse(team="demonstration").get(results_of("hmip-viewpoint-2016")))

        assert "82% 37 of 45: A lot less likely" in page
        assert "A lot less likely 37 of 45 82%" in page
        assert page.count("✓ As printed") == 2
        assert "Not as printed" not in page

    def test_say_that_it_is_demonstration_data_and_where_it_comes_from(self, browse, database):
        load(database, "hmip-viewpoint-2016")

        page = words_on(browse(team="demonstration").get(results_of("hmip-viewpoint-2016")))

        assert "generated from the published counts" in page
        assert "Youth Offending Service report" in page

    def test_fold_all_but_the_first_sentence_of_a_long_notice(self, browse, database):
        load(database, "hmip-viewpoint-2016")

        page = browse(team="demonstration").get(results_of("hmip-viewpoint-2016")).text
        notice = re.search(r'<aside class="voice-demonstration".*?</aside>', page, re.DOTALL)[0]
        shown, folded = notice.split("<details>")

        assert "these are not people&#39;s actual forms." in shown
        assert "Youth Offending Service report" in folded
        assert "Youth Offending Service report" not in shown

    def test_keep_back_how_few_chose_an_option(self, browse, asked):
        asked(agree="agree", times=6)
        asked(agree="disagree", times=4)

        page = words_on(browse().get(f"{BASE}/results"))

        assert "Agree 6 of 10 60%" in page
        assert "Disagree withheld –" in page
        assert "4 of 10" not in page

    def test_say_who_answered_who_skipped_and_who_was_not_asked(self, browse, asked):
        asked(capacity="organisation", times=2)
        asked(capacity="individual", age=[], times=1)

        page = words_on(browse().get(f"{BASE}/results"))

        assert "Answered: 0. Skipped it: 1. Not asked it: 2." in page

    def test_lead_through_the_years_only_where_there_is_a_page_for_it(self, browse, asked):
        asked(agree="agree", postcode="HP20 1UA", important="More buses please", times=6)
        officer = browse()

        ways = set(re.findall(r"/trend/\w+", officer.get(f"{BASE}/results").text))

        assert "/trend/agree" in ways
        assert [way for way in ways if officer.get(BASE + way).status_code != 200] == []

    def test_say_that_nobody_knows_how_many_were_asked(self, browse, asked):
        asked(agree="agree")

        assert "We do not know how many were asked" in words_on(browse().get(f"{BASE}/results"))

    def test_are_open_to_an_analyst(self, browse, asked):
        asked(agree="agree")

        assert browse(role=Role.ANALYST).get(f"{BASE}/results").status_code == 200

    @pytest.mark.parametrize("page", ["", "/results", "/responses", "/briefing", "/briefing.docx"])
    def test_and_every_page_beside_them_are_not_there_for_another_team(self, browse, asked, page):
        asked(agree="agree")

        assert browse(team="roads").get(BASE + page).status_code == 404

    @pytest.mark.parametrize("page", ["", "/results", "/responses", "/briefing", "/briefing.html"])
    def test_and_every_page_beside_them_are_closed_to_the_safeguarding_role(
        self, browse, asked, page
    ):
        asked(agree="agree")

        assert browse(role=Role.SAFEGUARDING).get(BASE + page).status_code == 403


class TestTheResponses:
    def test_show_the_words_as_they_were_typed_and_never_as_a_part_of_the_page(self, browse, asked):
        asked(proposal=PAYLOAD)

        page = browse().get(f"{BASE}/responses").text

        assert PAYLOAD not in page
        assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page

    def test_leave_out_those_with_a_concern_and_never_say_exactly_how_many(self, browse, asked):
        asked(proposal="He hits me every night and I am scared to go home")
        asked(proposal="More buses please")

        page = words_on(browse().get(f"{BASE}/responses"))

        assert "More buses please" in page
        assert "He hits me" not in page
        assert "Removed for safeguarding: fewer than 8." in page

    def test_are_in_the_audit_trail_when_somebody_looked(self, browse, asked, database):
        asked(proposal="More buses please")

        browse().get(f"{BASE}/responses")

        with database.reading() as session:
            actions = list(session.scalars(select(AuditEntry.action)))
        assert "responses read" in actions

    def test_come_fifty_to_a_page(self, browse, asked):
        asked(agree="agree", times=51)
        officer = browse()

        first, second = (officer.get(f"{BASE}/responses?page={n}").text for n in (1, 2))

        assert first.count("<article") == 50
        assert second.count("<article") == 1
        assert 'rel="next"' in first
        assert 'rel="next"' not in second

    @pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999"])
    def test_stand_a_page_number_that_is_none(self, browse, asked, number):
        assert browse().get(f"{BASE}/responses?page={number}").status_code == 200

    def test_are_closed_to_an_analyst(self, browse, asked):
        assert browse(role=Role.ANALYST).get(f"{BASE}/responses").status_code == 403


class TestTheOverview:
    def test_says_what_came_in_and_what_was_only_begun(self, browse, asked):
        asked(agree="agree", times=3)
        asked(agree="agree", submitted=False)

        page = words_on(browse().get(BASE))

        assert "3 sent in" in page
        assert "1 begun but not sent" in page

    def test_lets_an_officer_count_what_came_too_late(self, browse, asked, database):
        asked(agree="agree")
        make_late(database)
        officer = browse()
        page = officer.get(BASE)

        officer.post(f"{BASE}/late", data={"csrf_token": guard_of(page), "include": "yes"})

        with database.reading() as session:
            assert session.scalars(select(Response.counts)).all() == [True]

    def test_does_not_let_an_analyst(self, browse, asked, database):
        asked(agree="agree")
        make_late(database)

        reply = browse(role=Role.ANALYST).post(f"{BASE}/late", data={"include": "yes"})

        assert reply.status_code == 403

    def test_changes_nothing_without_the_guard_against_forgery(self, browse, asked, database):
        asked(agree="agree")
        make_late(database)

        browse().post(f"{BASE}/late", data={"include": "yes"})

        with database.reading() as session:
            assert session.scalars(select(Response.counts)).all() == [False]


class TestTheBriefing:
    def test_is_a_word_document_to_keep(self, browse, asked):
        asked(agree="agree")

        reply = browse().get(f"{BASE}/briefing.docx")

        assert reply.data.startswith(b"PK")
        assert "briefing-early-help" in reply.headers["Content-Disposition"]

    def test_is_a_page_to_keep_that_asks_nobody_for_anything(self, browse, asked):
        asked(agree="agree")

        page = browse().get(f"{BASE}/briefing.html").text

        assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "<script" not in page


def results_of(slug):
    """The address of a consultation's results."""
    return f"/officers/consultations/{slug}/results"


def load(database, slug):
    """One consultation of the demonstration with its answers."""
    shown = next(each for each in demonstration.SHOWN if each.slug == slug)
    with database.writing() as session:
        demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)


def make_late(database):
    """Let every response be too late to count."""
    with database.writing() as session:
        for response in session.scalars(select(Response)):
            response.submitted_at = NOON + timedelta(days=2)
            response.is_late = True
            response.counts = False


def guard_of(page):
    """The guard against forgery of the last form on a page."""
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[-1]


@pytest.fixture
def asked(database):
    """Ask the Early Help survey, of people who answer as told."""
    with database.writing() as session:
        consultation = make_consultation(session)

    def asked(*, times=1, submitted=True, **answers):
        with database.writing() as session:
            opened = session.merge(consultation)
            for _ in range(times):
                make_response(session, opened, submitted=submitted, **answers)

    return asked
