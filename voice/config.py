"""Settings from the environment, all with safe defaults, and the council's own particulars."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from surveys.catalogue import find_said
from surveys.translations import LANGUAGE_PATTERN
from voice.errors import SettingsError

MIN_SECRET_CHARS = 32
MIN_DIFFERENT_CHARS = 10  # "aaaa…" and "changemechangeme…" are long, and no secret
TELEGRAM_API = "https://api.telegram.org"
NOTIFY_API = "https://api.notifications.service.gov.uk"
_LINE: tuple[Literal["name"], Literal["hours"]] = ("name", "hours")


class HelplineWords(BaseModel):
    """What a helpline is called and when it is open, in another language; empty: as above it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str = Field(pattern=LANGUAGE_PATTERN)
    name: str = ""
    hours: str = ""
    note: str = ""


class Helpline(BaseModel):
    """A number somebody in danger can ring, who answers it and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    number: str = Field(min_length=3)
    hours: str = ""
    note: str = ""
    last_checked_on: date | Literal[""] = ""
    serves: tuple[Literal["first_response", "out_of_hours"], ...] = ()
    translations: tuple[HelplineWords, ...] = ()

    @field_validator("translations")
    @classmethod
    def _has_each_language_once(
        cls, translations: tuple[HelplineWords, ...]
    ) -> tuple[HelplineWords, ...]:
        languages = [each.language for each in translations]
        if "en" in languages or len(set(languages)) < len(languages):
            raise ValueError("each language is there once, and English is what stands above them")
        return translations

    @property
    def line(self) -> str:
        """Return it on one line, as a chat shows it."""
        return self.line_in("en")

    def line_in(self, language: str) -> str:
        """Return it on one line in this language, as far as it is said in it."""
        name, hours = (self.find_said(part, language) or getattr(self, part) for part in _LINE)
        rest = f" ({hours})" if hours else ""
        return f"{name}: {self.number}{rest}"

    def find_said(self, part: Literal["name", "hours", "note"], language: str) -> str | None:
        """Return a part in this language: the council's own words, else ours; None if neither."""
        here = (getattr(each, part) for each in self.translations if each.language == language)
        return next(here, "") or find_said(language, getattr(self, part))


NATIONAL_HELPLINES = (
    Helpline(name="Emergency", number="999", hours="any time"),
    Helpline(name="Childline", number="0800 1111", hours="free, any time, for under 19s"),
    Helpline(name="Samaritans", number="116 123", hours="free, any time"),
    Helpline(
        name="NSPCC",
        number="0808 800 5000",
        hours="for adults worried about a child",
    ),
)


class Signpost(BaseModel):
    """Somewhere else that people may go, by its address; `kind` says for what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    url: str = Field(pattern=r"^https?://[^\s\"'<>]+$")
    number: str = ""
    about: str = ""
    kind: Literal["views", "service", "rights"] = "service"


NATIONAL_SIGNPOSTS = (
    Signpost(
        name="UK Youth Parliament",
        url="https://www.ukyouthparliament.org.uk",
        about="young people from all over the country who speak up for you",
        kind="views",
    ),
    Signpost(
        name="Childline",
        url="https://www.childline.org.uk",
        number="0800 1111",
        about="talk about anything, by phone, chat or e-mail",
    ),
    Signpost(
        name="Help at Hand, from the Children’s Commissioner",
        url="https://www.childrenscommissioner.gov.uk/help-at-hand/",
        number="0800 528 0731",
        about="if you are in care, have left care, have a social worker or live away from home",
        kind="rights",
    ),
    Signpost(
        name="The UN children’s rights, in a version for children",
        url="https://www.unicef.org/child-rights-convention/convention-text-childrens-version",
        kind="rights",
    ),
)
SHORTEST_KEPT_MONTHS, LONGEST_KEPT_MONTHS = 3, 72
DAYS_IN_YEAR, MONTHS_IN_YEAR = 365, 12
MOST_GRACE_DAYS = 90
StaffRole = Literal[
    "officer", "author", "analyst", "communications", "safeguarding", "admin", "committee"
]
EMAIL = r"^$|^[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\]+\.[^\s@<>(),;:\"\[\]\\]+$"
Address = Annotated[str, Field(pattern=EMAIL)]
Hour = Annotated[int, Field(ge=0, le=24)]
_LINES_FOR_CHILDREN = {
    "first_response": "the helpline of First Response (`serves: [first_response]`)",
    "out_of_hours": "its helpline out of hours (`serves: [out_of_hours]`)",
}
ORIGIN = r"^https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?$"


class Shift(BaseModel):
    """Who is on call out of hours, from and until when by clocks in the United Kingdom."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: Annotated[str, Field(pattern=EMAIL, min_length=3)]
    begins_at: datetime = Field(alias="from")
    ends_at: datetime = Field(alias="until")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Shift":
        if self.begins_at.tzinfo or self.ends_at.tzinfo or not self.begins_at < self.ends_at:
            raise ValueError("a shift ends after it begins, as UK clocks show it, with no zone")
        return self


class Safety(BaseModel):
    """E-mail addresses of those who are told of a concern, and when the council is at work."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lead: Address = ""  # the safeguarding lead: told at once
    deputy: Address = ""  # told when nobody has read it for 15 minutes
    duty: Address = ""  # the duty team: after 60 minutes, or at once if immediate out of hours
    lado: Address = ""  # the designated officer for allegations against people who work there
    hours: tuple[Hour, Hour] = (9, 17)  # on working days: from, and until
    rota: tuple[Shift, ...] = ()  # who is on call in place of the duty team

    def on_call(self, local: datetime) -> str:
        """Return who is told in place of the lead at this moment of UK clocks (without zone)."""
        shifts = (each for each in self.rota if each.begins_at <= local < each.ends_at)
        shift = next(shifts, None)
        return shift.email if shift is not None else self.duty


class Council(BaseModel):
    """The council's own particulars, read from `council.yaml` in the data folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)

    name: str = "Your council"
    email: str = ""
    phone: str = ""
    own_helplines: tuple[Helpline, ...] = Field(default=(), alias="helplines")
    safety: Safety = Field(default_factory=Safety)  # who is told when somebody may be at risk
    service_name: str = "Have your say"
    brand_stylesheet: str = ""  # the address of a stylesheet; see docs/design-system.md
    logo_url: str = ""
    feedback_url: str = ""
    telegram_name: str = ""  # the bot's name at Telegram, without the @
    exit_url: str = "https://www.bbc.co.uk/weather"  # where "Exit this page" leads
    own_signposts: tuple[Signpost, ...] = Field(default=(), alias="links")
    social: tuple[Signpost, ...] = ()  # where young people can write to the council
    embed_sites: tuple[Annotated[str, Field(pattern=ORIGIN)], ...] = ()  # who may frame our cards
    message_hours: tuple[Hour, Hour] = (8, 20)  # in which we write first: from, and until
    kept_months: int = Field(  # how long what belongs to a person, and not to an answer, is kept
        default=MONTHS_IN_YEAR, ge=SHORTEST_KEPT_MONTHS, le=LONGEST_KEPT_MONTHS, strict=True
    )
    second_step_roles: tuple[StaffRole, ...] = ("safeguarding", "admin")  # who must have one
    second_step_grace_days: int = Field(default=14, ge=0, le=MOST_GRACE_DAYS, strict=True)
    aliases: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict
    )  # what else a thing is called
    address: str = ""  # where people reach this service, such as https://voice.example.gov.uk

    @field_validator("message_hours")
    @classmethod
    def _has_hours(cls, hours: tuple[int, int]) -> tuple[int, int]:
        if not hours[0] < hours[1]:
            raise ValueError("the first hour must come before the last, as in [8, 20]")
        return hours

    @property
    def kept(self) -> timedelta:
        """Return how long names, addresses and unanswered questions are kept (PRI-7)."""
        return timedelta(days=DAYS_IN_YEAR * self.kept_months // MONTHS_IN_YEAR)

    @property
    def second_step_grace(self) -> timedelta:
        """Return how long somebody may work without a second step once they were told (SEC-7)."""
        return timedelta(days=self.second_step_grace_days)

    @property
    def helplines(self) -> tuple[Helpline, ...]:
        """Return the national helplines and the council's own, emergency first."""
        return (NATIONAL_HELPLINES[0], *self.own_helplines, *NATIONAL_HELPLINES[1:])

    @property
    def lacks_for_children(self) -> tuple[str, ...]:
        """Return what must be named before anybody young is asked; empty if all is (SAF-2)."""
        served = {each for line in self.own_helplines for each in line.serves}
        lacks = [words for each, words in _LINES_FOR_CHILDREN.items() if each not in served]
        lead = [] if self.safety.lead else ["the safeguarding lead (`safety: {lead: …}`)"]
        return (*lacks, *lead)

    @property
    def signposts(self) -> tuple[Signpost, ...]:
        """Return the council's own places and the national ones, its own first."""
        return (*self.own_signposts, *NATIONAL_SIGNPOSTS)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the service is told from outside. Made once, by `read_settings`."""

    home: Path
    database_url: str
    secret_key: str = field(repr=False)
    council: Council = field(default_factory=Council)
    telegram_token: str = field(default="", repr=False)
    telegram_api: str = TELEGRAM_API
    telegram_file_api: str = ""  # where files are fetched from; empty means `telegram_api`
    telegram_webhook_url: str = ""
    telegram_webhook_secret: str = field(default="", repr=False)
    telegram_port: int = 8081
    mail_server: str = field(default="", repr=False)  # such as smtps://name:word@mail.example
    mail_from: str = ""  # what our e-mails come from
    sms_gateway: str = ""  # where a gateway of the council's own takes our texts
    sms_secret: str = field(default="", repr=False)  # signs what goes to and comes from it
    sms_port: int = 8082
    notify_api: str = NOTIFY_API
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_token: str = field(default="", repr=False)  # what Notify shows us when it posts a text
    port: int = 0  # where `voice run` serves; 0 means the first free one
    is_https: bool = False
    csrf_seconds: int = 60 * 60 * 24 * 7
    sealing_keys: Path | None = None  # the file of `voice.sealed.Keys`; None: beside the rest

    @property
    def keys_file(self) -> Path:
        """Return where the keys lie that people's words are sealed with."""
        return self.sealing_keys or self.home / "sealing.keys"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings, making the data folder and its key on the first run.

    Raises:
        SettingsError: if a setting is unsafe or cannot be read; the message says the cure.
    """
    home = Path(environment.get("VOICE_HOME", "var")).resolve()
    home.mkdir(parents=True, exist_ok=True)
    council = read_council(home / "council.yaml")
    return Settings(
        home=home,
        database_url=environment.get("VOICE_DATABASE_URL") or f"sqlite:///{home / 'voice.db'}",
        secret_key=_read_secret(environment, home),
        sealing_keys=Path(given) if (given := environment.get("VOICE_SEALING_KEYS")) else None,
        council=council,
        telegram_token=environment.get("VOICE_TELEGRAM_TOKEN", ""),
        telegram_api=environment.get("VOICE_TELEGRAM_API", TELEGRAM_API).rstrip("/"),
        telegram_file_api=environment.get("VOICE_TELEGRAM_FILE_API", "").rstrip("/"),
        telegram_webhook_url=environment.get("VOICE_TELEGRAM_WEBHOOK_URL", ""),
        telegram_webhook_secret=environment.get("VOICE_TELEGRAM_WEBHOOK_SECRET", ""),
        telegram_port=_read_number(environment, "VOICE_TELEGRAM_PORT", 8081),
        mail_server=_read_mail_server(environment, council),
        mail_from=environment.get("VOICE_MAIL_FROM", ""),
        sms_gateway=environment.get("VOICE_SMS_GATEWAY", ""),
        sms_secret=environment.get("VOICE_SMS_SECRET", ""),
        sms_port=_read_number(environment, "VOICE_SMS_PORT", 8082),
        notify_api=environment.get("VOICE_NOTIFY_API", NOTIFY_API).rstrip("/"),
        notify_key=environment.get("VOICE_NOTIFY_KEY", ""),
        notify_template=environment.get("VOICE_NOTIFY_TEMPLATE", ""),
        notify_token=environment.get("VOICE_NOTIFY_TOKEN", ""),
        port=_read_number(environment, "VOICE_PORT", 0),
        is_https=environment.get("VOICE_HTTPS", "") == "1",
        csrf_seconds=_read_number(environment, "VOICE_FORM_SECONDS", 60 * 60 * 24 * 7),
    )


def warning_of(settings: Settings) -> str:
    """Return what whoever starts the service must be told of what is not set; else nothing."""
    if settings.council.address or not settings.telegram_token:
        return ""
    return (
        f"WARNING: `address` is not set in {settings.home / 'council.yaml'}. The chat on Telegram "
        "cannot give people under 16 the link to the web chat, nor anybody the link to what was "
        "done. Write there where people reach these pages, and start again:\n"
        "  address: https://voice.example.gov.uk\n"
    )


def read_council(path: Path) -> Council:
    """Return the council's particulars; the bare defaults while the file is not there.

    Raises:
        SettingsError: if the file is not YAML or has a key we do not know.
    """
    if not path.exists():
        return Council()
    try:
        raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
        return Council.model_validate(raw or {})
    except (YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name}: is not YAML in UTF-8") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " → ".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path.name}: {where}: {first['msg']}") from error


def _read_number(environment: Mapping[str, str], name: str, default: int) -> int:
    raw = environment.get(name, "")
    if raw and not raw.isdigit():
        raise SettingsError(f"{name} must be a whole number")
    return int(raw) if raw else default


def _read_mail_server(environment: Mapping[str, str], council: Council) -> str:
    address = environment.get("VOICE_MAIL_SERVER", "")
    if address and not (environment.get("VOICE_MAIL_FROM") or council.email):
        raise SettingsError("VOICE_MAIL_FROM must say what address our e-mails come from")
    if address and not address.startswith(("smtp://", "smtps://")):
        raise SettingsError("VOICE_MAIL_SERVER must begin with smtp:// or smtps://")
    return address


def _read_secret(environment: Mapping[str, str], home: Path) -> str:
    given = environment.get("VOICE_SECRET_KEY")
    if given is None:
        return _read_secret_file(home / "secret.key")
    if len(given) < MIN_SECRET_CHARS or len(set(given)) < MIN_DIFFERENT_CHARS:
        raise SettingsError(
            f"VOICE_SECRET_KEY must have at least {MIN_SECRET_CHARS} characters; make one with "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return given


def _read_secret_file(path: Path) -> str:
    """Return the key in this file, made on the first run for its owner's eyes only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if len(key) < MIN_SECRET_CHARS:
            raise SettingsError(f"{path.name} is too short; delete it to make a new one") from None
        return key
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    return key
