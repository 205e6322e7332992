"""`voice privacy`: the papers of the data protection officer, as the service is set up (PRI-8)."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document

from tests.factories import make_consultation

FAR = datetime(2100, 1, 1, tzinfo=UTC)


def written(voice, home, name="papers.html"):
    result = voice("privacy", "--out", str(home / name))
    assert result.exit_code == 0, result.output
    return (home / name).read_bytes()


def test_the_page_says_what_is_set_up_now(voice, store, home, monkeypatch):
    before = written(voice, home).decode()
    (home / "council.yaml").write_text("name: Bridgeshire\nkept_months: 7\n", encoding="utf-8")
    monkeypatch.setenv("VOICE_TELEGRAM_TOKEN", "123:abc")
    with store.writing() as session:
        make_consultation(session, closes_at=FAR)
    after = written(voice, home).decode()

    assert "Telegram is not used." in before
    assert "the words 12 months after it" in before
    assert "will open: 0." in before
    assert "Bridgeshire" in after
    assert "Telegram is used" in after
    assert "the words 7 months after it" in after
    assert "will open: 1." in after


def test_the_document_holds_the_record_the_times_and_the_risks(voice, store, home):
    document = Document(BytesIO(written(voice, home, "papers.docx")))

    said = "\n".join(each.text for each in document.paragraphs)
    assert "Record of processing" in said
    assert "How long: 30 days after the consultation closes" in said
    assert "The database or a backup is copied" in said
