"""Files by their content: what they are, what is taken out, and what is refused."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from surveys.refusals import Refusal
from tests.voice import samples
from voice.services.media_content import MediaRefusedError, clean
from voice.services.media_ogg import _checksum, _pages


class TestCleaning:
    @pytest.mark.parametrize("media_type", samples.EVERY)
    def test_keeps_the_type_and_takes_out_what_tells_of_the_person(self, media_type):
        content = samples.EVERY[media_type]

        cleaned = clean(content)

        assert samples.TELLING in content
        assert cleaned.media_type == media_type
        assert samples.TELLING not in cleaned.content

    @pytest.mark.parametrize("media_type", samples.EVERY)
    def test_gives_what_is_clean_already_back_as_such(self, media_type):
        once = clean(samples.EVERY[media_type])

        assert clean(once.content).media_type == media_type

    def test_keeps_the_points_of_a_picture(self):
        cleaned = clean(samples.picture("PNG"))

        with Image.open(io.BytesIO(cleaned.content)) as picture:
            assert (picture.size, picture.getpixel((5, 5))) == ((60, 40), (200, 80, 40))
            assert dict(picture.getexif()) == {}

    def test_turns_a_picture_upright_before_it_forgets_how_it_was_held(self):
        drawn, exif = io.BytesIO(), Image.Exif()
        exif[0x0112] = 6  # Orientation: held on its side
        Image.new("RGB", (60, 40)).save(drawn, "JPEG", exif=exif)

        with Image.open(io.BytesIO(clean(drawn.getvalue()).content)) as picture:
            assert picture.size == (40, 60)

    def test_leaves_the_sound_of_a_voice_note_as_it_was(self):
        content = samples.ogg()

        cleaned = clean(content).content

        pages = list(_pages(cleaned))
        at, _, end = pages[1]
        page = cleaned[at:end]
        bare = page[:22] + bytes(4) + page[26:]
        assert cleaned[pages[2][0] :] == content[pages[2][0] :]
        assert _checksum(bare).to_bytes(4, "little") == page[22:26]

    def test_cuts_off_what_was_hidden_behind_a_picture(self):
        hidden = b"<script>alert(1)</script>PK\3\4"

        assert hidden not in clean(samples.picture() + hidden).content


def zip_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", bytes(20_000_000))
    return packed.getvalue()


def picture_bomb():
    """A PNG of a few bytes that says it has 2,500 million points."""
    head = (50_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        for name, body in chunks
    )


class TestRefusing:
    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            pytest.param(b"", Refusal.WRONG_TYPE, id="nothing"),
            pytest.param(b"MZ" + bytes(100), Refusal.WRONG_TYPE, id="a program"),
            pytest.param(zip_bomb(), Refusal.WRONG_TYPE, id="a zip bomb"),
            pytest.param(b"<svg onload='x()'/>", Refusal.WRONG_TYPE, id="a drawing with script"),
            pytest.param(b"<!doctype html><p>", Refusal.WRONG_TYPE, id="a page"),
            pytest.param(b"GIF89a/*" + bytes(50), Refusal.WRONG_TYPE, id="a GIF that is script"),
            pytest.param(b"\xff\xd8\xff" + bytes(50), Refusal.DAMAGED, id="a JPEG by its start"),
            pytest.param(samples.picture()[:-200], Refusal.DAMAGED, id="half a JPEG"),
            pytest.param(picture_bomb(), Refusal.DAMAGED, id="a picture bomb"),
            pytest.param(b"%PDF-1.7\n" + bytes(50), Refusal.DAMAGED, id="a PDF by its start"),
            pytest.param(samples.pdf(pages=201), Refusal.DAMAGED, id="a PDF with too many pages"),
            pytest.param(samples.mp3(frames=1), Refusal.DAMAGED, id="an MP3 without sound"),
            pytest.param(samples.m4a(b"vide"), Refusal.DAMAGED, id="a film"),
            pytest.param(samples.ogg()[:-20], Refusal.DAMAGED, id="half an Ogg"),
            pytest.param(samples.ogg() + b"PK\3\4", Refusal.DAMAGED, id="a zip behind an Ogg"),
            pytest.param(b"RIFF\4\0\0\0WAVE", Refusal.DAMAGED, id="a WAV without sound"),
        ],
    )
    def test_says_whether_it_is_the_type_or_the_file(self, content, refusal):
        with pytest.raises(MediaRefusedError) as refused:
            clean(content)

        assert refused.value.refusal is refusal
