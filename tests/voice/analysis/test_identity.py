"""What is masked, and what must stay readable."""

import csv
from pathlib import Path

import pytest

from voice.analysis.identity import Kind, Span, find_spans, mask
from voice.analysis.identity.numbers import digits_of, is_nhs_number

OWN_SET = Path(__file__).parent / "data" / "identity_own.csv"


def found(text):
    """Return what was found as (words, kind)."""
    return [(text[span.start : span.end], span.kind) for span in find_spans(text)]


class TestFindingNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            pytest.param("my mate jayden left", "jayden", id="small letters"),
            pytest.param("my friend Will comes too", "Will", id="word after a relation"),
            pytest.param("a girl called April", "April", id="word after called"),
            pytest.param("Will said he would help", "Will", id="word that speaks"),
            pytest.param("Ivy is my sister and she is 4", "Ivy", id="word that is somebody"),
            pytest.param("I saw Mrs Achterberg", "Mrs Achterberg", id="after a title"),
            pytest.param("my social worker is Chidi Okafor", "Chidi Okafor", id="West African"),
            pytest.param("I'm Łukasz", "Łukasz", id="Polish"),
            pytest.param("Thanks, Margaret Dunne", "Margaret Dunne", id="signature"),
            pytest.param("her name is aisha", "aisha", id="introduced"),
            pytest.param("Callum's nan made cakes", "Callum", id="possessive"),
            pytest.param("by E. M. Blackwood", "E. M. Blackwood", id="initials"),
            pytest.param("im jaydens mum", "jaydens", id="possessive without a mark"),
            pytest.param("in mr smiths class", "mr smiths", id="after mr in small letters"),
            pytest.param("The head and Ms T were there", "Ms T", id="one letter after a title"),
            pytest.param("Sunny, my mate, left", "Sunny", id="said who it is"),
            pytest.param("Faith's social worker", "Faith", id="word that owns"),
            pytest.param("We met Sandra Clarke and Raj.", "Raj", id="South Asian"),
            pytest.param("miss khan shouts", "miss khan", id="a surname that is in dictionaries"),
            pytest.param("a letter from Agnieszka Wójcik came", "Agnieszka Wójcik", id="both"),
        ],
    )
    def test_where_the_list_or_the_words_around_show_one(self, text, name):
        assert (name, Kind.PERSON) in found(text)

    @pytest.mark.parametrize(
        "text",
        [
            "April is too early for the survey",
            "Will there be another meeting?",
            "I hope it stays open",
            "Ivy is growing on the wall",
            "by the grace of god",
            "Rose Street car park",
            "Aylesbury needs a pool",
            "Chelsea's Choice was a good play",
            "Victim Support rang me",
            "PLEASE KEEP THE LIBRARY OPEN",
            "in May we moved to London",
            "my friend will come too",
        ],
    )
    def test_not_in_words_places_months_and_services(self, text):
        assert found(text) == []


class TestFindingStructuredKinds:
    @pytest.mark.parametrize(
        ("text", "words", "kind"),
        [
            ("ring 07700 900811 now", "07700 900811", Kind.PHONE),
            ("it is +44 (0)7700 900 612", "+44 (0)7700 900 612", Kind.PHONE),
            ("write to a.b+c@mail.example.org please", "a.b+c@mail.example.org", Kind.EMAIL),
            ("we are in hp98 2qt", "hp98 2qt", Kind.POSTCODE),
            ("I live at Flat 3, 27 Quarry Street", "Flat 3, 27 Quarry Street", Kind.ADDRESS),
            ("i go to St Bede's School", "St Bede's School", Kind.SCHOOL),
            ("at Hartfield Primary", "Hartfield Primary", Kind.SCHOOL),
            ("dob 03/04/2009", "03/04/2009", Kind.DOB),
            ("born on 12th March 2008", "12th March 2008", Kind.DOB),
            ("nhs number 999 333 4448", "999 333 4448", Kind.NHS_NUMBER),
            ("NI is QQ 12 34 56 C", "QQ 12 34 56 C", Kind.ID_NUMBER),
            ("a car, YX67 ABC", "YX67 ABC", Kind.ID_NUMBER),
            ("case ref CSC/17/00213", "CSC/17/00213", Kind.ID_NUMBER),
            ("my snap is kezz_09", "kezz_09", Kind.HANDLE),
            ("follow @maya.draws", "@maya.draws", Kind.HANDLE),
            ("maya_draws7 on snap", "maya_draws7", Kind.HANDLE),
            ("ring oh seven seven double oh 900123", "oh seven seven double oh 900123", Kind.PHONE),
            (
                "ring me on oh seven seven double oh nine zero zero one two three, one day",
                "oh seven seven double oh nine zero zero one two three",
                Kind.PHONE,
            ),
            (
                "ring oh seven seven double oh 900123, 2 of us are in",
                "oh seven seven double oh 900123",
                Kind.PHONE,
            ),
            ("write to j dot dunn at gmail dot com", "j dot dunn at gmail dot com", Kind.EMAIL),
            (
                "at Hartley Church of England School",
                "Hartley Church of England School",
                Kind.SCHOOL,
            ),
        ],
    )
    def test_gives_the_place_and_the_kind(self, text, words, kind):
        assert found(text) == [(words, kind)]

    @pytest.mark.parametrize(
        "text",
        [
            "Call 999 or 111 or 101",
            "Samaritans 116 123, Childline 0800 1111, NSPCC 0808 800 5000",
            "First Response 01296 383962, at night 0800 999 7677",
            "Meet on 9 January 2017 at 6pm",
            "I am 14 and the A41 is busy",
            "our primary school is full",
            "in 2015/16 it cost £2,300",
            "Score 7/10",
            "the 40 bus on London Road",
            "2 weeks at Chartridge Park",
            "sorry mr, no",
        ],
    )
    def test_leaves_helplines_ages_dates_and_roads(self, text):
        assert found(text) == []

    def test_leaves_a_number_that_the_council_configured_as_a_helpline(self):
        assert find_spans("ring 01632 960333", helplines=frozenset({"01632960333"})) == ()

    def test_reads_a_number_with_its_country_as_the_same_number(self):
        assert digits_of("+44 (0)7700 900612") == digits_of("0044 7700900612") == "07700900612"

    def test_knows_the_check_digit_of_an_nhs_number(self):
        assert is_nhs_number("9434765919")
        assert not is_nhs_number("9434765918")


class TestMasking:
    def test_says_what_stood_there_and_keeps_the_rest(self):
        text = "I'm Tanisha, ring 07700 900123!"

        assert mask(text, find_spans(text)) == "I'm [name], ring [phone number]!"

    def test_counts_code_points(self):
        assert find_spans("😂 my mate jayden") == (Span(10, 16, Kind.PERSON),)

    def test_finds_nothing_more_in_what_it_masked(self):
        masked = mask(text := "ask Josh Bannerman at HP98 2QT", find_spans(text))

        assert find_spans(masked) == ()


class TestOurOwnTestSet:
    """A floor under the figures of `python -m benchmarks.identity`, never a target to tune."""

    def test_masks_nearly_every_span(self):
        rows = self.rows()
        wanted = sum(len(row["spans"].split()) for row in rows)
        hit = sum(
            len(set(row["spans"].split()) & self.written(find_spans(row["text"]))) for row in rows
        )

        assert hit >= 0.93 * wanted

    def test_touches_at_most_two_in_100_clean_texts(self):
        clean = [row for row in self.rows() if not row["spans"]]
        touched = [row["text"] for row in clean if find_spans(row["text"])]

        assert len(touched) <= 0.02 * len(clean)

    @staticmethod
    def written(spans):
        return {f"{span.start}:{span.end}:{span.kind}" for span in spans}

    @staticmethod
    def rows():
        with OWN_SET.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))
