"""A survey in other languages: each text by its place, so that a translator sees texts only."""

from pydantic import Field

from surveys.question import Definition

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$"
# In their own words, for those who choose. Source: the languages of the 2021 census, and Welsh.
NAMES = {
    "en": "English",
    "cy": "Cymraeg",
    "pl": "Polski",
    "ur": "اردو",
    "ar": "العربية",
    "bn": "বাংলা",
    "fa": "فارسی",
    "es": "Español",
    "fr": "Français",
    "gu": "ગુજરાતી",
    "it": "Italiano",
    "lt": "Lietuvių",
    "pa": "ਪੰਜਾਬੀ",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "so": "Soomaali",
    "ta": "தமிழ்",
    "tr": "Türkçe",
    "uk": "Українська",
    "zh": "中文",
}
ENGLISH_NAMES = {"en": "English", "cy": "Welsh", "pl": "Polish", "ur": "Urdu", "ar": "Arabic"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur", "yi", "ckb", "sd"})


class Translation(Definition):
    """The texts of a survey in one language, by the place of each (`surveys/places.py`)."""

    language: str = Field(pattern=LANGUAGE_PATTERN)
    source: str = ""  # who translated it, and whether a translator has checked it
    texts: dict[str, str]


def language_name(language: str) -> str:
    """Return what speakers of a language call it; its code if we do not know."""
    return NAMES.get(language, language)


def direction(language: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr"."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
