"""B1 TEST d: the four topics of children's statements before a review are found as themes.

The topics are the printed ones; the statements are ours, for none is printed.
"""

from collections import Counter

import pytest

from voice.analysis.comments import Comment, find_themes

TOPICS = {
    "where and when": (
        "Can my review be at school and not at home",
        "I want my review after school so I miss no lessons",
        "Please change the time of my review",
        "I would like my review at the youth club",
        "The time of the review is too early for me",
        "Can the review be at home this time",
        "Please have my review in the holidays not at school time",
        "I do not want my review at school",
        "Could the review be at a later time after school",
        "Can we change the place and the time of the review",
    ),
    "who comes": (
        "I am worried that my dad is coming",
        "I do not want my mum to come",
        "Why is my old social worker coming",
        "I feel nervous when my dad comes",
        "Please do not let my teacher come",
        "I am worried about my mum coming with her boyfriend",
        "Does my old social worker have to come",
        "I do not want my dad to come and shout",
        "I would be happier if my teacher did not come",
        "My mum coming makes me worried",
    ),
    "leaving out a part": (
        "Can I leave before the end of the meeting",
        "Do I have to stay for the whole meeting",
        "I want to miss the part of the meeting about money",
        "Can I only stay for the first part of the meeting",
        "Please can I leave when the adults talk about health",
        "I do not want to stay for the whole meeting",
        "Can I miss the last part of the meeting",
        "I would like to leave half way through the meeting",
        "Is it okay to stay only for some of the meeting",
        "Can I leave the meeting when I have had enough",
    ),
    "who sits where": (
        "Who will I sit next to",
        "I want to sit next to my foster carer",
        "Can I sit next to my sister",
        "Please let me sit next to my advocate",
        "I do not want to sit next to the chair",
        "Where will I be sitting and who is next to me",
        "Can my foster carer sit next to me",
        "I want to know who is sitting next to me",
        "Can I sit near the door next to my advocate",
        "I like to sit next to somebody I know",
    ),
}


@pytest.fixture(scope="module")
def statements():
    """Each statement by its id, with the topic that it is about."""
    return {
        f"{topic} {place}": (topic, words)
        for topic, said in TOPICS.items()
        for place, words in enumerate(said)
    }


@pytest.fixture(scope="module")
def found(statements):
    """For each theme, how many statements of each topic raise it."""
    report = find_themes([Comment(one, words) for one, (_, words) in statements.items()])
    return [
        Counter(statements[mention.comment_id][0] for mention in theme.mentions)
        for theme in report.themes
    ]


class TestTheFourTopics:
    @pytest.mark.parametrize("topic", TOPICS)
    def test_b1_d_each_is_a_theme_that_is_mostly_its_own(self, found, topic):
        own = [raised for raised in found if raised.most_common(1)[0][0] == topic]

        assert own
        assert max(raised[topic] / raised.total() for raised in own) >= 0.7
        assert sum(raised[topic] for raised in own) >= 6  # of 10

    def test_b1_d_there_are_few_more_themes_than_topics(self, found):
        assert len(TOPICS) <= len(found) <= 2 * len(TOPICS)
