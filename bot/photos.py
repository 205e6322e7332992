"""Messages with a picture: sent with their words as a caption, and changed by their caption."""

import logging
from typing import Any

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.rendering import Call
from voice.resources import find_picture

logger = logging.getLogger(__name__)


async def send_photo(bot: Bot, call: Call) -> None:
    """Send a picture with its words and buttons; the words alone, if the picture cannot be sent."""
    arguments = with_keyboard(call, bot)
    words, name = arguments.pop("caption"), arguments.pop("photo")
    found = find_picture(name, for_messenger=True)
    if found is not None:
        try:
            await bot.send_photo(**arguments, caption=words, photo=found.read_bytes())
        except BadRequest:
            logger.warning("picture refused")
        else:
            return
    await bot.send_message(**arguments, text=words)


async def edit_caption(bot: Bot, call: Call) -> None:
    """Change the words under a picture, which has no text of its own."""
    arguments = with_keyboard(call, bot)
    words = arguments.pop("text")
    await bot.edit_message_caption(**arguments, caption=words)


def with_keyboard(call: Call, bot: Bot) -> dict[str, Any]:
    """Return the arguments of a call with its buttons as the library takes them."""
    arguments = dict(call.arguments)
    if "reply_markup" in arguments:
        arguments["reply_markup"] = InlineKeyboardMarkup.de_json(arguments["reply_markup"], bot)
    return arguments
