"""What a program that runs for long does once, before it takes its first request."""

import gc

OBJECTS_BEFORE_COLLECTING = 20_000  # a few hundred kilobytes of them


def settle() -> None:
    """Let the garbage collector pass over what lives as long as the service, and come less often.

    At Python's own pace it took a fourteenth of the work of a submission.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
