"""How the benchmark of the themes measures."""

import pandas as pd
import pytest

from benchmarks.themes import OWN_COPY, Found, match_f1, measure, measure_question, remember_unseen

LABELS = {"a": ["k1"], "b": ["k1"], "c": ["k2"], "d": ["k2", "k3"]}


class TestOurThemes:
    def test_are_nearer_to_peoples_own_than_k_means_is(self):
        answers = pd.read_csv(OWN_COPY / "argkp.csv", dtype=str, keep_default_na=False)
        answers = answers[answers["text"].isin(remember_unseen(OWN_COPY))]
        questions = sorted(answers["question"].unique())[:3]

        measured = [measure_question(answers[answers["question"] == each]) for each in questions]

        for figure in ("nmi", "f1"):
            ours, theirs = (
                sum(getattr(figures[method], figure) for figures in measured)
                for method in ("ours", "TF-IDF + k-means")
            )
            assert ours > theirs


class TestMeasuring:
    def test_gives_full_marks_to_the_same_themes_under_other_names(self):
        themes = {"a": ["x"], "b": ["x"], "c": ["y"], "d": ["y", "z"]}

        figures = measure(found(themes), LABELS)

        assert (figures.themes, figures.f1, figures.recall) == (3, 1.0, 1.0)
        assert figures.nmi == pytest.approx(1.0)

    def test_gives_nothing_for_a_key_point_without_a_theme(self):
        themes = {"a": ["x"], "b": ["x"], "c": ["x"], "d": ["x"]}

        assert sorted(match_f1(found(themes), LABELS)) == pytest.approx([0.0, 0.0, 2 / 3])

    def test_pairs_a_theme_with_one_key_point_only(self):
        themes = {"a": ["x"], "b": ["y"], "c": ["z"], "d": ["z"]}

        assert sorted(match_f1(found(themes), LABELS)) == pytest.approx([0.0, 2 / 3, 1.0])


def found(themes):
    """Return what was found when each comment has `themes`, best first."""
    return Found(themes, {comment: keys[0] for comment, keys in themes.items()}, 0.1)
