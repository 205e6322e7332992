"""Files that people sent, for officers: listed, downloaded, packed, and each time written down."""

import io
import re
import zipfile
from uuid import UUID

import pytest

from surveys.answers import Answer
from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.surveys.conftest import ABOUT
from tests.voice import samples
from tests.voice.themed import make_officer
from voice.models import AuditEntry, Channel, Media, Role, SignIn
from voice.services import keys, media, responses
from voice.services.exports import stored_answers
from voice.services.media import folder_of

PHOTO = {"code": "place", "kind": "photo", "text": "Show us the place"}
FILES = "/officers/consultations/media/files"
SVG_NAME = "<svg onload=x>.html"


@pytest.fixture
def sent(database, settings):
    """One response with a photo, sent in, and an officer of the team who may read it."""
    asked = {"code": "media", "title": "Media", "about": ABOUT, "questions": [PHOTO]}
    put = media.put_away(folder_of(settings), samples.picture(), name=SVG_NAME)
    with database.writing() as session:
        consultation = make_consultation(session, survey=Survey.model_validate(asked), slug="media")
        begun = responses.start_response(session, consultation, Channel.WEB, now=NOON)
        media.add(session, put, now=NOON)
        answer = Answer("place", (put.id,), "=HYPERLINK(1)")
        responses.record_answer(session, begun.response, answer, now=NOON)
        responses.submit_response(session, begun.response, now=NOON)
        officer = make_officer(session, role=Role.OFFICER, team="families")
        row = SignIn(
            key_hash=keys.hash_key("key"), officer_id=officer.id, began_at=NOON, seen_at=NOON
        )
        session.add(row)
    return put


@pytest.fixture
def officer(client):
    client.set_cookie("officer", "key")
    return client


def actions(database):
    with database.reading() as session:
        return [entry.action for entry in session.query(AuditEntry)]


class TestTheFilesOfAConsultation:
    def test_are_listed_and_none_is_shown(self, officer, sent):
        page = officer.get(FILES).get_data(as_text=True)

        assert "People sent 1 file." in page
        assert "<img" not in page
        assert SVG_NAME not in page

    def test_leave_out_those_of_a_response_that_raised_an_alert(self, officer, sent, database):
        """SAF-8: neither the list nor the files of a response set apart."""
        with database.writing() as session:
            response = session.query(Media).one().response
            answer = Answer("place", (sent.id,), "I want to kill myself tonight")
            responses.record_answer(session, response, answer, now=NOON)

        page = officer.get(FILES).get_data(as_text=True)
        with officer.get(f"{FILES}.zip") as reply:
            packed = zipfile.ZipFile(io.BytesIO(reply.get_data()))

        assert "Removed for safeguarding: fewer than 8." in page
        assert "kill myself" not in page
        assert packed.namelist() == ["manifest.csv"]
        assert "kill myself" not in packed.read("manifest.csv").decode()
        assert officer.get(f"{FILES}/{UUID(sent.id)}").status_code == 404

    def test_are_given_one_by_one_to_keep_and_never_to_show(self, officer, sent, database):
        with officer.get(f"{FILES}/{UUID(sent.id)}") as reply:
            given = reply.get_data()

        assert given[:3] == b"\xff\xd8\xff"
        assert samples.TELLING not in given
        assert reply.headers["Content-Disposition"] == f"attachment; filename={sent.id}.jpg"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert "file opened" in actions(database)

    def test_are_packed_with_a_list_that_no_spreadsheet_runs(self, officer, sent, database):
        with officer.get(f"{FILES}.zip") as reply:
            packed = zipfile.ZipFile(io.BytesIO(reply.get_data()))

        listed = packed.read("manifest.csv").decode()
        assert set(packed.namelist()) == {f"{sent.id}.jpg", "manifest.csv"}
        assert "'=HYPERLINK(1)" in listed
        assert "files exported" in actions(database)

    def test_of_another_consultation_are_not_found(self, officer, sent, database):
        with database.writing() as session:
            make_consultation(session, slug="other")

        assert (
            officer.get(f"/officers/consultations/other/files/{UUID(sent.id)}").status_code == 404
        )

    def test_are_closed_to_whoever_is_not_signed_in(self, client, sent):
        assert client.get(f"{FILES}/{UUID(sent.id)}").status_code == 302

    def test_that_are_not_on_the_disk_are_not_found(self, officer, sent, settings):
        for path in folder_of(settings).glob("??/*"):
            path.unlink()

        assert officer.get(f"{FILES}/{UUID(sent.id)}").status_code == 404


class TestTheExportOfAnswers:
    def test_names_a_file_by_its_id_with_its_type_and_size(self, sent, session):
        (exported,) = stored_answers(session, "media")

        assert exported["value"] == sent.id
        assert exported["label"] == f"image/jpeg, {sent.size_bytes} bytes"


class TestASheetOfAPaperAnswer:
    def test_is_added_to_the_answer_as_a_whole(self, officer, sent, database):
        """Row A1, TEST d: "free-text sheets attachable"."""
        page = "/officers/consultations/media/enter"
        day = {"received-on-day": "1", "received-on-month": "6", "received-on-year": "2026"}
        sheet = (io.BytesIO(samples.pdf()), "sheet.pdf")
        token = officer.get(page).get_data(as_text=True).split('name="csrf_token"')[1]
        token = token.split('value="')[1].split('"')[0]

        reply = officer.post(
            page, data={**day, "csrf_token": token, "press": "one", "sheets": sheet}
        )

        assert reply.status_code == 303
        with database.reading() as session:
            added = session.query(Media).filter_by(question="").one()
            assert (added.media_type, added.response.channel) == ("application/pdf", Channel.PAPER)

    def test_may_be_one_of_several(self, officer, sent, database):
        page = "/officers/consultations/media/enter"
        day = {"received-on-day": "1", "received-on-month": "6", "received-on-year": "2026"}
        body = officer.get(page).get_data(as_text=True)
        token = body.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        sheets = [(io.BytesIO(samples.pdf()), "1.pdf"), (io.BytesIO(samples.picture()), "2.jpg")]

        officer.post(page, data={**day, "csrf_token": token, "press": "one", "sheets": sheets})

        assert re.search(r'<input[^>]* name="sheets"[^>]* multiple', body)
        with database.reading() as session:
            added = session.query(Media).filter_by(question="").all()
            assert {each.media_type for each in added} == {"application/pdf", "image/jpeg"}
            assert len({each.response_id for each in added}) == 1

    def test_of_a_wrong_type_is_refused_and_the_form_kept(self, officer, sent, database):
        page = "/officers/consultations/media/enter"
        day = {"received-on-day": "1", "received-on-month": "6", "received-on-year": "2026"}
        token = officer.get(page).get_data(as_text=True).split('name="csrf_token"')[1]
        token = token.split('value="')[1].split('"')[0]
        sheet = (io.BytesIO(b"PK\3\4"), "sheet.docx")

        reply = officer.post(
            page, data={**day, "csrf_token": token, "press": "one", "sheets": sheet}
        )

        assert reply.status_code == 422
        assert "We cannot take that kind of file" in reply.get_data(as_text=True)
