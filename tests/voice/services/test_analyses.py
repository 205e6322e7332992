"""Analyses: whose words are read, and what is kept of them."""

import pytest
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION, make_people, make_theme
from voice.analysis.comments import find_themes
from voice.errors import NotFoundError
from voice.models import Analysis, AnswerNote, Concern, Mention, Theme, ThemeStatus
from voice.services import analyses, concerns, consultations, jobs, responses, theme_views
from voice.services.concerns import Heard
from voice.services.themes import ThemesInUseError

BUSES = (
    "The bus to school is always late.",
    "Buses are late and much too full in the morning.",
    "More buses in the evening please, the last bus is at six.",
    "The bus was late again and nobody told us why.",
    "There is no bus to the youth club in the evening.",
    "I miss lessons because the school bus comes late.",
)
WEBSITE = (
    "The website is too cluttered.",
    "Website feels too corporate, give young people their own website.",
    "Cluttered pages make the website hard to read.",
    "The website uses formal language that I do not understand.",
    "Make the website pages simpler, with more pictures.",
    "The search box on the website does not work.",
)


class TestGathering:
    def test_leaves_out_what_was_not_sent_in(self, session, consultation):
        make_response(session, consultation, submitted=False, **{QUESTION: "More buses"})

        assert _texts(session, consultation) == []

    def test_leaves_out_what_does_not_count(self, session, consultation):
        make_response(session, consultation, **{QUESTION: "More buses"}).counts = False
        session.flush()

        assert _texts(session, consultation) == []

    def test_leaves_out_a_response_that_raised_an_alert(self, session, consultation):
        response = make_response(session, consultation, **{QUESTION: "More buses"})
        _raise(session, response, "alert")

        assert _texts(session, consultation) == []

    def test_reads_a_response_for_which_help_was_only_shown(self, session, consultation):
        response = make_response(session, consultation, **{QUESTION: "More buses"})
        _raise(session, response, "support")

        assert _texts(session, consultation) == ["More buses"]

    def test_is_refused_for_a_question_without_free_text(self, session, consultation):
        with pytest.raises(NotFoundError):
            analyses.gather(session, consultation, "heard_from", now=NOON)


class TestAnAnalysis:
    def test_keeps_themes_whose_counts_are_of_people(self, database, asked):
        _analyse(database)

        with database.reading() as session:
            found = theme_views.read_themes(session, session.merge(asked), QUESTION)
        assert found.base == len(BUSES) + len(WEBSITE)
        assert found.without_content == 1
        assert len(found.shown) > 1
        assert all(1 <= one.people.count <= found.base for one in found.shown)

    def test_gives_every_answer_a_tone_and_an_empty_one_to_those_that_say_nothing(
        self, database, asked
    ):
        _analyse(database)

        with database.reading() as session:
            rows = theme_views.theme_answers.answer_rows(session, session.merge(asked), QUESTION)
        assert sorted(row.tone == "" for row in rows.values()) == [False] * 12 + [True]

    def test_takes_the_place_of_the_one_before(self, database, asked):
        _analyse(database)
        before = _count(database, Theme), _count(database, Mention)
        _analyse(database)

        assert (_count(database, Theme), _count(database, Mention)) == before
        assert _count(database, Analysis) == 1

    def test_leaves_themes_alone_that_a_person_has_worked_on(self, database, asked):
        _analyse(database)
        with database.writing() as session:
            session.scalars(select(Theme)).first().status = ThemeStatus.SIGNED_OFF
        keep = analyses.analyse_question(database, _subject(), NOON)

        with pytest.raises(ThemesInUseError), database.writing() as session:
            keep(session)

    def test_forgets_a_response_that_was_deleted_while_it_was_read(self, database, asked):
        keep = analyses.analyse_question(database, _subject(), NOON)
        with database.writing() as session:
            gone = next(
                iter(theme_views.theme_answers.answer_rows(session, session.merge(asked), QUESTION))
            )
            responses.forget_response(session, session.get(responses.Response, gone))
        with database.writing() as session:
            keep(session)

        with database.reading() as session:
            mentions = set(session.scalars(select(Mention.response_id)))
        assert gone not in mentions

    def test_of_nothing_at_all_is_kept_too(self, database, consultation_alone):
        _analyse(database)

        assert (_count(database, Analysis), _count(database, Theme)) == (1, 0)

    @pytest.fixture
    def consultation_alone(self, database):
        with database.writing() as session:
            return make_consultation(session)

    @pytest.fixture
    def asked(self, database, consultation_alone):
        with database.writing() as session:
            consultation = session.merge(consultation_alone)
            for words in (*BUSES, *WEBSITE, "n/a"):
                make_response(session, consultation, **{QUESTION: words})
        return consultation_alone


class TestWhatIsNoticed:
    def test_is_told_by_group_language_and_letters(self, database, found):
        noticed = found.beside.noticed

        assert [(one.people, one.words[:9]) for one in noticed.copies] == [(4, "Please ke")]
        assert noticed.disguised == 1
        assert [(one.name, one.people) for one in noticed.names] == [("Mind of My Own", 2)]

    def test_makes_a_group_of_what_is_written_in_another_language(self, found):
        (polish,) = [one for one in found.shown if one.label == "Written in Polish"]

        assert (polish.people.count, polish.people.base) == (1, found.base)

    def test_leaves_with_the_response(self, database, found):
        with database.writing() as session:
            for note in session.scalars(select(AnswerNote)):
                responses.forget_response(
                    session, session.get(responses.Response, note.response_id)
                )

        assert _count(database, AnswerNote) == 0
        assert self._read(database).beside.noticed.has_any is False

    def test_is_told_of_nobody_with_an_alert(self, database, found):
        with database.writing() as session:
            for note in session.scalars(select(AnswerNote)).all():
                _raise(session, session.get(responses.Response, note.response_id), "alert")

        assert self._read(database).beside.noticed.has_any is False

    @pytest.fixture
    def found(self, database):
        letter = "Please keep our library open at weekends for all of us"
        with database.writing() as session:
            consultation = make_consultation(session)
            for words in (
                *BUSES,
                *(f"{letter}{end}" for end in ("", "!", " thanks", " please")),
                *("I use MOMO to talk", "Mind of My Own is good", "The pаrk is dirty"),
                "Autobus jest zawsze za późno",
            ):
                make_response(session, consultation, **{QUESTION: words})
        _analyse(database)
        return self._read(database)

    def _read(self, database):
        with database.reading() as session:
            consultation = consultations.find_by_slug(session, "early-help")
            return theme_views.read_themes(session, consultation, QUESTION)


class TestTheToneOfATheme:
    def test_is_of_the_words_that_raise_it_and_not_of_the_whole_answer(self, session, consultation):
        people = make_people(session, consultation, 3)
        make_theme(session, consultation, people).mentions[0].tone = "positive"

        (theme,) = theme_views.read_themes(session, consultation, QUESTION).shown

        assert [(one.label, one.count) for one in theme.tones] == [("positive", 1), ("negative", 2)]

    def test_is_kept_with_each_mention(self, database):
        with database.writing() as session:
            consultation = make_consultation(session)
            for words in BUSES:
                make_response(session, consultation, **{QUESTION: words})

        _analyse(database)

        with database.reading() as session:
            tones = set(session.scalars(select(Mention.tone)))
        assert tones <= {"positive", "mixed", "neutral", "negative"}
        assert "negative" in tones


class TestAConcern:
    def test_below_an_alert_is_counted_and_names_no_theme(self, session, consultation):
        words = [*["The trombone of grandad is purple"] * 6, *BUSES, *WEBSITE]
        for text in words:
            response = make_response(session, consultation, **{QUESTION: text})
            if "trombone" in text:
                _raise(session, response, "support")

        gathered = analyses.gather(session, consultation, QUESTION, now=NOON)
        report = find_themes(gathered.comments)

        quotable = {one.id for one in gathered.comments if "trombone" not in one.text}
        shown = [f"{one.label} {one.words} {one.description}" for one in report.themes]
        assert report.base == len(words)
        assert "trombone" not in " ".join(shown).casefold()
        assert quotable.issuperset(quote for one in report.themes for quote in one.quotes)


class TestNamesInThemes:
    def test_are_masked_before_they_are_kept(self, session, consultation):
        people = make_people(session, consultation, 3, words="My worker Sarah Jones is kind")
        make_theme(session, consultation, people)

        found = theme_views.read_themes(session, consultation, QUESTION)

        assert all("Sarah" not in quote for one in found.shown for quote in one.quotes)


@pytest.fixture
def consultation(session):
    return make_consultation(session)


def _subject():
    return f"early-help/{QUESTION}"


def _analyse(database):
    with database.writing() as session:
        jobs.enqueue(session, jobs.ANALYSE, _subject(), now=NOON)
    works = {jobs.ANALYSE: analyses.analyse_question}
    assert jobs.work_once(database, works, now=lambda: NOON)
    with database.reading() as session:
        assert jobs.find_latest(session, jobs.ANALYSE, _subject()).problem == ""


def _texts(session, consultation):
    gathered = analyses.gather(session, consultation, QUESTION, now=NOON)
    return [comment.text for comment in gathered.comments]


def _raise(session, response, tier):
    heard = Heard(response.consultation_id, response.channel, "words", response_id=response.id)
    concern = concerns.raise_worry(session, heard, category="neglect", now=NOON)
    concern.tier = tier
    session.flush()
    assert isinstance(concern, Concern)


def _count(database, model):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model))
