"""Files sent in on a page: kept clean and apart, refused in words, gone with the answers."""

import html
import io
import os
import re
import time
from datetime import timedelta
from typing import ClassVar

import pytest
from PIL import Image
from sqlalchemy import select

from surveys.engine import Survey
from surveys.media import MediaQuestion
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.surveys.conftest import ABOUT
from tests.voice import samples
from tests.voice.web.visitor import Visitor, answered, count
from voice.models import Concern, Media
from voice.services import jobs, media
from voice.services.exports import stored_answers
from voice.services.media import THROW_AWAY, folder_of, path_of, throwing_away

PHOTO = {"code": "place", "kind": "photo", "text": "Show us the place", "max_mb": 1}
NOTE = {"code": "said", "kind": "voice_note", "text": "Tell us"}
PAPER = {"code": "sheet", "kind": "file", "text": "Send us your notes"}
MEGABYTE = 1_000_000


@pytest.fixture
def asking(app, database):
    """Return a function that opens a survey and gives somebody at its first question."""

    def begin(*questions):
        asked = {"code": "media", "title": "Media", "about": ABOUT, "questions": questions}
        with database.writing() as session:
            make_consultation(session, survey=Survey.model_validate(asked), slug="media")
        visitor = Visitor(app)
        return visitor, visitor.begin("media")

    return begin


HEIC = b"\0\0\0\x24ftypheic\0\0\0\0mif1heic" + bytes(200)


def file(content, name="IMG_1.jpg"):
    return io.BytesIO(content), name


def removal(page):
    """The tick that takes away the first file that was sent before."""
    return "place-remove", re.search(r'name="place-remove"[^>]*value="(\w+)"', page.body)[1]


def send_large(visitor, page, content):
    """Send a page as bytes: the test client would leave a large file of its own open."""
    part = b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    fields = [(name.encode(), b"", value.encode()) for name, value in page.forms[0].hidden]
    fields.append((b"place", b'; filename="me.jpg"', content))
    body = b"".join(part % field for field in fields) + b"--edge--\r\n"
    kind = "multipart/form-data; boundary=edge"
    return visitor.client.post(page.forms[0].action, data=body, content_type=kind)


def stored(settings):
    return [path for path in folder_of(settings).glob("??/*")]


class TestSendingAPhoto:
    def test_keeps_it_under_a_name_of_chance_without_what_tells_of_the_person(
        self, asking, database, settings
    ):
        visitor, page = asking(PHOTO)

        visitor.press(page, ("place", file(samples.picture(), "../../etc/cron.d/me.jpg")))

        with database.reading() as session:
            row = session.scalars(select(Media)).one()
        assert answered(database, "place") == [[row.id.hex]]
        assert (row.name, row.media_type, row.question) == ("me.jpg", "image/jpeg", "place")
        assert stored(settings) == [path_of(folder_of(settings), row.id)]
        assert samples.TELLING not in stored(settings)[0].read_bytes()

    def test_says_the_limit_before_it_bites(self, asking):
        _, page = asking(PHOTO)

        assert "A picture (JPEG, PNG or WebP) of up to 1 MB." in page.body
        assert 'enctype="multipart/form-data"' in page.body

    def test_screens_and_keeps_the_words_that_come_with_it(self, asking, database):
        visitor, page = asking(PHOTO)
        words = "my dad hits me every night"

        again = visitor.press(page, ("place", file(samples.picture())), ("place-other", words))

        assert again.address.endswith("/thank-you-for-telling-us")
        with database.reading() as session:
            assert [each.words for each in session.scalars(select(Concern))] == [words]

    def test_screens_what_the_file_is_called(self, asking, database):
        visitor, page = asking(PHOTO)

        again = visitor.press(
            page, ("place", file(samples.picture(), "my_dad_hits_me_every_night.jpg"))
        )

        assert again.address.endswith("/thank-you-for-telling-us")
        assert count(database, "concern") == 1

    def test_is_read_back_without_a_picture(self, asking):
        visitor, page = asking(PHOTO)

        page = visitor.press(
            page, ("place", file(samples.picture())), ("place-other", "By the bus stop")
        )

        assert "You sent a picture: By the bus stop" in html.unescape(page.body)

    @pytest.mark.parametrize(
        ("question", "content"),
        [
            pytest.param(NOTE, samples.ogg(), id="a voice note"),
            pytest.param(PAPER, samples.pdf(), id="a document"),
            pytest.param({**PHOTO, "kind": "drawing"}, samples.picture("PNG"), id="a drawing"),
        ],
    )
    def test_takes_every_kind_of_its_own(self, asking, database, question, content):
        visitor, page = asking(question)

        visitor.press(page, (question["code"], file(content, "x")))

        assert count(database, "media") == 1
        assert len(answered(database, question["code"])[0]) == 1


class TestAFileThatIsNotTaken:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            pytest.param(b"PK\3\4" + bytes(100), "We cannot take that kind of file", id="a zip"),
            pytest.param(samples.pdf(), "We cannot take that kind of file", id="another kind"),
            pytest.param(HEIC, "Choose it from your photos, not from your files", id="an iPhone’s"),
            pytest.param(samples.picture()[:-200], "We could not open that file", id="half of it"),
        ],
    )
    def test_is_said_to_be_so_with_the_words_kept_and_nothing_stored(
        self, asking, database, question_page, content, says
    ):
        visitor, page = question_page

        again = visitor.press(page, ("place", file(content)), ("place-other", "By the bridge"))

        assert again.status == 422
        assert says in html.unescape(again.body)
        assert 'value="By the bridge"' in again.body
        assert count(database, "media") == 0
        assert answered(database, "first") == [["kept"]]
        assert answered(database, "place") == []

    def test_of_64_megabytes_is_never_read(self, question_page, database):
        visitor, page = question_page

        again = send_large(visitor, page, bytes(64 * MEGABYTE))

        assert again.status_code == 413
        assert "That file is too large. A picture" in again.get_data(as_text=True)
        assert answered(database, "first") == [["kept"]]
        assert count(database, "media") == 0

    def test_that_is_larger_than_its_question_takes_is_refused(self, question_page, database):
        visitor, page = question_page
        noise = Image.effect_noise((1400, 1400), 90)
        drawn = io.BytesIO()
        noise.save(drawn, "PNG")

        again = send_large(visitor, page, drawn.getvalue())

        assert len(drawn.getvalue()) > MEGABYTE
        assert again.status_code == 422
        assert "That file is too large" in again.get_data(as_text=True)
        assert count(database, "media") == 0

    def test_that_was_swept_is_asked_for_again_and_no_word_is_lost(self, question_page, database):
        visitor, page = question_page
        gone = [*page.forms[0].hidden, ("place-before", "0" * 32), ("place-other", "By the bridge")]

        again = visitor.send(page.forms[0].action, gone)

        assert again.status == 422
        assert "Choose a file." in again.body
        assert 'value="By the bridge"' in again.body

    def test_is_asked_for_when_only_words_came(self, question_page):
        visitor, page = question_page

        again = visitor.press(page, ("place-other", "By the bridge"))

        assert "Choose a file." in again.body
        assert 'value="By the bridge"' in again.body

    @pytest.fixture
    def question_page(self, asking):
        first = {"code": "first", "kind": "short_text", "text": "First?"}
        visitor, page = asking(first, PHOTO)
        return visitor, visitor.press(page, ("first", "kept"))


class TestAFileThatWasSentBefore:
    def test_stays_when_the_page_is_sent_again_without_one(self, sent, database):
        visitor, page = sent

        visitor.press(page, ("place-other", "By the bridge"))

        assert count(database, "media") == 1
        assert len(answered(database, "place")[0]) == 1

    def test_is_thrown_away_when_another_replaces_it(self, sent, database, settings):
        visitor, page = sent

        visitor.press(page, ("place", file(samples.picture("PNG"))))
        self._work(database, settings)

        assert count(database, "media") == 1
        assert len(stored(settings)) == 1

    def test_is_thrown_away_when_it_is_taken_away(self, sent, database, settings):
        visitor, page = sent

        visitor.press(page, removal(page))
        self._work(database, settings)

        assert answered(database, "place") == [[]]
        assert stored(settings) == []

    def test_is_thrown_away_with_the_answers(self, sent, database, settings):
        visitor, _ = sent

        visitor.press(visitor.open("/consultations/media/delete"))
        self._work(database, settings)

        assert count(database, "media") == 0
        assert stored(settings) == []

    def test_opens_to_nobody_else_who_names_it(self, sent, app, database):
        with database.reading() as session:
            named = session.scalars(select(Media.id)).one().hex
        thief = Visitor(app)
        page = thief.begin("media")

        again = thief.send(page.forms[0].action, [*page.forms[0].hidden, ("place-before", named)])

        assert again.status == 404

    @staticmethod
    def _work(database, settings):
        works = {THROW_AWAY: throwing_away(folder_of(settings))}
        while jobs.work_once(database, works):
            pass

    @pytest.fixture
    def sent(self, asking):
        visitor, page = asking(PHOTO)
        visitor.press(page, ("place", file(samples.picture())))
        return visitor, visitor.ask("media", "place")


class TestSeveralFilesForOneQuestion:
    SEVERAL: ClassVar = PHOTO | {"most": 3, "max_mb": 1}

    def test_are_all_kept_and_exported_and_said_back(self, asking, database):
        visitor, page = asking(self.SEVERAL)
        assert "You can send up to 3." in page.body
        assert re.search(r'type="file" multiple', page.body)

        visitor.press(page, ("place", file(samples.picture())), ("place", file(samples.picture())))

        assert count(database, "media") == 2
        assert len(answered(database, "place")[0]) == 2
        assert "You sent 2 files" in visitor.open("/consultations/media/check").body
        with database.reading() as session:
            (exported,) = [
                each for each in stored_answers(session, "media") if each["question"] == "place"
            ]
        assert (len(exported["value"]), len(exported["label"])) == (2, 2)

    def test_are_refused_by_name_where_a_page_has_more_than_are_opened(self, asking, database):
        many = [self.SEVERAL | {"code": code, "page": "one", "most": 5} for code in ("a", "b", "c")]
        visitor, page = asking(*many)
        sent = [(code, file(samples.picture())) for code in "aaaabbbbcccc"]

        page = visitor.press(page, *sent)

        assert page.status == 422
        assert re.findall(r'id="(\w)-error"', page.body) == ["c"]

    def test_are_added_to_and_each_can_be_taken_away(self, asking, database):
        visitor, page = asking(self.SEVERAL)
        visitor.press(page, ("place", file(samples.picture())))
        visitor.press(visitor.ask("media", "place"), ("place", file(samples.picture("PNG"))))
        first, second = answered(database, "place")[0]

        page = visitor.ask("media", "place")
        visitor.press(page, removal(page))

        assert removal(page)[1] == first
        assert answered(database, "place") == [[second]]

    def test_beyond_the_limit_are_refused_and_none_of_them_is_lost(self, asking, database):
        visitor, page = asking(self.SEVERAL)
        four = [("place", file(samples.picture())) for _ in range(4)]

        again = visitor.press(page, *four)

        assert again.status == 422
        assert "That is more files than we can take" in again.body
        assert again.body.count('name="place-before"') == 4
        kept = visitor.press(again, removal(again))
        assert kept.status == 200
        assert len(answered(database, "place")[0]) == 3

    def test_may_not_be_more_than_a_page_can_carry(self):
        with pytest.raises(ValueError, match="lower max_mb or most"):
            MediaQuestion(**PHOTO | {"most": 3, "max_mb": 10})


class TestSweeping:
    def test_throws_away_what_a_crash_left_behind_and_nothing_else(
        self, asking, database, settings
    ):
        visitor, page = asking(PHOTO)
        visitor.press(page, ("place", file(samples.picture())))
        (kept,) = stored(settings)
        left = media.put_away(folder_of(settings), samples.picture())
        fresh = media.put_away(folder_of(settings), samples.picture())
        for path in stored(settings):
            if path.name != fresh.id:
                os.utime(path, (time.time() - 90_000,) * 2)

        swept = media.sweep(database, folder_of(settings), now=NOON)

        assert swept == 1
        assert {path.name for path in stored(settings)} == {kept.name, fresh.id}
        assert left.id not in {kept.name, fresh.id}

    def test_forgets_a_file_whose_answer_never_came(self, database, settings):
        sent = media.put_away(folder_of(settings), samples.picture())
        with database.writing() as session:
            media.add(session, sent, now=NOON)
        os.utime(stored(settings)[0], (time.time() - 90_000,) * 2)

        media.sweep(database, folder_of(settings), now=NOON + timedelta(hours=25))

        assert (count(database, "media"), stored(settings)) == (0, [])


class TestAFileThatNobodyAskedFor:
    @pytest.mark.parametrize(
        ("address", "token", "field"),
        [
            pytest.param("/consultations/none/questions/place", "", "place", id="no such page"),
            pytest.param("/consultations/media/questions/place", "forged", "place", id="forged"),
            pytest.param("/consultations/media/questions/place", "", "x", id="no such question"),
        ],
    )
    def test_is_never_opened(self, asking, settings, address, token, field):
        visitor, page = asking(PHOTO)
        hidden = [(n, token if token and n == "csrf_token" else v) for n, v in page.forms[0].hidden]

        visitor.send(address, [*hidden, (field, file(samples.picture()))])

        assert stored(settings) == []


class TestTheWebChat:
    def test_takes_several_one_by_one_where_several_are_welcome(self, app, asking, database):
        asking(PHOTO | {"most": 3, "max_mb": 1}, {"code": "more", "kind": "short_text",
                                                  "text": "Anything else?"})  # fmt: skip
        visitor = Visitor(app)
        page = visitor.press(visitor.open("/consultations/media/chat"))
        page = visitor.send(page.forms[0].action, [*page.forms[0].hidden, ("words", "yes")])
        for _ in range(2):
            sent = [*page.forms[0].hidden, ("words", ""), ("file", file(samples.picture()))]
            page = visitor.send(page.forms[0].action, sent)
        assert "We have 2. Send another, or press Done." in page.body

        page = visitor.send(page.forms[0].action, [*page.forms[0].hidden, ("words", "Done")])

        assert "Anything else?" in page.body
        assert "You sent 2 files" in page.body
        assert count(database, "media") == 2
        assert [len(values) for values in answered(database, PHOTO["code"])] == [2]

    def test_takes_a_file_where_it_is_asked_for(self, app, asking, database):
        asking(PHOTO, {"code": "more", "kind": "free_text", "text": "Anything else?"})
        visitor = Visitor(app)
        page = visitor.press(visitor.open("/consultations/media/chat"))
        page = visitor.send(page.forms[0].action, [*page.forms[0].hidden, ("words", "yes")])

        sent = [
            *page.forms[0].hidden,
            ("words", "By the bridge"),
            ("file", file(samples.picture())),
        ]
        page = visitor.send(page.forms[0].action, sent)

        assert "Anything else?" in page.body
        assert "You sent a picture: By the bridge" in page.body
        assert count(database, "media") == 1
