"""Personal codes: which letters one has, and which code is none."""

# No vowel, and nothing that looks like another. A prime number of them, so that the last letter
# of a code gives away every slip of one letter and every two letters in wrong order.
PERSONAL_LETTERS = "BCDFGHJKMNPQRTVWXYZ3479"
PERSONAL_CODE_CHARS = 10  # nine by chance (41 bits), one to check


def read_personal_code(typed: str) -> str:
    """Return a personal code as it is hashed, however it was typed; empty if it cannot be one."""
    code = "".join(each for each in typed.upper() if each.isalnum())
    if len(code) != PERSONAL_CODE_CHARS or not set(code) <= set(PERSONAL_LETTERS):
        return ""
    return code if code[-1] == check_letter(code[:-1]) else ""


def check_letter(letters: str) -> str:
    """Return the letter that makes the sum of all, each times its place from 1, no remainder."""
    base = len(PERSONAL_LETTERS)
    total = sum(n * PERSONAL_LETTERS.index(each) for n, each in enumerate(letters, start=1))
    return PERSONAL_LETTERS[-total * pow(len(letters) + 1, -1, base) % base]
