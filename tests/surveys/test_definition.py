"""Reading a survey file."""

import re
import time
from pathlib import Path
from typing import get_args

import pytest

from surveys.checks import check_survey
from surveys.definition import (
    MAX_DEFINITION_BYTES,
    DefinitionError,
    library_codes,
    read_from_library,
    read_survey,
    read_survey_file,
)
from surveys.drafting.words import KIND_NAMES
from surveys.engine import About, Survey
from surveys.questions import AnyQuestion, Option, Question

GUIDE = Path(__file__).parents[2] / "docs" / "surveys.md"
KINDS = get_args(get_args(AnyQuestion)[0])
HEAD = """\
code: asked
title: Asked
about:
  what: We ask.
  why: It helps.
  who_for: Everybody.
  minutes: 5
  what_happens: We read it.
  who_reads: A small team.
"""
HEARD = """\
  - code: heard
    kind: choice
    text: Were you listened to?
    options:
      - {code: yes, label: Yes}
      - {code: no, label: No}
"""
WHAT = """\
  - code: what
    kind: free_text
    text: What would you change?
"""
AGE = """\
  - {code: age, kind: number, text: How old are you?}
"""
BORN = """\
  - {code: born, kind: date, precision: month, text: When were you born?}
"""


def reading(questions, *, head=HEAD):
    return read_survey(f"{head}questions:\n{questions}", name="asked.yaml")


def problems_of(questions, *, head=HEAD):
    with pytest.raises(DefinitionError) as refused:
        reading(questions, head=head)
    return [re.sub(r"^line \d+: ", "", each) for each in refused.value.problems]


class TestAGoodFile:
    def test_gives_its_questions_in_order(self):
        survey = reading(HEARD + WHAT)

        assert [question.code for question in survey.questions] == ["heard", "what"]

    @pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "n"])
    def test_may_use_a_word_for_yes_or_no_as_a_code(self, word):
        other = HEARD.replace("code: no,", "code: other,")

        survey = reading(other.replace("code: yes,", f"code: {word},"))

        assert survey.questions[0].options[0].code == word

    def test_keeps_text_in_any_writing(self):
        survey = reading(WHAT.replace("What would you change?", '"ما رأيك؟ ‘quoted’ 👍🏽"'))

        assert survey.questions[0].text == "ما رأيك؟ ‘quoted’ 👍🏽"

    def test_may_begin_with_the_mark_that_windows_writes(self, tmp_path):
        path = tmp_path / "asked.yaml"
        path.write_text(f"{HEAD}questions:\n{WHAT}", encoding="utf-8-sig")

        assert read_survey_file(path).code == "asked"

    def test_may_repeat_options_by_alias(self):
        survey = reading(
            HEARD.replace("options:", "options: &yes_no")
            + "  - {code: again, kind: choice, text: And now?, options: *yes_no}\n"
        )

        assert survey.questions[1].options == survey.questions[0].options


class TestAFaultyFile:
    @pytest.mark.parametrize(
        ("questions", "problem"),
        [
            pytest.param(
                WHAT.replace("text:", "txt:"), "question what → text: is missing; add it", id="text"
            ),
            pytest.param(
                WHAT + "    colour: red\n",
                "question what → colour: is not a key we know; remove it or check its spelling",
                id="an unknown key",
            ),
            pytest.param(
                WHAT.replace("free_text", "essay"),
                "question what: is not a kind of question; see the list in docs/surveys.md",
                id="an unknown kind",
            ),
            pytest.param(
                WHAT.replace("    kind: free_text\n", ""),
                "question what: needs a `kind`; see the list in docs/surveys.md",
                id="no kind",
            ),
            pytest.param(
                WHAT + WHAT,
                "question what: the code is used twice; give each its own",
                id="a code used twice",
            ),
            pytest.param(
                HEARD.replace("code: no", "code: yes"),
                "question heard → options: option code used twice: yes",
                id="an option used twice",
            ),
            pytest.param(
                WHAT.replace("code: what", "code: What next"),
                "question What next → code: is no code; "
                "use up to 40 of a-z, 0-9 and _, and begin with a letter",
                id="no code",
            ),
            pytest.param(
                WHAT.replace("What would you change?", "2017"),
                "question what → text: is not text; put quotation marks around it",
                id="a number for text",
            ),
            pytest.param(
                WHAT.replace("What would you change?", "''"),
                "question what → text: is empty; write something or remove it",
                id="an empty text",
            ),
            pytest.param(
                HEARD.replace("label: No", "lable: No"),
                "question heard → options → 1 → label: is missing; add it",
                id="a slip in an option",
            ),
            pytest.param(
                WHAT + "    ask_if: heard = yes\n",
                "question what → ask_if: a condition needs one of the keys "
                "all, any, not, is, includes, answered, skipped, at_least, at_most, more_than, "
                "less_than, equals, variant, capacity, channel",
                id="a condition in words",
            ),
            pytest.param(
                WHAT + "    ask_if: {question: heard, is: yes}\n" + HEARD,
                "question what: ask_if looks at heard, which is not before it; "
                "move heard up, or look earlier",
                id="a look forward",
            ),
            pytest.param(
                WHAT + "    ask_if: {question: what, answered: true}\n",
                "question what: ask_if looks at what itself, which is a loop; "
                "look at an earlier question",
                id="a look at itself",
            ),
            pytest.param(
                HEARD + WHAT + "    ask_if: {question: heard, is: maybe}\n",
                "question what: ask_if looks at heard = maybe, no such option",
                id="an option that is not there",
            ),
            pytest.param(
                WHAT + "    ask_if: {question: haerd, is: yes}\n",
                "question what: ask_if looks at haerd, which is no question here; "
                "check its spelling",
                id="a question that is not there",
            ),
            pytest.param(
                HEARD + WHAT + "    ask_if: {question: heard, at_least: 3}\n",
                "question what: ask_if compares heard with at_least: 3; "
                "only a number, a date or a time can be compared",
                id="a comparison with a choice",
            ),
            pytest.param(
                AGE + WHAT + "    ask_if: {question: age, at_least: '16'}\n",
                "question what: ask_if compares age with at_least: 16; "
                "write a whole number, without quotation marks",
                id="a comparison of a number with words",
            ),
            pytest.param(
                BORN + WHAT + "    ask_if: {question: born, less_than: 2009}\n",
                'question what: ask_if compares born with less_than: 2009; write it like "2009-04"',
                id="a comparison of a month with a year",
            ),
            pytest.param(
                HEARD.replace("      - {code: no, label: No}\n", ""),
                "question heard → options: needs at least 2; add what is missing",
                id="a choice of one",
            ),
            pytest.param(
                "  !!set {what: null}\n",
                "question 1: is not a list of keys; write `code:`, `kind:` and `text:`",
                id="no list at all",
            ),
        ],
    )
    def test_is_told_which_question_and_the_cure(self, questions, problem):
        assert problem in problems_of(questions)

    def test_is_told_every_fault_at_once(self):
        assert len(problems_of(WHAT.replace("text:", "txt:") + HEARD.replace("kind", "sort"))) == 3

    def test_is_named_in_the_message(self):
        with pytest.raises(DefinitionError, match=r"^asked\.yaml: line 14: question what"):
            reading(WHAT + WHAT)

    def test_is_told_about_a_loop_through_two_questions(self):
        first = HEARD + "    ask_if: {question: again, is: yes}\n"
        second = first.replace("code: heard", "code: again").replace(
            "question: again", "question: heard"
        )

        assert problems_of(first + second) == [
            "question heard: ask_if looks at again, which is not before it; "
            "move again up, or look earlier"
        ]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            pytest.param("", "is empty or no map", id="empty"),
            pytest.param("- a list", "is empty or no map", id="a list"),
            pytest.param("code: [", "line 1", id="not closed"),
            pytest.param(
                "code: a\ncode: b", 'line 2: found duplicate key "code"', id="a key twice"
            ),
            pytest.param("a: !!python/object:os.system x", "could not determine", id="a program"),
            pytest.param("\x00", "is not YAML", id="a null byte"),
            pytest.param("[" * 1_000, "is not YAML", id="a thousand brackets"),
            pytest.param("a: &a [*a]", "repeats itself", id="a list that holds itself"),
        ],
    )
    def test_is_told_when_it_is_no_survey(self, text, problem):
        with pytest.raises(DefinitionError) as refused:
            read_survey(text)

        assert problem in str(refused.value)


class TestTheLineOfAFault:
    @pytest.mark.parametrize(
        ("questions", "fault", "marked"),
        [
            pytest.param(WHAT + "    colour: red\n", "colour", "colour: red", id="an unknown key"),
            pytest.param(
                HEARD + WHAT.replace("    text:", "    txt:"), "→ text", "code: what", id="missing"
            ),
            pytest.param(
                HEARD.replace("label: No", "lable: No"), "→ lable", "lable", id="deep in an option"
            ),
            pytest.param(HEARD + HEARD, "used twice", "code: heard", id="a duplicate code"),
            pytest.param(
                HEARD + WHAT + "    ask_if: {question: what, answered: true}\n",
                "a loop",
                "ask_if",
                id="a loop",
            ),
            pytest.param(
                WHAT + "    hint: |-\n      Take\n\n      your time.\n    colour: red\n",
                "colour",
                "colour: red",
                id="after a text of several lines",
            ),
        ],
    )
    def test_is_where_its_last_mark_stands(self, questions, fault, marked):
        text = f"{HEAD}questions:\n{questions}"

        with pytest.raises(DefinitionError) as refused:
            read_survey(text)

        (said,) = [each for each in refused.value.problems if fault in each]
        lines = [number for number, line in enumerate(text.splitlines(), 1) if marked in line]
        assert said.startswith(f"line {lines[-1]}: ")

    def test_is_that_of_a_way_and_of_a_language_too(self):
        ways = """\
variants:
  - code: short
    name: Short
    leave_out: [nothing]
translations:
  - language: cy
    texts:
      questions.what.text: Beth
      questions.wat.text: Beth
"""
        with pytest.raises(DefinitionError) as refused:
            read_survey(f"{HEAD}{ways}questions:\n{HEARD}{WHAT}")

        first = len(HEAD.splitlines())
        assert [each.partition(":")[0] for each in refused.value.problems] == [
            f"line {first + 4}",
            f"line {first + 9}",
        ]

    def test_is_in_the_file_of_the_translation(self, tmp_path):
        (tmp_path / "asked.yaml").write_text(f"{HEAD}questions:\n{WHAT}", encoding="utf-8")
        (tmp_path / "asked.cy.yaml").write_text("language: cy\ntexts:\n  titel: Cwestiwn\n")

        with pytest.raises(DefinitionError, match=r"^asked\.cy\.yaml: line 3: titel: there is no"):
            read_survey_file(tmp_path / "asked.yaml")


class TestAHostileFile:
    def test_is_refused_when_it_is_too_large(self):
        with pytest.raises(DefinitionError, match="is larger than 250,000 bytes"):
            read_survey("#" * (MAX_DEFINITION_BYTES + 1))

    def test_is_refused_by_its_size_before_it_is_read(self, tmp_path):
        path = tmp_path / "large.yaml"
        path.write_bytes(b"#" * 5_000_000)

        with pytest.raises(DefinitionError, match="is larger than 250,000 bytes"):
            read_survey_file(path)

    @pytest.mark.parametrize(
        "last",
        [
            pytest.param("questions: *l9", id="in the questions"),
            pytest.param(
                "questions: [{code: a, kind: free_text, text: A, ask_if: {all: *l9}}]",
                id="in a condition",
            ),
        ],
    )
    def test_is_refused_quickly_when_its_aliases_explode(self, last):
        lines = ["x0: &l0 [{question: a, answered: true}]"]
        for level in range(1, 10):
            ten = ", ".join([f"{{any: *l{level - 1}}}"] * 10)
            lines.append(f"x{level}: &l{level} [{ten}]")
        started = time.process_time()

        with pytest.raises(DefinitionError, match="repeats itself by alias too often"):
            read_survey("\n".join([*lines, last]))

        assert time.process_time() - started < 2

    def test_is_refused_when_it_is_not_utf_8(self, tmp_path):
        path = tmp_path / "latin.yaml"
        path.write_bytes("title: Café".encode("latin-1"))

        with pytest.raises(DefinitionError, match="is not UTF-8; save it as UTF-8"):
            read_survey_file(path)


class TestAFileThatCannotBeOpened:
    def test_is_named_when_it_is_not_there(self, tmp_path):
        with pytest.raises(DefinitionError, match=r"^gone\.yaml: is not there; check the path$"):
            read_survey_file(tmp_path / "gone.yaml")

    def test_is_named_when_it_is_a_folder(self, tmp_path):
        with pytest.raises(DefinitionError, match="cannot be opened; check that it is a file"):
            read_survey_file(tmp_path)


class TestTheGuideForOfficers:
    def test_begins_with_a_survey_that_can_be_used_as_it_is(self, examples):
        survey = read_survey(examples[0])

        assert survey.code == "bus_2026"
        assert check_survey(survey) == ()

    def test_shows_questions_that_can_be_used_as_they_are(self, examples):
        questions = [each for each in examples if each.startswith("- code:")]

        assert len(questions) >= 4
        assert len(reading("".join(questions)).questions) >= len(questions)

    def test_explains_every_key_and_every_kind(self):
        explained = set(
            re.findall(r"^\| `(\w+)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
        )
        models = (Survey, About, Question, Option)
        keys = {key for model in models for key in model.model_fields}
        named = (get_args(each.model_fields["kind"].annotation) for each in KINDS)
        kinds = {kind for each in named for kind in each}

        assert keys | kinds <= explained
        assert kinds == set(KIND_NAMES)

    @pytest.fixture
    def examples(self):
        return re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.S | re.M)


class TestTheLibrary:
    def test_gives_each_survey_by_its_code(self):
        assert [read_from_library(code).code for code in library_codes()] == library_codes()

    @pytest.mark.parametrize("code", ["unknown", "../definition", "demonstration/hmip_viewpoint"])
    def test_has_nothing_under_another_name(self, code):
        with pytest.raises(DefinitionError, match="is not in the library"):
            read_from_library(code)
