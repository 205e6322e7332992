"""G8: referrals coded to a frame of the Panel's eight reasons: the main reason and every reason."""

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.stores import new_sqlite
from tests.voice.themed import QUESTION, make_officer, sign_off
from voice.analysis.coding.frames import FrameTheme
from voice.models import Code, CodePurpose, Mention
from voice.services import frames, theme_lists, theme_views, themes

# The main reasons as they are printed; "parenting too" of each third one about behaviour is ours.
PRINTED = {
    "Behaviour": 62,
    "Mental health": 31,
    "Domestic abuse": 20,
    "Parenting": 18,
    "Relationship breakdown": 13,
    "Neglect": 8,
    "Absence": 7,
    "Substance misuse": 7,
}
ALSO_PARENTING = 21  # of 62, each third one
FRAME = tuple(FrameTheme(reason.lower().replace(" ", "-"), reason) for reason in PRINTED)


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return a function that reads the themes of 166 referrals that officers coded."""
    database = new_sqlite(tmp_path_factory.mktemp("g8"))
    with database.writing() as session:
        made, officer = make_consultation(session), make_officer(session)
        frames.use(session, made, QUESTION, FRAME, officer, now=NOON)
        by_name = {row.label: row.id for row in themes.themes_of(session, made, QUESTION)}
        reasons = [reason for reason, number in PRINTED.items() for _ in range(number)]
        for place, reason in enumerate(reasons):
            more = ["Parenting"] if reason == "Behaviour" and place % 3 == 0 else []
            given = [by_name[each] for each in (reason, *more)]
            said = make_response(session, made, **{QUESTION: f"Referral {place}: {reason}"})
            said.answers[QUESTION].tone = "neutral"
            session.flush()
            session.add(
                Code(
                    consultation_id=made.id, question=QUESTION, response_id=said.id,
                    officer_id=officer.id, purpose=CodePurpose.MOVE, given_at=NOON,
                    theme_ids=[str(one) for one in given],
                )
            )  # fmt: skip
            session.add_all(Mention(theme_id=one, response_id=said.id, strength=1) for one in given)
        session.flush()
        sign_off(session, made, officer)

    def read(of):
        with database.reading() as session:
            return of(session, session.merge(made), QUESTION)

    yield read
    database.close()


class TestTheEarlyHelpPanel:
    def test_g8_top_five_has_the_main_reason_and_every_reason_on_its_base(self, read):
        found = read(theme_views.read_themes)

        first = sorted(found.shown, key=lambda one: -one.first.count)[:5]
        assert [(one.label, one.first.words) for one in first] == [
            ("Behaviour", "62 of 166 (37%)"),
            ("Mental health", "31 of 166 (19%)"),
            ("Domestic abuse", "20 of 166 (12%)"),
            ("Parenting", "18 of 166 (11%)"),
            ("Relationship breakdown", "13 of 166 (8%)"),
        ]
        (parenting,) = (one for one in found.shown if one.label == "Parenting")
        assert parenting.people.count == PRINTED["Parenting"] + ALSO_PARENTING

    def test_g8_every_referral_has_one_main_reason(self, read):
        found = read(theme_views.read_themes)

        assert sum(one.first.count for one in found.shown) == found.base == sum(PRINTED.values())

    def test_g8_signed_list_keeps_the_frames_keys_and_both_counts(self, read):
        (version,) = read(theme_lists.list_versions)

        assert {one.key for one in version.themes} == {theme.key for theme in FRAME}
        assert {one.label: one.first.count for one in version.themes} == PRINTED
