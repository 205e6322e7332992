"""Comments in, report out."""

import math
import time
from collections import Counter

import pytest

from voice.analysis.comments import Comment, find_themes, find_themes_by_question

BUSES = (
    "The bus to school is always late.",
    "Buses are late and much too full in the morning.",
    "More buses in the evening please, the last bus is at six.",
    "The bus was late again and nobody told us why.",
    "I miss lessons because the school bus comes late.",
    "Bus fares are too high for young people.",
    "There is no bus to the youth club in the evening.",
    "The late bus makes me miss my first lesson.",
    "Cheaper bus fares would help families.",
    "We need a bus stop near the school.",
)
WEBSITE = (
    "The website is too cluttered.",
    "Website feels too corporate, give young people their own website.",
    "I cannot find anything on the website because the pages are cluttered.",
    "The website uses formal language that I do not understand.",
    "Make the website pages simpler, with more pictures.",
    "The search box on the website does not work.",
    "A website with pictures and less formal language.",
    "The pages of the website are full of formal words.",
    "Simpler website pages and a better search box.",
    "The website looks cluttered on my phone.",
)
WORKERS = (
    "My social worker listens to me.",
    "I keep getting a new social worker and have to tell my story again.",
    "My social worker never answers the phone.",
    "It is hard to trust a new social worker every few months.",
    "The social worker was kind and listened.",
    "Social workers should stay longer, mine changed three times.",
    "I want to keep the same social worker.",
    "Having a different social worker each time means telling my story again.",
    "My social worker is kind and always listens.",
    "Please stop changing my social worker.",
)
PARKS = (
    "There is broken glass in the park.",
    "The park is dirty and the swings are broken.",
    "Clean the park and mend the swings.",
    "Litter and broken glass all over the playground.",
    "The playground needs new swings and a slide.",
    "I do not feel safe in the park after dark.",
    "Put lights in the park so it is safe after dark.",
    "The park has no lights and too much litter.",
    "More bins in the park for the litter.",
    "The swings in the playground have been broken for a year.",
)
ABOUT = {"bus": BUSES, "website": WEBSITE, "worker": WORKERS, "park": PARKS}
SUBJECTS = {text: about for about, texts in ABOUT.items() for text in texts}
ALL_TEXTS = tuple(SUBJECTS)
UNUSUAL = {
    "nothing at all": (),
    "one": ("The park is dirty",),
    "two unlike": ("The park is dirty", "More buses please"),
    "five": ALL_TEXTS[:5],
    "all identical": ("Better buses",) * 30,
    "all without content": ("", "n/a", "Nothing.", "👍", "   ", "Don’t know"),
    "stop words only": ("it was so", "so it was", "of the and"),
    "one giant answer": ("the bus was late because of the road " * 1_800,),
    "one word without end": ("a" * 64_000, "the park is nice", "a nice park"),
    "other alphabets": (
        "Парк грязный",
        "Очень грязный парк",
        "公园很脏",
        "الحديقة قذرة",
        "ਪਾਰਕ ਗੰਦਾ",
    ),
    "emoji beside words": ("👍 great park", "😡 dirty park 😡", "🎉"),
    "control characters": ("a\x00b park", "park \ud800 bus", "\u202epark"),
    "tags and addresses": ("<b>park</b>", "https://example.org/park", "@me #park"),
}


class TestFindingThemes:
    def test_puts_answers_about_the_same_thing_together(self, report):
        purity = [
            Counter(SUBJECTS[text] for text in self.texts(theme)).most_common(1)[0][1] / theme.count
            for theme in report.themes
        ]

        assert sum(purity) / len(purity) >= 0.8

    @pytest.mark.parametrize("subject", list(ABOUT))
    def test_finds_what_people_wrote_about(self, report, subject):
        written = set(ABOUT[subject])

        found = max(len(written & set(self.texts(theme))) for theme in report.themes)

        assert found >= 5

    def test_finds_neither_one_heap_nor_a_theme_for_everybody(self, report):
        assert 4 <= len(report.themes) <= 12

    def test_takes_labels_from_what_people_wrote(self, report):
        everything = " ".join(ALL_TEXTS).casefold()

        assert all(theme.label.casefold() in everything for theme in report.themes)

    def test_gives_every_theme_a_label_of_its_own(self, report):
        labels = [theme.label for theme in report.themes]

        assert len(set(labels)) == len(labels)

    def test_quotes_only_answers_that_raise_the_theme(self, report):
        for theme in report.themes:
            raised = {mention.comment_id for mention in theme.mentions}
            assert set(theme.quotes) <= raised
            assert 1 <= len(theme.quotes) <= 3

    def test_counts_people_and_shares_of_the_base(self, report):
        for theme in report.themes:
            assert theme.count == len(theme.mentions) == len(set(theme.mentions))
            assert math.isclose(theme.share, theme.count / report.base)

    def test_counts_a_tone_for_each_person(self, report):
        for theme in report.themes:
            tone = theme.tone
            assert tone.positive + tone.neutral + tone.negative + tone.mixed == theme.count

    def test_ranks_every_theme_for_every_answer_with_what_it_raises_first(self, report):
        keys = {theme.key for theme in report.themes}
        raised = Counter(
            mention.comment_id for theme in report.themes for mention in theme.mentions
        )
        by_key = {
            theme.key: {mention.comment_id for mention in theme.mentions} for theme in report.themes
        }

        for comment, ranked in report.ranked.items():
            assert set(ranked) == keys
            assert all(comment in by_key[key] for key in ranked[: raised[comment]])

    def test_says_the_same_again_for_the_same_comments(self, report):
        again = find_themes(write_comments(*ALL_TEXTS))

        assert again.themes == report.themes
        assert again.ranked == report.ranked

    def test_hears_two_themes_in_an_answer_that_raises_two(self):
        both = "The bus to school is always late. The swings in the playground are broken."
        comments = [*write_comments(*ALL_TEXTS), Comment("both", both)]

        report = find_themes(comments)

        raised = [
            theme
            for theme in report.themes
            if "both" in {mention.comment_id for mention in theme.mentions}
        ]
        assert len(raised) >= 2

    def test_codes_an_answer_that_many_gave_once_and_counts_everybody(self):
        report = find_themes(write_comments(*["Better buses"] * 7, "better buses!", *ALL_TEXTS))

        same = {str(place) for place in range(8)}
        for theme in report.themes:
            raised = {mention.comment_id for mention in theme.mentions}
            assert not same & raised or same <= raised
        assert len({report.ranked[one] for one in same}) == 1

    def test_sets_answers_without_content_apart_from_the_base(self):
        report = find_themes(write_comments("Nothing", "The bus is late", "The bus was late", "👍"))

        assert report.without_content == ("0", "3")
        assert report.base == 2

    def test_tells_how_far_it_has_come(self):
        told = []

        find_themes(write_comments(*ALL_TEXTS), on_progress=lambda done, _stage: told.append(done))

        assert told == sorted(told)
        assert told[0] == 0.0
        assert told[-1] == 1.0

    @pytest.mark.parametrize("texts", UNUSUAL.values(), ids=UNUSUAL.keys())
    def test_accounts_for_everybody_whatever_they_wrote(self, texts):
        report = find_themes(write_comments(*texts))

        raised = {mention.comment_id for theme in report.themes for mention in theme.mentions}
        everybody = [*report.without_content, *report.unassigned, *raised]
        assert sorted(everybody, key=int) == [str(place) for place in range(len(texts))]
        assert report.base == len(texts) - len(report.without_content)

    def test_stays_quick_and_small_on_a_thousand_answers(self):
        texts = [f"{ALL_TEXTS[n % 40]} {ALL_TEXTS[(n * 7) % 40]} {n}" for n in range(1_000)]
        before = time.process_time()

        report = find_themes(write_comments(*texts))

        assert report.base == 1_000
        assert time.process_time() - before < 60
        assert report.peak_mb < 1_500

    def texts(self, theme):
        return [ALL_TEXTS[int(mention.comment_id)] for mention in theme.mentions]


class TestFindingThemesByQuestion:
    def test_keeps_keys_unique_across_questions(self, reports):
        keys = [theme.key for report in reports.values() for theme in report.themes]

        assert len(set(keys)) == len(keys)

    def test_keeps_the_order_of_the_questions(self, reports):
        assert list(reports) == ["What should change?", "Anything else?"]

    def test_ranks_with_the_same_keys(self, reports):
        for report in reports.values():
            keys = {theme.key for theme in report.themes}
            assert all(set(ranked) == keys for ranked in report.ranked.values())

    def test_gives_no_report_without_comments(self):
        assert find_themes_by_question([]) == {}


def write_comments(*texts, question=""):
    """Return a comment for each text, known by its place."""
    return [Comment(str(place), text, question) for place, text in enumerate(texts)]


@pytest.fixture(scope="module")
def report():
    return find_themes(write_comments(*ALL_TEXTS))


@pytest.fixture(scope="module")
def reports():
    change = write_comments(*BUSES, *PARKS, question="What should change?")
    other = write_comments(*WEBSITE, *WORKERS, question="Anything else?")
    return find_themes_by_question([*change, *other])
