"""What the privacy page tells people before they answer."""


def test_says_that_what_is_kept_apart_cannot_be_taken_back_once_sent(app):
    page = app.test_client().get("/privacy").get_data(as_text=True)

    assert "One thing cannot be taken back." in page
    assert "Once you send your answers, what you said there is only added up." in page
