"""What the privacy page tells people before they answer."""

from dataclasses import replace

import pytest


def test_says_that_what_is_kept_apart_cannot_be_taken_back_once_sent(app):
    page = app.test_client().get("/privacy").get_data(as_text=True)

    assert "One thing cannot be taken back." in page
    assert "Once you send your answers, what you said there is only added up." in page


def test_says_when_names_and_unanswered_questions_go(app):
    page = app.test_client().get("/privacy").get_data(as_text=True)

    assert "gets no reply, we delete it after 12 months" in page
    assert "delete your name and address 12 months after the close" in page
    assert "goes the next day" in page


class TestACouncilThatKeepsLess:
    @pytest.fixture
    def settings(self, settings):
        council = settings.council.model_copy(update={"kept_months": 6})
        return replace(settings, council=council)

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "gets no reply, we delete it after 6 months"),
            ("cy", "rydym yn ei ddileu ar ôl 6 mis"),
            ("pl", "usuwamy je po 6 miesiącach"),
            ("ur", "اسے 6 ماہ بعد حذف"),
        ],
    )
    def test_says_so_in_each_language(self, client, language, said):
        page = client.get(f"/privacy?language={language}").get_data(as_text=True)

        assert said in page
