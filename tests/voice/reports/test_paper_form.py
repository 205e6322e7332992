"""The form to fill in by hand: its values, and the files drawn from them."""

import re
import zlib
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from surveys.definition import library_codes, read_from_library
from surveys.engine import Survey
from surveys.questions import OneOf
from tests.conftest import NOON
from voice.reports.paper_document import BOX, paper_document
from voice.reports.paper_form import paper_form
from voice.reports.paper_pdf import paper_pdf


def form_of(survey):
    """The form of a survey of the library, or of one made here."""
    read = read_from_library(survey) if isinstance(survey, str) else survey
    return paper_form(read, council="Test Council", closes_at=NOON)


def made(*questions):
    """A survey of these questions."""
    about = dict.fromkeys(("what", "why", "who_for", "what_happens", "who_reads"), "Words")
    return Survey.model_validate(
        {"code": "made", "title": "Made", "about": {**about, "minutes": 5}, "questions": questions}
    )


def ask(code, **keys):
    """A question that takes yes or no."""
    options = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
    return {"code": code, "kind": "choice", "text": f"The {code}?", "options": options} | keys


class TestThePersonalCode:
    @pytest.mark.parametrize(
        ("survey", "has_line"),
        [("pep_pupil_2017", True), ("zap_child", True), ("early_help_2017", False)],
    )
    def test_has_a_line_where_the_survey_has_codes(self, survey, has_line):
        document = docx.Document(BytesIO(paper_document(form_of(survey), large=False)))

        lines = [each.text for each in document.paragraphs if "Your code, if you" in each.text]
        assert bool(lines) is has_line


class TestThePaperForm:
    def test_has_every_question_under_its_printed_number(self):
        survey = read_from_library("early_help_2017")

        printed = [(one.number, one.text) for one in form_of("early_help_2017").questions]

        assert printed == [
            (str(question.printed_number or "A"), question.text) for question in survey.questions
        ]

    @pytest.mark.parametrize("code", library_codes())
    def test_has_every_option(self, code):
        offered = [
            [option.label for option in question.options] if isinstance(question, OneOf) else []
            for question in read_from_library(code).questions
        ]

        printed = [[one.label for one in question.options] for question in form_of(code).questions]

        assert printed == offered

    def test_has_lines_to_write_on_where_words_are_asked_for(self):
        by_number = {one.number: one for one in form_of("early_help_2017").questions}

        assert by_number["2"].lines > by_number["19"].lines == by_number["12"].lines == 1
        assert by_number["8"].lines == 0
        assert by_number["17"].options[-1].has_line


class TestTheWayThroughIt:
    def test_is_that_of_the_paper_of_2017(self):
        said = {one.number: one.go_to for one in form_of("early_help_2017").questions if one.go_to}

        assert said == {
            "7": (
                "If you answered ‘As an individual’ to question A, go to question 8.",
                "If you answered ‘On behalf of an organisation’ to question A, go to question 17.",
            ),
            "16": ("If you answered ‘As an individual’ to question A, you have finished.",),
        }

    def test_says_for_whom_each_part_is(self):
        said = [one.only_if for one in form_of("early_help_2017").questions if one.only_if]

        assert said == [
            "Answer questions 8 to 16 only if you answered ‘As an individual’ to question A.",
            "Answer questions 17 to 19 only if you answered ‘On behalf of an organisation’ to "
            "question A.",
        ]

    def test_leads_those_who_left_it_empty_on_as_the_pages_do(self):
        form = form_of(made(ask("a"), ask("b", ask_if={"question": "a", "is": "yes"}), ask("c")))

        assert form.questions[0].go_to == (
            "If you answered ‘Yes’, go to question 2.",
            "If you answered ‘No’ or left it empty, go to question 3.",
        )

    def test_says_what_several_answers_together_decide(self):
        both = {"all": [{"question": "a", "is": "yes"}, {"not": {"question": "b", "is": "no"}}]}
        form = form_of(made(ask("a"), ask("b"), ask("c", ask_if=both)))

        assert form.questions[2].only_if == (
            "Answer question 3 only if you answered ‘Yes’ to question 1 and you did not answer "
            "‘No’ to question 2."
        )
        assert [one.go_to for one in form.questions] == [(), (), ()]


class TestAMeasureOnPaper:
    def test_has_a_line_for_each_per_cent(self):
        pair = {"code": "p", "kind": "pair", "text": "How sure?", "start": "Before", "end": "Now"}

        (question,) = form_of(made(pair)).questions

        assert question.blanks == ("Before", "Now")
        assert question.notes == ("Use whole numbers from 0 to 100.",)

    def test_has_a_box_for_the_place_of_each_option(self):
        (question,) = form_of(made(ask("order", kind="ranking"))).questions

        assert [option.label for option in question.options] == ["Yes", "No"]
        assert question.notes[0].startswith("Write 1 beside the one that comes first")

    def test_is_a_table_where_rows_are_rated(self):
        two = [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}]
        grid = {"code": "g", "kind": "grid", "text": "How?", "rows": two, "columns": two}
        form = form_of(made(grid, {"code": "p", "kind": "percent", "text": "How sure?"}))

        document = docx.Document(BytesIO(paper_document(form, large=True)))

        assert form.questions[0].rows == ("A", "B")
        assert [cell.text for cell in document.tables[0].rows[1].cells] == ["A", BOX, BOX]
        assert any(each.text.endswith("_ %") for each in document.paragraphs)


class TestThePdf:
    def test_is_tagged_and_has_every_question_as_a_heading(self):
        pdf = opened(paper_pdf(form_of("early_help_2017"), large=False))

        assert b"/StructTreeRoot" in pdf
        assert b"/MarkInfo" in pdf
        assert len(re.findall(rb"/S ?/H3\b", pdf)) == 20

    def test_is_longer_in_large_print(self):
        form = form_of("early_help_2017")

        usual, large = (pages_of(paper_pdf(form, large=size)) for size in (False, True))

        assert large > usual > 1


def opened(pdf):
    """A PDF with its compressed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompress(one) for one in parts if one[:1] == b"x")


def pages_of(pdf):
    return len(re.findall(rb"/Type ?/Page\b", opened(pdf)))


class TestTheDocument:
    def test_opens_with_every_question_as_a_heading(self):
        form = form_of("early_help_2017")

        document = docx.Document(BytesIO(paper_document(form, large=False)))

        headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
        assert headings == [f"{one.number}. {one.text}" for one in form.questions]

    def test_has_a_box_for_every_option(self):
        form = form_of("early_help_2017")

        document = docx.Document(BytesIO(paper_document(form, large=True)))

        boxes = [one.text for one in document.paragraphs if one.text.startswith(BOX)]
        assert boxes == [f"{BOX} {one.label}" for each in form.questions for one in each.options]
        assert document.styles["Normal"].font.size.pt == 18

    def test_never_parts_a_question_from_its_answers_at_the_end_of_a_page(self):
        form = form_of("hmip_viewpoint")

        document = docx.Document(BytesIO(paper_document(form, large=False)))

        texts = [one.text for one in document.paragraphs]
        start = texts.index(f"1. {form.questions[0].text}")
        end = texts.index(f"2. {form.questions[1].text}") - 1
        kept = [one.paragraph_format.keep_with_next for one in document.paragraphs[start:end]]
        assert kept == [True] * (end - start)


class TestAFormInAnotherLanguage:
    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    def test_has_no_english_way_through_it(self, language):
        both = {"any": [{"question": "a", "is": "yes"}, {"not": {"question": "b", "is": "no"}}]}
        questions = (
            ask("a"), ask("b", ask_if={"question": "a", "is": "yes"}),
            ask("c", ask_if=both), ask("d"),
        )  # fmt: skip
        survey = made(*questions).model_copy(update={"language": language})
        form = replace(
            form_of(survey), demonstration="Try it, but do not tell it anything real. Ours."
        )

        said = [
            form.heading,
            *(words for one in form.questions for words in (one.only_if, *one.go_to)),
        ]
        routed = [words for words in said if words]
        assert len(routed) > 4
        assert not re.search(
            r"\b(If you|Answer|question|Questions|or|and|only)\b", " ".join(routed)
        )
        assert not any(one.is_routed_in_english for one in form.questions)
        first, tried, ours = form.demonstration_words
        assert (first[1], tried[1], ours) == (language, language, ("Ours.", "en"))

    @pytest.mark.parametrize("language", ["cy", "pl", "ur"])
    def test_keeps_a_condition_whole_that_it_cannot_say(self, language):
        on = {"question": "n", "skipped": True}
        number = {"code": "n", "kind": "number", "text": "How many?"}
        survey = made(number, ask("a", ask_if=on)).model_copy(update={"language": language})

        question = form_of(survey).questions[1]
        said = "Answer question 2 only if you were asked and left out question 1."
        assert question.only_if == said
        assert question.is_routed_in_english

    @pytest.mark.parametrize(
        ("asked", "on", "said"),
        [
            ("number", {"at_least": 5}, "w pytaniu 1 odpowiedź to 5 lub więcej"),
            ("number", {"more_than": 2, "less_than": 8},
             "w pytaniu 1 odpowiedź to więcej niż 2 i mniej niż 8"),
            ("number", {"equals": 3}, "w pytaniu 1 odpowiedź to 3"),
            ("date", {"at_most": "2009-04-03"},
             "w pytaniu 1 odpowiedź to 3 kwietnia 2009 lub wcześniej"),
            ("time", {"more_than": "15:30"}, "w pytaniu 1 odpowiedź to później niż 15:30"),
        ],
    )  # fmt: skip
    def test_says_numbers_dates_and_times_in_its_language(self, asked, on, said):
        first = {"code": "n", "kind": asked, "text": "Which?"}
        survey = made(first, ask("a", ask_if={"question": "n", **on}))
        question = form_of(survey.model_copy(update={"language": "pl"})).questions[1]

        assert said in question.only_if
        assert not question.is_routed_in_english

    @pytest.mark.parametrize("language", ["cy", "ur"])
    def test_says_every_bound_in_the_others_too(self, language):
        first = {"code": "n", "kind": "date", "text": "When?"}
        number = {"code": "m", "kind": "number", "text": "How many?"}
        dates = {"question": "n", "more_than": "2009-04-03", "at_most": "2010-04-03"}
        numbers = {"question": "m", "more_than": 3, "at_most": 9}
        survey = made(first, number, ask("a", ask_if=dates), ask("b", ask_if=numbers))
        form = form_of(survey.model_copy(update={"language": language}))

        assert not any(each.is_routed_in_english for each in form.questions)
        assert not re.search(r"[a-z]{4,}.*(than|less|April)", form.questions[2].only_if)
