"""How much memory this program has held."""

import resource
import sys

KILOBYTES_IN_A_MEGABYTE = 1024
BYTES_IN_A_KILOBYTE = 1024


def peak_mb() -> float:
    """Return the most memory this program has held since it began, whatever it was for."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    in_kilobytes = peak / BYTES_IN_A_KILOBYTE if sys.platform == "darwin" else peak
    return round(in_kilobytes / KILOBYTES_IN_A_MEGABYTE, 1)
