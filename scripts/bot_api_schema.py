"""Write what the Bot API's messages and methods look like, from aiogram's generated models.

    python3 -m venv /tmp/aiogram && /tmp/aiogram/bin/pip install aiogram
    /tmp/aiogram/bin/python scripts/bot_api_schema.py > tests/bot/bot_api_schema.json

aiogram makes its models from Telegram's own documentation. It wants an older pydantic than this
service, so it is not among our requirements, and what its models say is kept as JSON Schema. Only
types and methods that we meet are kept; any other type is taken as anything.
"""

import json
import sys
import warnings

import aiogram
from aiogram import methods, types
from pydantic.json_schema import GenerateJsonSchema

TYPES = (
    "Update", "Message", "CallbackQuery", "ChatMemberUpdated", "User", "Chat", "File", "PhotoSize",
    "Voice", "Document", "Contact", "Location", "InlineKeyboardMarkup", "InlineKeyboardButton",
    "BotCommand", "ResponseParameters", "WebhookInfo",
)  # fmt: skip
METHODS = (
    "GetUpdates", "SetWebhook", "DeleteWebhook", "GetMe", "SetMyCommands", "SendMessage",
    "SendPhoto", "EditMessageText", "EditMessageCaption", "AnswerCallbackQuery", "GetFile",
)  # fmt: skip
_SAID_ONLY = {"description", "title", "default", "additionalProperties"}


class _Lenient(GenerateJsonSchema):
    """Takes what has no JSON, such as a file that is sent along, as anything."""

    def handle_invalid_for_json_schema(self, _schema: object, _what: str) -> dict[str, object]:
        return {}


def shape_of(model: type) -> dict[str, object]:
    """Return the properties of one model and which of them must be there."""
    schema = model.model_json_schema(schema_generator=_Lenient)
    if "$ref" in schema:
        schema = schema["$defs"][schema["$ref"].rpartition("/")[2]]
    properties = {name: _kept(each) for name, each in schema.get("properties", {}).items()}
    return {"required": schema.get("required", []), "properties": properties}


def _kept(schema: object) -> object:
    if isinstance(schema, list):
        return [_kept(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return {"$ref": name} if name in TYPES else {}
    return {key: _kept(each) for key, each in schema.items() if key not in _SAID_ONLY}


def main() -> None:
    """Print the schema."""
    warnings.simplefilter("ignore")
    shown = {
        "source": f"aiogram {aiogram.__version__}, Bot API {aiogram.__api_version__}",
        "types": {name: shape_of(getattr(types, name)) for name in TYPES},
        "methods": {name: shape_of(getattr(methods, name)) for name in METHODS},
    }
    sys.stdout.write(json.dumps(shown, sort_keys=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
