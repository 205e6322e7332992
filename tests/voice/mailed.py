"""The worker's post in a test: every letter that is due leaves, and is kept to be read."""

from voice.services import mail


def send_due_letters(database, settings, *, at):
    """Send every letter that is due; return them in the order in which they left."""
    sent = []
    while mail.send_next(database, settings, lambda letter, _: sent.append(letter), now=at):
        pass
    return sent
