"""`voice demo`, where the demonstration is loaded already."""

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.cli.demo import load_comments, load_demonstration
from voice.models import Channel, Concern, Response
from voice.services import demonstration, demonstration_comments


def test_screens_what_was_made_up_again(database, settings, monkeypatch):
    monkeypatch.setattr(demonstration, "SHOWN", ())  # patched: the whole takes a minute to load
    with database.writing() as session:
        asked = make_consultation(session)
        asked.demonstration = "Printed counts."
        response = make_response(session, asked)
        response.wave = "2017"
        session.add(
            Concern(
                consultation_id=asked.id,
                response_id=response.id,
                question="best",
                channel=Channel.WEB,
                words="The bus is late on Sundays",
                sentence="",
                category="self_harm_suicide",
                tier="alert",
                urgency="immediate",
                detector="an older one",
                shown="help card",
                raised_at=NOON,
            )
        )

    load_demonstration(settings, database)

    with database.reading() as session:
        assert session.query(Concern).count() == 0


def test_loads_the_comments_once_and_writes_their_frame(database, settings, monkeypatch, capsys):
    few = demonstration_comments.read_comments()[:3]
    monkeypatch.setattr(demonstration_comments, "read_comments", lambda: few)  # patched: of 2,641
    demonstration.write_council(settings.home / "council.yaml")

    load_comments(settings, database)
    load_comments(settings, database)

    with database.reading() as session:
        assert session.query(Response).count() == 3
    frame = settings.home / "patient-feedback-frame.csv"
    assert frame.read_bytes() == demonstration_comments.frame_file().read_bytes()
    assert "/officers/consultations/patient-feedback" in capsys.readouterr().out
