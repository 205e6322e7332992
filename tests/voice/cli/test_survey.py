"""`voice survey` and `voice rehearse`: look at surveys before anybody is asked."""

from surveys.definition import LIBRARY, library_codes


class TestListingSurveys:
    def test_shows_every_one_that_comes_with_the_service(self, voice):
        printed = voice("survey", "list").output

        assert all(code in printed for code in library_codes())


class TestCheckingASurvey:
    def test_says_what_is_known_to_be_wrong_with_the_form_of_2017(self, voice):
        result = voice("survey", "check", str(LIBRARY / "early_help_2017.yaml"))

        assert result.exit_code == 1
        assert "must: question children" in result.output

    def test_finds_nothing_in_the_young_peoples_questionnaire(self, voice):
        result = voice("survey", "check", str(LIBRARY / "hmip_viewpoint.yaml"))

        assert result.exit_code == 0, result.output

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
