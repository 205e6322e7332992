"""What the privacy page tells people before they answer."""


def test_says_that_what_is_kept_apart_cannot_be_taken_back_once_sent(app):
    page = app.test_client().get("/privacy").get_data(as_text=True)

    assert "One thing cannot be taken back." in page
    assert "Once you send your answers, what you said there is only added up." in page


def test_says_when_names_and_unanswered_questions_go(app):
    page = app.test_client().get("/privacy").get_data(as_text=True)

    assert "gets no reply, we delete it after a year" in page
    assert "delete your name and address a year after the close" in page
    assert "goes the next day" in page
