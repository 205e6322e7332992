"""K5: languages as data, Urdu from right to left, and a switch at any point that keeps answers."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from docx import Document
from docx.oxml.ns import qn
from pydantic import TypeAdapter
from sqlalchemy import select

from surveys.answers import Answer
from surveys.catalogue import catalogue, in_language, say
from surveys.checks import check_survey
from surveys.definition import DefinitionError, read_from_library, read_survey_file
from surveys.piping import short_words
from surveys.places import NO_TEXTS, TEXTS, texts_of, untranslated
from surveys.prompts import answer_in_words
from surveys.question import Definition
from surveys.questions import AnyQuestion
from surveys.readback import words_of
from surveys.refusals import Refusal
from surveys.variants import Audience
from surveys.wording import refused, sent_so_far
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.web.doors import make_link
from tests.voice.web.visitor import Visitor, answered
from voice.models import Consultation, Link, LinkKind
from voice.reports.qr import qr_svg
from voice.services.exports import stored_answers
from voice.web.public.read_back import in_words
from voice.web.public.wording import refusal_in_words

START = "/consultations/play"
TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = ("cy", "pl", "ur")
ANSWERING = (
    *("start", "ask", "ask_symbols", "check", "save", "sent", "come_back", "delete", "deleted"),
    *("telling", "chat", "way", "declined", "stop", "sent_here", "kiosk"),
    *("personal_code", "_joined", "_which_way"),
)
COMPONENTS = ("media_input", "pair", "progress", "statement", "still_there", "read_aloud")
FLOOR = 0.95
TWO = [{"code": "a", "label": "Maths"}, {"code": "b", "label": "Art"}]
NEEDS = {
    "ranking": {"options": TWO},
    "grid": {"rows": TWO, "columns": TWO},
    "several": {"options": TWO, "fewest": 1, "most": 1},
    "card_sort": {"cards": TWO, "piles": TWO},
    "number": {"lowest": 0, "highest": 9},
}
FILES = dict.fromkeys(
    (Refusal.WRONG_TYPE, Refusal.TOO_LARGE, Refusal.DAMAGED, Refusal.NO_FILE), ("",)
)
REFUSED = {
    "percent": {Refusal.NOT_A_PERCENT: ("x",), Refusal.MISSING: ()},
    "pair": {Refusal.NOT_A_PERCENT: ("x", "1"), Refusal.ONE_OF_TWO: ("40", "")},
    "ranking": {
        Refusal.SAME_PLACE: ("1.a", "1.b"),
        Refusal.EMPTY_PLACE: ("2.a",),
        Refusal.MISSING: (),
    },
    "grid": {Refusal.ROWS_LEFT: ("a.b",), Refusal.MISSING: ()},
    "several": {Refusal.TOO_MANY: ("a", "b"), Refusal.TOO_FEW: ()},
    "card_sort": {Refusal.UNSORTED: ()},
    "consent": {Refusal.NOT_AGREED: ("no",)},
    "number": {Refusal.OUT_OF_RANGE: ("12",), Refusal.NOT_A_NUMBER: ("x",)},
    "date": {Refusal.NOT_A_DATE: ("x",)},
    "photo": FILES,
    "voice_note": FILES,
    "file": FILES,
}


class TestAPage:
    @pytest.mark.parametrize(
        ("language", "question", "on"),
        [
            ("cy", "Pa mor ddefnyddiol oedd y ddrama?", "Parhau"),
            ("pl", "Jak pomocna była sztuka?", "Dalej"),
            ("ur", "ڈرامہ کتنا مددگار تھا؟", "جاری رکھیں"),
        ],
    )
    def test_speaks_the_language_chosen(self, visitor, language, question, on):
        visitor.press(visitor.open(f"{START}?language={language}"))

        page = visitor.ask("play", "helpful").body

        assert f'lang="{language}"' in page
        assert question in page
        assert on in page
        assert ('dir="rtl"' in page.split("<head")[0]) is (language == "ur")

    def test_says_in_the_language_what_is_wrong(self, visitor):
        visitor.press(visitor.open(f"{START}?language=pl"))
        page = visitor.ask("play", "helpful")

        refused = visitor.press(page, ("helpful", "no_such_option"))

        assert "Wystąpił problem" in refused.body
        assert "Wybierz jedną z tych" in refused.body

    def test_marks_what_is_not_translated_as_english(self, visitor):
        page = visitor.open(f"{START}?language=ur").body

        assert '<span lang="en" dir="auto">' in page

    def test_keeps_every_answer_when_the_language_changes(self, visitor, database):
        visitor.press(visitor.open(f"{START}?language=ur"))
        visitor.press(visitor.ask("play", "helpful"), ("helpful", "quite"))
        way = visitor.open(f"{START}/way")

        visitor.send(way.forms[0].action, [*way.forms[0].hidden, ("language", "cy")])

        assert answered(database, "helpful") == [["quite"]]
        assert "Eithaf defnyddiol" in visitor.ask("play", "helpful").body


class TestAPoster:
    """K5: one to print in each language of the survey; its code leads to the survey in it."""

    @pytest.mark.parametrize(
        ("language", "scan"),
        [
            ("en", "Scan the code with a phone"),
            ("cy", "Sganiwch y cod"),
            ("pl", "Zeskanuj kod"),
            ("ur", "فون سے کوڈ اسکین کریں"),
        ],
    )
    def test_is_in_one_language_and_leads_to_it(self, visitor, database, language, scan):
        link = f"/go/{make_link(database, 'play')}"

        poster = visitor.open(f"{link}/poster?language={language}").body
        (code,) = re.findall(r'<img class="voice-qr" src="([^"]+)"', poster)
        holds = link if language == "en" else f"{link}?language={language}"

        assert scan in poster
        assert f'<html lang="{language}"' in poster
        assert visitor.client.get(code).get_data() == qr_svg(f"http://localhost{holds}")
        visitor.lose_cookies()
        assert f'<html lang="{language}"' in visitor.open(holds).body


class TestAPaperForm:
    """K5: the form to print in the language of the start page, and in its way."""

    def test_speaks_the_language_that_the_start_page_speaks(self, visitor):
        (link,) = set(
            re.findall(r'href="([^"]+/paper[^"]*)"', visitor.open(f"{START}?language=ur").body)
        )

        form = visitor.open(unescape(link)).body

        assert re.search(r'<article class="paper" lang="ur" dir="rtl">', form)
        assert "ڈرامہ کتنا مددگار تھا؟" in form
        assert "ایک خانے پر نشان لگائیں۔" in form
        assert 'paper.docx?language=ur"' in form

    def test_is_a_word_document_from_right_to_left(self, visitor, app):
        written = app.test_client().get(f"{START}/paper.docx?language=ur").data

        document = Document(BytesIO(written))

        assert "ڈرامہ کتنا مددگار تھا؟" in "".join(each.text for each in document.paragraphs)
        assert all(each._p.pPr.find(qn("w:bidi")) is not None for each in document.paragraphs)

    def test_is_worded_in_the_way_that_is_asked_for(self, visitor, database):
        with database.writing() as session:
            make_consultation(session, survey="pep_pupil_2017", slug="plan")

        form = visitor.open("/consultations/plan/paper?way=pictures").body

        assert "1. School?" in form
        assert "How do you feel about school?" not in form


class TestAnExport:
    def test_says_in_which_way_and_language_each_was_asked(self, visitor, database, app):
        """A10 and K5: one `value` whatever the words, so that answers count together."""
        with database.writing() as session:
            make_consultation(session, survey="pep_pupil_2017", slug="plan")
        answer(visitor, f"{START}?language=cy", "helpful", "quite")
        answer(Visitor(app), "/consultations/plan?way=pictures", "school", "good")
        answer(Visitor(app), "/consultations/plan", "school", "good")

        with database.reading() as session:
            lines = [*stored_answers(session, "play"), *stored_answers(session, "plan")]

        said = {(each["variant"], each["language"], each["value"]) for each in lines}
        assert said == {
            ("", "cy", "quite"),
            ("pictures", "en", "good"),
            ("words", "en", "good"),
        }
        assert "Eithaf defnyddiol" in {each["label"] for each in lines}


class TestAChat:
    def test_speaks_the_language_and_changes_it_with_the_answers_kept(self, visitor, database):
        page = visitor.press(visitor.open(f"{START}/chat?language=cy"))
        assert "Pwy sy&#39;n ei ddarllen:" in page.body
        page = visitor.press(page)
        assert "Cwestiwn 1 o hyd at 6" in page.body
        page = visitor.press(page)

        page = tap(
            visitor,
            visitor.send(f"{START}/chat", [*page.forms[0].hidden, ("words", "/ways")]),
            "Polski",
        )

        assert "Pytanie 2 z najwyżej 6" in page.body
        assert "Jak pomocna była sztuka?" in page.body
        assert answered(database, "attitude") == [["yes"]]

    def test_leaves_other_words_as_they_are(self):
        assert in_language("Skip the queue", "cy") == "Skip the queue"
        assert in_language("Question 2 of 9", "ur") == "سوال 2 از 9"


class TestToldBack:
    """What somebody said is told back in their language, on the check page and in a chat."""

    @pytest.mark.parametrize(
        ("given", "cy", "pl", "ur"),
        [
            ({"kind": "date"}, "3 Ebrill 2009", "3 kwietnia 2009", "3 اپریل 2009"),
            ({"kind": "time"}, "15:30", "15:30", "15:30"),
            ({"kind": "photo"}, "Anfonoch lun", "Wysłano zdjęcie", "آپ نے تصویر بھیجی"),
            (
                {"kind": "photo", "most": 2, "max_mb": 1},
                "Anfonoch 2 ffeil",
                "Wysłano pliki: 2",
                "آپ نے 2 فائلیں بھیجیں",
            ),
        ],
    )
    def test_in_the_language_spoken(self, given, cy, pl, ur):
        question = TypeAdapter(AnyQuestion).validate_python({"code": "q", "text": "?", **given})
        values = {"date": ("2009-04-03",), "time": ("15:30",)}.get(
            given["kind"], ("a" * 32, "b" * 32)[: given.get("most", 1)]
        )
        answer = Answer("q", values)

        assert [words_of(question, answer, one) for one in LANGUAGES] == [cy, pl, ur]
        assert [answer_in_words(question, answer, one) for one in LANGUAGES] == [cy, pl, ur]
        assert in_words(question, answer, "ur") == ur

    def test_in_a_sentence_that_an_answer_stands_in(self):
        question = TypeAdapter(AnyQuestion).validate_python(
            {"kind": "several", "code": "q", "text": "?", "options": TWO}
        )

        said = [short_words(question, Answer("q", ("a", "b")), one) for one in LANGUAGES]

        assert said == ["Maths a Art", "Maths i Art", "Maths اور Art"]

    def test_that_it_was_left_out(self):
        question = TypeAdapter(AnyQuestion).validate_python(
            {"kind": "short_text", "code": "q", "text": "?"}
        )

        said = [answer_in_words(question, Answer("q", ()), one) for one in LANGUAGES]

        assert said == [catalogue(one)["(skipped)"] for one in LANGUAGES]

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "said",
        [
            "2 of 5: Ble?",
            "Cyn: type a number from 0 to 100.",
            "Is this your order? Press Done, or Undo to change it.",
            "Choose up to 3, then press Done.",
            sent_so_far(2),
        ],
    )
    def test_beside_what_a_chat_asks_in_parts(self, language, said):
        assert not re.search(r"\b(type|Press|Choose|of)\b", in_language(said, language))


class TestTheWordsOfTheService:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_translated_on_the_answering_pages(self, language):
        pages = [f"public/{name}.html" for name in ANSWERING]
        pages += [f"components/{name}.html" for name in COMPONENTS]
        said = {words for page in pages for words in words_in(page)}

        assert share_said(said, language) >= FLOOR, missing(said, language)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_translated_where_an_answer_is_refused(self, language):
        said = set(every_refusal())

        assert len(said) > len(REFUSED)
        assert share_said(said, language) >= FLOOR, missing(said, language)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_keep_the_parts_that_are_filled_in(self, language):
        for english, said in catalogue(language).items():
            assert re.findall(r"\{\w+\}", english) == sorted(
                re.findall(r"\{\w+\}", said), key=english.index
            ), english

    def test_are_english_where_there_is_no_file(self):
        assert say("fr", "Continue") == "Continue"


class TestASurveyInOtherLanguages:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_translated_whole(self, language):
        assert untranslated(read_from_library("chelseas_choice_2015"), language) == {}

    def test_is_told_which_question_lacks_which_language(self, survey_file):
        (finding,) = check_survey(read_survey_file(survey_file("texts: {title: Bysiau}")))[:1]

        assert "is not translated into Welsh" in finding.message

    def test_names_a_text_that_is_not_there(self, survey_file):
        with pytest.raises(DefinitionError, match=r"questions.gone.text: there is no such text"):
            read_survey_file(survey_file("texts: {questions.gone.text: Ble?}"))

    def test_has_a_place_for_every_text_of_a_question(self):
        places = texts_of(read_from_library("chelseas_choice_2015"))

        assert places["questions.worried.options.yes.label"] == "Yes"
        assert not [place for place in places if place.endswith((".code", ".kind"))]

    def test_has_a_place_for_whatever_a_question_of_any_kind_says(self):
        said = {name for model in every_model() for name in texts_among(model)}

        assert said - TEXTS - NO_TEXTS == set()

    @pytest.fixture
    def survey_file(self, tmp_path):
        def make(texts):
            text = (TEMPLATES.parent / "docs/surveys.md").read_text("utf-8")
            first = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1]
            (tmp_path / "bus.yaml").write_text(first, "utf-8")
            (tmp_path / "bus.cy.yaml").write_text(f"language: cy\n{texts}\n", "utf-8")
            return tmp_path / "bus.yaml"

        return make


def every_model():
    waiting = list(get_args(get_args(AnyQuestion)[0]))
    found = []
    while waiting:
        model = waiting.pop()
        found.append(model)
        for field in model.model_fields.values():
            inner = [field.annotation, *get_args(field.annotation)]
            parts = [one for one in inner if isinstance(one, type) and issubclass(one, Definition)]
            waiting += [part for part in parts if part not in found]
    return found


def texts_among(model):
    fields = model.model_fields.items()
    return [name for name, field in fields if field.annotation in (str, str | None)]


def every_refusal():
    """What pages and chats say of measures, files and limits when they take no answer."""
    for kind, refusals in REFUSED.items():
        question = TypeAdapter(AnyQuestion).validate_python(
            {"kind": kind, "code": "q", "text": "What?", **NEEDS.get(kind, {})}
        )
        for refusal, given in refusals.items():
            for audience in (Audience.YOUNG, Audience.ADULT):
                yield refusal_in_words(refusal, question, audience, given=given)
            yield refused(refusal, question)


def share_said(sentences, language):
    return 1 - len(missing(sentences, language)) / len(sentences)


def missing(sentences, language):
    return [
        each
        for each in sentences
        if each not in catalogue(language) and in_language(each, language) == each
    ]


def answer(visitor, address, question, value):
    visitor.press(visitor.open(address))
    slug = address.split("?")[0].rsplit("/", 1)[-1]
    form = visitor.ask(slug, question).forms[0]
    visitor.send(form.action, [*form.hidden, (question, value)])


def words_in(name):
    text = (TEMPLATES / name).read_text("utf-8")
    return re.findall(r'(?:_|_plain|button|warning|panel)\("([^"]+)"', text)


def tap(visitor, page, label):
    (value,) = re.findall(rf'name="tap" value="([^"]+)">\s*{label}', page.body)
    return visitor.send(page.forms[0].action, [*page.forms[0].hidden, ("tap", value)])


@pytest.fixture
def visitor(app, database):
    with database.writing() as session:
        make_consultation(session, survey="chelseas_choice_2015", slug="play")
    return Visitor(app)


class TestTheLanguageChosen:
    """A switch at any point is kept: round a survey, in it, and when something fails."""

    def test_goes_with_somebody_from_the_front_page_through_the_survey(self, visitor):
        visitor.open("/?language=cy")

        assert "Dechrau nawr" in visitor.open(START).body
        assert "Cwestiwn 1 o hyd at 6" in visitor.begin("play").body
        assert "Ni allwn ddod o hyd i" in visitor.open("/nowhere").body
        assert "Eich preifatrwydd" in visitor.open("/privacy").body

    def test_is_offered_on_every_page_round_a_survey_by_its_own_name(self, visitor):
        page = visitor.open("/young-people").body

        assert re.findall(r'hreflang="(\w+)"', page) == list(LANGUAGES)
        assert "/young-people?language=ur" in page

    def test_is_taken_from_a_survey_to_the_pages_round_it(self, visitor):
        visitor.press(visitor.open(f"{START}?language=cy"))
        way = visitor.open(f"{START}/way")

        visitor.send(way.forms[0].action, [*way.forms[0].hidden, ("language", "pl")])

        assert "Twoja prywatność" in visitor.open("/privacy").body

    def test_can_be_english_again(self, visitor):
        visitor.open("/?language=ur")

        page = visitor.open("/?language=en").body

        assert '<html lang="en" dir="ltr"' in page
        assert '<html lang="en" dir="ltr"' in visitor.open("/privacy").body

    def test_that_is_none_of_ours_changes_nothing(self, visitor):
        assert '<html lang="en" dir="ltr"' in visitor.open("/?language=tlh").body

    def test_is_forgotten_on_a_kiosk_by_the_next_person(self, visitor, database):
        with database.writing() as session:
            ours = session.scalars(select(Consultation)).one()
            session.add(Link(consultation=ours, code="CDFGHJ", label="Library",
                             kind=LinkKind.KIOSK, made_at=NOON))  # fmt: skip
        visitor.open("/go/CDFGHJ")
        assert "Cwestiwn 1 o hyd at 6" in visitor.press(visitor.open(f"{START}?language=cy")).body

        visitor.open(f"{START}/reset")

        assert '<html lang="en"' in visitor.open(START).body

    def test_leaves_the_pages_of_officers_in_english(self, visitor):
        visitor.open("/?language=ur")

        assert '<html lang="en" dir="ltr"' in visitor.open("/officers/sign-in").body


class TestAWorkerWhoHelps:
    """The child's language is not always the worker's, so each reads their own."""

    HELP = f"{START}/with-somebody"

    def test_reads_english_while_the_child_reads_urdu(self, visitor):
        page = visitor.open(f"{self.HELP}?language=ur")
        assert "What is your role?" in page.body

        asked = visitor.press(page, ("worker", "advocate")).body

        assert '<html lang="ur" dir="rtl"' in asked
        assert '<html lang="en"' in visitor.open("/privacy").body

    def test_reads_the_boxes_under_the_childs_words_in_their_own_language(self, visitor):
        page = visitor.open(f"{self.HELP}?language=ur&mine=pl")
        assert "Jaka jest Twoja rola?" in page.body
        visitor.press(page, ("worker", "advocate"))

        asked = visitor.ask("play", "remember").body

        assert '<div lang="pl" dir="ltr">' in asked
        assert "Nie chcieli powiedzieć" in asked
