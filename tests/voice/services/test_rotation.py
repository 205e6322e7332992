"""Words at rest: sealed wherever they lie, sealed anew with each key, and never lost (PRI-11)."""

import os
import shutil
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, String, Uuid, cast, insert, select, text

from tests import keys as test_keys
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice import sealed
from voice.database import Moment
from voice.errors import SealedError, SettingsError
from voice.models import AnswerRow
from voice.sealed import Keys, SealedAnswer, SealedBytes, SealedJson
from voice.services import rotation, stores

CANARY = "CanaryWords that somebody wrote"
GIVEN = {SealedAnswer: [CANARY], SealedJson: {"said": CANARY}, SealedBytes: CANARY.encode()}
TODAY = NOON.date()


@pytest.fixture
def keys(tmp_path):
    """The keys of the tests, in a file that a test may change."""
    path = tmp_path / "own.keys"
    shutil.copy(test_keys.PATH, path)
    own = Keys(path)
    sealed.use(own)
    return own


@pytest.fixture
def filled(store, keys):
    """A store with a canary in every column of sealed words."""
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")  # what the rows hang on is not there
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for table in {one.table for one in rotation.sealed_columns()}:
            connection.execute(insert(table), {each.name: value_of(each) for each in table.columns})
        connection.commit()
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
    return store


def words_in(store):
    """What every column of sealed words gives."""
    with store.reading() as session:
        return [session.scalar(select(one.column)) for one in rotation.sealed_columns()]


def rotate(store, keys, *, today=TODAY):
    key = rotation.begin(store, keys, today=today)
    count = sum(rotation.seal_anew(store, key.id))
    rotation.note_emptied(store, keys, now=NOON + (today - TODAY))
    return key.id, count


def value_of(column):
    """Something that the column takes; a canary where it holds sealed words."""
    kind = type(column.type)
    if kind in GIVEN or kind is sealed.Sealed:
        return GIVEN.get(kind, CANARY)
    if column.nullable:
        return None
    if getattr(column.type, "enums", None):
        return column.type.enums[0]
    made = {Moment: NOON, Date: TODAY, Boolean: False, Integer: 1, JSON: {}, Uuid: uuid4()}
    return made.get(kind, "x")


class TestAtRest:
    def test_no_word_can_be_read_in_the_files(self, filled, tmp_path):
        kept = b"".join(path.read_bytes() for path in tmp_path.glob("voice.db*"))

        assert len(words_in(filled)) > 20
        assert all(CANARY in str(said) for said in words_in(filled))
        assert CANARY.encode() not in kept

    def test_no_word_can_be_read_in_any_row(self, filled):
        with filled.engine.connect() as connection:
            for one in rotation.sealed_columns():
                raw = connection.execute(text(f'SELECT "{one.column.name}" FROM "{one.table}"'))  # noqa: S608
                assert CANARY not in str(raw.all())

    def test_no_statement_looks_for_words(self):
        with pytest.raises(TypeError):
            select(AnswerRow.id).where(AnswerRow.other == CANARY)

    def test_a_word_that_was_changed_is_not_given_out(self, keys):
        changed = sealed.seal(CANARY)[:-8] + "AAAAAAA="

        with pytest.raises(SealedError, match="has been changed"):
            sealed.unseal(changed)

    def test_the_same_words_are_never_sealed_alike(self, keys):
        assert sealed.seal(CANARY) != sealed.seal(CANARY)


class TestRotating:
    def test_seals_everything_anew(self, filled, keys):
        old = keys.current.id
        new, count = rotate(filled, keys)

        with filled.reading() as session:
            assert rotation.count_sealed(session, old) == 0
            assert rotation.count_sealed(session, new) == count == len(words_in(filled))
        assert all(CANARY in str(said) for said in words_in(filled))

    def test_goes_on_where_it_was_stopped(self, filled, keys):
        new = rotation.begin(filled, keys, today=TODAY).id
        next(rotation.seal_anew(filled, new))

        again, count = rotate(filled, keys)

        assert again == new
        assert count == len(words_in(filled)) - 1
        assert all(CANARY in str(said) for said in words_in(filled))

    def test_is_noticed_by_a_process_that_runs(self, filled, keys):
        running = Keys(keys.path)
        rotate(filled, keys)
        sealed.use(running)

        assert all(CANARY in str(said) for said in words_in(filled))
        assert running.current.id == keys.current.id

    def test_keeps_the_old_key_as_long_as_backups_and_no_longer(self, filled, keys):
        old = keys.current.id
        rotate(filled, keys)

        assert rotation.drop_old(filled, keys, today=TODAY + timedelta(days=34)) == []
        assert rotation.drop_old(filled, keys, today=TODAY + timedelta(days=35)) == [old]
        assert old not in keys.all
        assert old not in stores.needed_keys(filled)
        assert all(CANARY in str(said) for said in words_in(filled))

    def test_makes_a_new_key_though_an_older_rotation_was_never_finished(self, filled, keys):
        first = rotation.begin(filled, keys, today=TODAY).id
        next(rotation.seal_anew(filled, first))

        second, count = rotate(filled, keys, today=TODAY + timedelta(days=1))

        assert second != first
        assert count == len(words_in(filled))

    def test_counts_an_old_keys_days_from_when_nothing_needed_it(self, filled, keys):
        old = keys.current.id
        rotation.begin(filled, keys, today=TODAY)
        later = TODAY + timedelta(days=100)
        rotate(filled, keys, today=later)

        assert rotation.drop_old(filled, keys, today=later + timedelta(days=34)) == []
        assert old in rotation.drop_old(filled, keys, today=later + timedelta(days=35))

    def test_keeps_an_old_key_that_words_still_need(self, filled, keys):
        rotation.begin(filled, keys, today=TODAY)

        assert rotation.drop_old(filled, keys, today=TODAY + timedelta(days=100)) == []

    def test_finds_a_chosen_option_before_and_after(self, store, keys):
        with store.writing() as session:
            make_response(session, make_consultation(session), capacity="individual")
        before = chosen(store, "individual")
        rotation.begin(store, keys, today=TODAY)
        between = chosen(store, "individual")
        rotate(store, keys)

        assert (before, between, chosen(store, "individual")) == (1, 1, 1)
        assert chosen(store, "parent") == 0


class TestTheFile:
    @pytest.mark.parametrize("broken", [None, "", "2026-05-01 c2hvcnQ=", "no key"])
    def test_that_cannot_be_looked_at_leaves_the_keys_that_were_read(self, keys, broken, caplog):
        kept = sealed.seal(CANARY)
        keys.path.unlink() if broken is None else keys.path.write_text(broken)
        keys._look_at = 0

        assert sealed.unseal(sealed.seal(CANARY)) == sealed.unseal(kept) == CANARY
        assert "the keys cannot be looked at" in caplog.text

    def test_that_cannot_be_looked_at_gives_no_key_that_is_missing(self, keys):
        keys.path.unlink()

        with pytest.raises(SealedError, match="has no key 01234567"):
            keys.unseal("01234567", b"x" * 40)

    def test_is_still_its_owners_when_a_key_was_dropped(self, keys, monkeypatch):
        given = []
        monkeypatch.setattr(os, "chown", lambda _path, *owner: given.append(owner))
        keys.add(on=TODAY)
        keys.drop(next(iter(keys.all)))

        owner = keys.path.stat()
        assert given == [(owner.st_uid, owner.st_gid)]

    def test_loses_a_key_where_an_earlier_drop_was_stopped(self, keys):
        keys.path.with_suffix(".new").write_text("half a key")
        old = keys.current.id
        keys.add(on=TODAY)

        keys.drop(old)

        assert old not in Keys(keys.path).all


def chosen(store, option):
    """How many answers a statement finds by an option."""
    with store.reading() as session:
        written = cast(AnswerRow.values, String)
        found = [session.query(AnswerRow).where(written.like(each)).count()
                 for each in sealed.patterns_of(option)]  # fmt: skip
    return sum(found)


class TestOpening:
    def test_makes_the_first_key_of_a_new_store(self, settings, keys):
        database = stores.open_store(settings)
        database.close()

        assert settings.keys_file.stat().st_mode & 0o077 == 0
        assert sealed.keys_in_use().path == settings.keys_file

    def test_without_the_keys_is_refused_with_what_to_mend(self, settings, database):
        with pytest.raises(SettingsError, match="Put the file back"):
            stores.open_store(settings)

        assert not settings.keys_file.exists()

    def test_with_other_keys_is_refused_and_changes_nothing(self, settings, database):
        sealed.make_keys(settings.keys_file, on=date(2026, 1, 1))
        kept = settings.keys_file.read_bytes()

        with pytest.raises(SettingsError, match=stores.needed_keys(database)[0]):
            stores.open_store(settings)

        assert settings.keys_file.read_bytes() == kept

    @pytest.mark.parametrize("broken", ["", "2026-05-01 c2hvcnQ=", "no key", "2026-05-01 @@"])
    def test_with_a_broken_file_is_refused(self, settings, broken):
        settings.keys_file.write_text(broken)

        with pytest.raises(SettingsError, match="put its copy back"):
            stores.open_store(settings)
