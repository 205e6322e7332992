"""`voice survey` and `voice rehearse`: look at surveys before anybody is asked."""

from surveys.definition import LIBRARY, library_codes
from voice.cli import checking
from voice.services.asked_links import LinkAnswer, Verdict


class TestListingSurveys:
    def test_shows_every_one_that_comes_with_the_service(self, voice):
        printed = voice("survey", "list").output

        assert all(code in printed for code in library_codes())


class TestCheckingASurvey:
    def test_says_what_is_known_to_be_wrong_with_the_form_of_2017(self, voice):
        result = voice("survey", "check", str(LIBRARY / "early_help_2017.yaml"))

        assert result.exit_code == 1
        text = (LIBRARY / "early_help_2017.yaml").read_text("utf-8").splitlines()
        line = text.index("  - code: children") + 1
        assert f"must: line {line}, question children" in result.output

    def test_names_the_line_of_a_text_that_is_not_translated(self, voice, tmp_path):
        survey, welsh = tmp_path / "asked.yaml", tmp_path / "asked.cy.yaml"
        survey.write_text((LIBRARY / "chelseas_choice_2015.yaml").read_text("utf-8"), "utf-8")
        there = (LIBRARY / "chelseas_choice_2015.cy.yaml").read_text("utf-8").splitlines()
        lost = next(each for each in there if ".text:" in each)
        welsh.write_text("\n".join(each for each in there if each != lost), "utf-8")
        code = lost.split(".")[1]

        printed = voice("survey", "check", str(survey)).output

        line = survey.read_text("utf-8").splitlines().index(f"  - code: {code}") + 1
        assert f"line {line}, question {code}: “" in printed
        assert f"is not translated into Welsh; add a text for `questions.{code}.text`" in printed

    def test_finds_nothing_in_the_young_peoples_questionnaire(self, voice):
        result = voice("survey", "check", str(LIBRARY / "hmip_viewpoint.yaml"))

        assert result.exit_code == 0, result.output

    def test_asks_for_its_links_only_when_told_to(self, voice, tmp_path, monkeypatch):
        written = (LIBRARY / "hmip_viewpoint.yaml").read_text("utf-8")
        survey, heard = tmp_path / "asked.yaml", []
        survey.write_text(written.replace("\ntitle: ", "\ntitle: gone.example.uk ", 1), "utf-8")

        def answer(links):
            heard.extend(links)
            return [LinkAnswer(each, Verdict.NOT_FOUND, "Gone") for each in links]

        monkeypatch.setattr(checking, "ask_links", answer)
        assert voice("survey", "check", str(survey)).exit_code == 0
        assert heard == []
        result = voice("survey", "check", str(survey), "--links")

        assert heard == ["gone.example.uk"]
        assert "link: gone.example.uk: not found. Gone" in result.output
        assert result.exit_code == 1

    def test_of_a_file_that_is_not_there_says_so(self, voice):
        result = voice("survey", "check", "nowhere.yaml")

        assert result.exit_code == 1
        assert "nowhere.yaml" in result.output


class TestRehearsingASurvey:
    def test_walks_it_from_the_privacy_words_to_the_thanks(self, voice):
        typed = ["yes", *["skip"] * 5, "no", "/quit"]

        printed = voice("rehearse", "hmip_viewpoint", input="\n".join(typed) + "\n").output

        assert "Who reads it" in printed
        assert "REHEARSAL" in printed

    def test_of_an_unknown_survey_says_which_there_are(self, voice):
        result = voice("rehearse", "nope")

        assert result.exit_code == 1
        assert "early_help_2017" in result.output
