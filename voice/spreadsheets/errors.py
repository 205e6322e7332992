"""What is wrong with a spreadsheet, in words for whoever has to mend it."""

from voice.errors import VoiceError


class SpreadsheetError(VoiceError):
    """A file that cannot be read as rows; the message says what is wrong and the cure.

    The message never holds what stands in a cell below the header.
    """
