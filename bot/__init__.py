"""The chat on a phone: Telegram's updates in, the conversation's messages out."""
