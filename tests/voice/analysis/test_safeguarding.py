"""What a text raises, for the words of children, parents, victims, residents and workers."""

import csv
from pathlib import Path

import pytest

from voice.analysis.lexicon_files import read_lines
from voice.analysis.safeguarding import (
    Category,
    Tier,
    Urgency,
    detector_version,
    is_safe_word,
    screen,
)
from voice.analysis.safeguarding.normalising import read_words
from voice.analysis.safeguarding.plain_answers import says_nothing

OWN = Path(__file__).parent / "data" / "safeguarding_own.csv"


class TestScreening:
    @pytest.mark.parametrize(
        ("text", "category"),
        [
            pytest.param("my dad hits me with a belt", Category.ABUSE_PHYSICAL, id="hit"),
            pytest.param(
                "mum says she wishes i was never born", Category.ABUSE_EMOTIONAL, id="unwanted"
            ),
            pytest.param("my uncle touches me down there", Category.ABUSE_SEXUAL, id="touched"),
            pytest.param("theres no food in our house ever", Category.NEGLECT, id="hungry"),
            pytest.param("i want to die", Category.SELF_HARM_SUICIDE, id="suicidal"),
            pytest.param(
                "he keeps asking me to send nudes and hes 30", Category.EXPLOITATION, id="groomed"
            ),
            pytest.param(
                "My husband hits me and checks my phone", Category.DOMESTIC_ABUSE, id="partner"
            ),
            pytest.param(
                "they beat me up at school every day", Category.BULLYING_SERIOUS, id="bullied"
            ),
            pytest.param(
                "i ran away from my placement last night", Category.MISSING_FROM_HOME, id="missing"
            ),
        ],
    )
    def test_wakes_the_lead_and_names_the_kind_of_harm(self, text, category):
        screening = screen(text)

        assert (screening.tier, screening.category) == (Tier.ALERT, category)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("this homework is murder", id="figure of speech"),
            pytest.param("we beat them 3-0 at netball", id="sport"),
            pytest.param("he killed me in fortnite lol", id="game"),
            pytest.param("we learned about domestic abuse in pshe", id="school topic"),
            pytest.param("The park feels neglected", id="service"),
            pytest.param("nobody hurts me", id="denial"),
            pytest.param("", id="nothing at all"),
        ],
    )
    def test_does_not_wake_the_lead_for_harmless_words(self, text):
        assert screen(text).tier is not Tier.ALERT

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("i want to k1ll mys3lf", id="digits for letters"),
            pytest.param("i want to k\u200bill my\u200bself", id="zero-width marks"),
            pytest.param("i want to kіll mуself", id="Cyrillic letters"),
            pytest.param("i wanna kms", id="text-speak"),
            pytest.param("i want to k i l l myself", id="spaced out"),
            pytest.param("i wannnnt to dieeeee", id="stretched"),
            pytest.param("I WANT TO DIE", id="capitals"),
            pytest.param("i want to un alive myself", id="a word in two"),
        ],
    )
    def test_reads_through_disguise_and_spelling(self, text):
        screening = screen(text)

        assert (screening.tier, screening.category) == (Tier.ALERT, Category.SELF_HARM_SUICIDE)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Nothing", id="nothing"),
            pytest.param("no one", id="nobody"),
            pytest.param("idk", id="does not know"),
            pytest.param("My mum", id="a person"),
            pytest.param("at home", id="a place"),
            pytest.param("Because", id="a word that tells nothing"),
            pytest.param("It is sad that it shut", id="sad, which is not sa'd"),
            pytest.param("I was sad when my nan moved", id="was sad"),
        ],
    )
    def test_sees_no_harm_in_the_plain_answers_of_a_survey(self, text):
        assert screen(text).tier is Tier.NONE

    @pytest.mark.parametrize("text", [*read_lines("no_content"), "Can't think of anything."])
    def test_sees_no_harm_in_an_answer_that_says_nothing(self, text):
        assert screen(text).tier is Tier.NONE

    @pytest.mark.parametrize("text", ["I cannot say no", "nothing matters", "nothing left to say"])
    def test_does_not_take_for_nothing_what_only_sounds_like_it(self, text):
        assert not says_nothing(read_words(text))

    @pytest.mark.parametrize("text", ["suicide", "raped", "scared", "self harm", "i was SA’d"])
    def test_sees_it_in_a_word_or_two_that_name_it(self, text):
        assert screen(text).tier is not Tier.NONE

    @pytest.mark.parametrize(
        "text",
        [
            "It is difficult to hear the voice of the child",
            "How does the partnership hear what children with disabilities want?",
            "The voice of the child is not in the minutes",
        ],
    )
    def test_does_not_wake_the_lead_for_how_a_service_listens(self, text):
        assert screen(text).tier is not Tier.ALERT

    @pytest.mark.parametrize(
        "text",
        [
            *("noose", "gang", "sugar daddy", "pedo uncle", "weapon dad", "staff me", "he stop"),
            *("mum stop", "dad night", "dad no", "Dad\nat night\nmy bed"),
            *("He. At night. In bed. No.", "suicides", "abusive", "gangs"),
        ],
    )
    def test_sees_it_where_few_words_are_all_that_somebody_says(self, text):
        assert screen(text).tier is not Tier.NONE

    @pytest.mark.parametrize(
        "text",
        [
            "Child's wishes: does not want to go home, scared of dad",
            "the childs wishes: not to be left alone with grandad",
            "Wishes of the child: she wishes she was dead",
            "child's opinion: does not feel safe with dad",
            "the opinion of young people is that staff touch them in the showers",
            "I hear the voices of people telling me to die",
        ],
    )
    def test_is_not_put_off_by_how_services_begin_a_line(self, text):
        assert screen(text).tier is not Tier.NONE

    @pytest.mark.parametrize("heading", ["Childs views: ", "Views of the child: "])
    def test_hears_as_much_below_a_heading(self, heading):
        order = [Tier.NONE, Tier.SUPPORT, Tier.ALERT]
        with OWN.open(encoding="utf-8", newline="") as file:
            texts = [row["text"] for row in csv.DictReader(file) if row["label"] == "concern"]

        bare = [order.index(screen(text).tier) for text in texts]
        headed = [order.index(screen(heading + text).tier) for text in texts]

        assert len(texts) > 200
        assert sum(below < above for above, below in zip(bare, headed, strict=True)) <= 1
        assert sum(above and not below for above, below in zip(bare, headed, strict=True)) == 0

    def test_gives_the_sentence_that_raised_it_word_for_word(self):
        screening = screen("The pool is nice. My  dad hits me, n it HURTS! More buses please.")

        assert screening.sentence == "My  dad hits me, n it HURTS!"

    def test_names_rules_as_reasons_and_never_the_words(self):
        screening = screen("my stepdad zebedee strangled me")

        assert screening.reasons
        assert not any("zebedee" in reason for reason in screening.reasons)

    def test_keeps_showing_help_when_a_strong_hit_stands_in_a_harmless_context(self):
        assert screen("lol my dad strangled me after football haha").tier is not Tier.NONE

    def test_says_immediate_for_danger_at_this_moment(self):
        assert screen("ive just taken all my pills").urgency is Urgency.IMMEDIATE

    def test_carries_the_version_of_detector_and_lexicons(self):
        """SAF-11."""
        assert screen("hello").version == detector_version()


class TestSafeWords:
    """SAF-5."""

    @pytest.mark.parametrize("text", ["help", "HELP!", " sos ", "unsafe", "🆘", "/help", "help me"])
    def test_are_known_when_they_are_the_whole_message(self, text):
        assert is_safe_word(text)

    @pytest.mark.parametrize("text", ["helpful staff", "the help desk", "", "safe", "no"])
    def test_are_not_seen_in_other_words(self, text):
        assert not is_safe_word(text)
