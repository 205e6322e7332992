"""The queue of concerns: only the safeguarding role, most urgent first, every look written down."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer, sign_in
from voice.models import AuditEntry, Channel, Concern, ConcernEntry, Consultation, Role
from voice.services.concerns import AT_THE_END, WHEN_STOPPED
from voice.web.officers.concern_cards import waited_in_words

QUEUE = "/officers/concerns"
WORDS = "  He hits me <b>every</b> night.\n\nI am scared. "


def words_on(page):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def guard_of(page):
    """The guard against forgery of the last form on a page."""
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[-1]


class TestTheQueue:
    @pytest.mark.parametrize("role", [Role.OFFICER, Role.ANALYST, Role.ADMIN])
    def test_and_everything_in_it_is_closed_to(self, browse, raised, role):
        client = browse(role)
        one = f"{QUEUE}/{raised()}"

        seen = [
            client.get(QUEUE),
            client.get(one),
            client.post(f"{one}/acknowledge"),
            client.post(f"{one}/decision"),
        ]

        assert [reply.status_code for reply in seen] == [403] * 4

    def test_has_the_immediate_first_and_then_the_oldest(self, browse, raised):
        newer, older = raised(hours=1), raised(hours=5)
        immediate = raised(urgency="immediate", hours=0)

        page = browse().get(QUEUE).text

        assert re.findall(rf"{QUEUE}/([0-9a-f-]{{36}})", page) == [
            str(each) for each in (immediate, older, newer)
        ]

    def test_says_how_long_each_has_waited_and_what_it_may_be(self, browse, raised):
        raised(hours=3)

        page = words_on(browse().get(QUEUE))

        assert "Waiting 3 h 12 min" in page
        assert "Being hurt by somebody" in page

    @pytest.mark.parametrize(
        ("question", "said"),
        [(AT_THE_END, "at the end, after the last question"), (WHEN_STOPPED, "they had stopped")],
    )
    def test_shows_what_answers_no_question_as_what_it_is(self, browse, raised, question, said):
        page = words_on(browse().get(f"{QUEUE}/{raised(question=question)}"))

        assert said in page
        assert "of their own accord" not in page

    def test_shows_nobodys_words(self, browse, raised):
        raised()

        assert "scared" not in browse().get(QUEUE).text

    def test_serves_every_team(self, browse, raised):
        raised()

        assert "Waiting to be read (1)" in words_on(browse(team="roads").get(QUEUE))

    @pytest.mark.parametrize(("made_of", "is_said"), [("Printed counts.", True), ("", False)])
    def test_says_that_it_shows_demonstration_data(
        self, browse, raised, database, made_of, is_said
    ):
        concern = raised()
        with database.writing() as session:
            session.get(Concern, concern).consultation.demonstration = made_of

        assert ("Some of these come from demonstration data" in browse().get(QUEUE).text) is is_said

    def test_says_that_an_e_mail_was_refused_and_the_record_to_whom(self, browse, raised, database):
        one = raised()
        with database.writing() as session:
            for step in ("told the lead", "the e-mail was refused"):
                line = ConcernEntry(
                    concern_id=one, at=NOON, step=step, words="lead@council.example"
                )
                session.add(line)

        assert "refused an e-mail about 1 open concern," in words_on(browse().get(QUEUE))
        record = words_on(browse().get(f"{QUEUE}/{one}"))
        assert "e-mail written to the lead" in record
        assert "the e-mail was refused lead@council.example" in record
        assert "told the lead" not in record

    def test_says_so_when_nothing_waits(self, browse):
        assert "Nothing waits." in browse().get(QUEUE).text


class TestBoxesThatAWholeClassTicks:
    def test_stand_apart_from_words_with_their_number(self, browse, raised):
        raised()
        for _ in range(3):
            raised(category="said_worried")

        page = words_on(browse().get(QUEUE))

        assert "Waiting to be read (1)" in page
        assert "3 people in" in page

    def test_are_read_together_by_somebody_on_record(self, browse, raised, database):
        client, ticks = browse(), [raised(category="said_worried") for _ in range(3)]
        address = re.findall(rf'"({QUEUE}/ticked/[^"]+)"', client.get(QUEUE).text)[0]
        page = client.get(address)
        until = re.findall(r'name="shown-until" value="([^"]+)"', page.text)[0]

        client.post(address, data={"csrf_token": guard_of(page), "shown-until": until})

        assert "people in" not in words_on(client.get(QUEUE))
        assert all(("concern acknowledged", str(each)) in trail(database) for each in ticks)

    def test_that_came_while_the_page_was_open_still_wait(self, browse, raised):
        client, _ = browse(), raised(category="said_worried", hours=3)
        address = re.findall(rf'"({QUEUE}/ticked/[^"]+)"', client.get(QUEUE).text)[0]
        page = client.get(address)
        until = re.findall(r'name="shown-until" value="([^"]+)"', page.text)[0]
        raised(category="said_worried", hours=1)

        client.post(address, data={"csrf_token": guard_of(page), "shown-until": until})

        assert "1 person in" in words_on(client.get(QUEUE))


class TestAConcern:
    def test_shows_the_words_as_typed_and_never_as_a_part_of_the_page(self, browse, raised):
        page = browse().get(f"{QUEUE}/{raised()}").text

        assert "He hits me &lt;b&gt;every&lt;/b&gt; night.\n\nI am scared." in page

    def test_says_what_the_person_was_shown_and_how_they_came(self, browse, raised):
        page = words_on(browse().get(f"{QUEUE}/{raised()}"))

        assert "They were shown Who to ring for help" in page
        assert "Came by Telegram" in page

    @pytest.mark.parametrize(
        ("channel", "said"),
        [
            (Channel.PAPER, "Nothing was shown: this came on paper."),
            (Channel.IMPORT, "Nothing was shown: this was brought in from a file."),
        ],
    )
    def test_says_that_nothing_was_shown_where_nothing_could_be(
        self, browse, raised, channel, said
    ):
        page = words_on(browse().get(f"{QUEUE}/{raised(channel=channel)}"))

        assert f"They were shown {said}" in page
        assert "Who to ring for help" not in page

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            pytest.param("My dad hits me every night", "; a grown-up hurts me", id="rules"),
            pytest.param("Tata mnie bije", "Noticed in Polish. Ask somebody", id="Polish"),
            pytest.param(
                "I now know that you shouldn't trust everything and everyone on the internet",
                "How the sentence reads as a whole",
                id="weights alone",
            ),
            pytest.param("Nothing", "raises nothing here", id="no longer noticed"),
        ],
    )
    def test_says_what_raised_it_and_in_which_language(self, browse, raised, words, said):
        page = words_on(browse().get(f"{QUEUE}/{raised(words=words)}"))

        assert said in page

    def test_leads_to_what_the_same_person_said_besides(self, browse, raised, database):
        with database.writing() as session:
            said_by = make_response(session, session.query(Consultation).one())
        ids = [raised(hours=hours, response=said_by.id) for hours in (1, 2, 3)]
        raised(hours=4)
        client = browse()

        queue, page = client.get(QUEUE), client.get(f"{QUEUE}/{ids[0]}")

        assert queue.text.count('class="voice-card"') == 2
        assert "Waiting to be read (4)" in words_on(queue)
        for each in (queue, page):
            assert "Also said in the same answers (2)" in words_on(each)
            assert all(f"{QUEUE}/{one}" in each.text for one in ids[1:])
        assert page.text.count("I am scared") == 1

    def test_is_in_the_audit_trail_when_somebody_looked(self, browse, raised, database):
        concern = raised()

        browse().get(f"{QUEUE}/{concern}")

        assert ("concern viewed", str(concern)) in trail(database)

    def test_that_is_none_is_not_there(self, browse):
        assert browse().get(f"{QUEUE}/{uuid4()}").status_code == 404


class TestAnsweringAConcern:
    def test_puts_the_reader_on_record_and_stops_the_clock(self, browse, raised, database):
        client, concern = browse(), raised(hours=3)
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}"))}

        reply = client.post(f"{QUEUE}/{concern}/acknowledge", data=sent, follow_redirects=True)

        assert "Read after 3 h 12 min" in words_on(reply)
        assert "Read by A. Officer" in words_on(reply)
        assert ("concern acknowledged", str(concern)) in trail(database)

    def test_keeps_what_a_person_decided(self, browse, raised, database):
        client, concern = browse(), raised()
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}"))}

        client.post(f"{QUEUE}/{concern}/decision", data=sent | {"decision": "Referred at 14:10"})

        with database.reading() as session:
            assert session.get(Concern, concern).decision == "Referred at 14:10"
        assert ("concern decided", str(concern)) in trail(database)

    def test_closes_a_false_alarm_with_one_press(self, browse, raised, database):
        client, concern = browse(), raised()
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}")), "close": "false-alarm"}

        reply = client.post(f"{QUEUE}/{concern}/decision", data=sent, follow_redirects=True)

        assert "Nothing waits." in reply.text
        with database.reading() as session:
            closed = session.get(Concern, concern)
            assert (closed.is_false_alarm, bool(closed.decision)) == (True, True)
        assert ("concern closed as a false alarm", str(concern)) in trail(database)

    @pytest.mark.parametrize(
        ("decision", "says"),
        [
            pytest.param("  ", "Write what you decided", id="nothing"),
            pytest.param("x" * 10_001, "no more than 10,000", id="one character too many"),
        ],
    )
    def test_is_refused_with(self, browse, raised, decision, says):
        client, concern = browse(), raised()
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}"))}

        reply = client.post(f"{QUEUE}/{concern}/decision", data=sent | {"decision": decision})

        assert reply.status_code == 422
        assert says in reply.text

    def test_keeps_the_words_on_the_page_when_the_guard_ran_out(self, browse, raised, database):
        client, concern = browse(), raised()

        reply = client.post(f"{QUEUE}/{concern}/decision", data={"decision": "Referred"})

        assert reply.status_code == 422
        assert ">\nReferred</textarea>" in reply.text
        with database.reading() as session:
            assert session.get(Concern, concern).decided_at is None


class TestAWaitInWords:
    @pytest.mark.parametrize(
        ("wait", "words"),
        [
            (timedelta(seconds=59), "0 min"),
            (timedelta(minutes=59), "59 min"),
            (timedelta(hours=3, minutes=12), "3 h 12 min"),
            (timedelta(days=1, hours=2), "1 day 2 h"),
            (timedelta(days=9), "9 days 0 h"),
        ],
    )
    def test_is_as_people_say_it(self, wait, words):
        assert waited_in_words(NOON - wait, NOON) == words


def trail(database):
    """What the audit trail says: each action and what it was about."""
    with database.reading() as session:
        return [
            tuple(row) for row in session.execute(select(AuditEntry.action, AuditEntry.subject))
        ]


@pytest.fixture
def browse(app, database):
    """A signed-in browser, of the safeguarding role unless told otherwise."""

    def browse(role=Role.SAFEGUARDING, team="families"):
        client = app.test_client()
        with database.writing() as session:
            sign_in(client, session, make_officer(session, role=role, team=team))
        return client

    return browse


@pytest.fixture
def raised(database):
    """Raise a concern so many hours and twelve minutes ago, and return its id."""
    with database.writing() as session:
        consultation_id = make_consultation(session).id

    def raised(
        *,
        hours=1,
        urgency="high",
        category="abuse_physical",
        question="proposal",
        channel=Channel.TELEGRAM,
        words=WORDS,
        response=None,
    ):
        concern = Concern(
            consultation_id=consultation_id,
            response_id=response,
            question=question,
            channel=channel,
            words=words,
            sentence=words.partition("\n")[0].strip(),
            category=category,
            tier="alert",
            urgency=urgency,
            detector="test",
            shown="help card",
            raised_at=NOON - timedelta(hours=hours, minutes=12),
        )
        with database.writing() as session:
            session.add(concern)
        return concern.id

    return raised


class TestTakingAConcernOn:
    def test_gives_it_to_a_colleague_and_says_so(self, browse, raised, database):
        client, concern = browse(), raised()
        page = client.get(f"{QUEUE}/{concern}")
        taker = re.findall(r'<option value="([^"]+)"', page.text)[0]
        sent = {"csrf_token": guard_of(page), "taker": taker}

        reply = client.post(f"{QUEUE}/{concern}/assign", data=sent, follow_redirects=True)

        assert "Taken on by A. Officer" in words_on(reply)
        assert "assigned, by A. Officer" in words_on(reply)

    def test_marks_an_allegation_and_takes_the_mark_back(self, browse, raised):
        client, concern = browse(), raised()
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}"))}
        address = f"{QUEUE}/{concern}/about-staff"

        marked = client.post(address, data=sent | {"about": "staff"}, follow_redirects=True)
        queue = client.get(QUEUE)
        back = client.post(address, data=sent | {"about": "nobody"}, follow_redirects=True)

        assert "Yes: it is treated as an allegation" in words_on(marked)
        assert "About staff" in words_on(queue)
        assert "Not as it is marked now" in words_on(back)

    def test_keeps_the_reference_of_the_referral(self, browse, raised):
        client, concern = browse(), raised()
        sent = {"csrf_token": guard_of(client.get(f"{QUEUE}/{concern}"))}
        sent |= {"decision": "Referred", "referral": "FR-2026-17"}

        reply = client.post(f"{QUEUE}/{concern}/decision", data=sent, follow_redirects=True)

        assert "Referral reference FR-2026-17" in words_on(reply)


class TestTheBoard:
    def test_says_how_many_are_open_how_old_and_who_is_not_named(self, browse, raised):
        raised(hours=3)

        page = words_on(browse().get(QUEUE))

        assert "Open, with no decision 1" in page
        assert "The oldest has been open for 3 h 12 min" in page
        assert "Unread for 60 minutes or more 1: the duty team is told" in page
        assert "does not name the deputy" in page

    def test_counts_down_to_the_end_of_the_working_day(self, browse, raised):
        raised(hours=1)
        raised(hours=80)

        page = words_on(browse().get(QUEUE))

        assert "Decide by 11:48 on Tuesday 2 June 2026" in page
        assert page.count("Past one working day") == 1
