"""The form to print, as anybody may take it."""

import sys

import pytest

SURVEYS = ("early-help", "viewpoint", "victims", "play")
PAPER = "/consultations/early-help/paper"


class TestTheFormToPrint:
    @pytest.mark.parametrize("slug", SURVEYS)
    def test_is_offered_before_anybody_begins(self, visitor, slug):
        assert (
            f'href="/consultations/{slug}/paper"'
            in visitor.client.get(f"/consultations/{slug}").text
        )

    @pytest.mark.parametrize("slug", SURVEYS)
    def test_is_a_page(self, visitor, slug):
        page = visitor.client.get(f"/consultations/{slug}/paper")

        assert page.status_code == 200
        assert page.text.count("paper-question") > 4

    def test_comes_in_large_print(self, visitor):
        assert 'class="paper"' in visitor.client.get(PAPER).text
        assert 'class="paper paper-large"' in visitor.client.get(f"{PAPER}?size=large").text

    @pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
    def test_is_a_file_named_for_the_consultation(self, visitor, kind, begins):
        reply = visitor.client.get(f"{PAPER}.{kind}?size=large")

        assert reply.data.startswith(begins)
        assert f'filename="form-early-help.{kind}"' in reply.headers["Content-Disposition"]

    def test_is_still_a_page_where_no_pdf_can_be_drawn(self, visitor, monkeypatch):
        monkeypatch.setitem(sys.modules, "weasyprint", None)  # as if it were not installed
        page = visitor.client.get("/consultations/play/paper.pdf?size=large", follow_redirects=True)

        assert "We cannot make a PDF here just now" in page.text
        assert 'class="paper paper-large"' in page.text
