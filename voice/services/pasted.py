"""Lists that officers paste: one line of a spreadsheet or of a CSV file, as its cells."""

import csv


def read_cells(line: str, number: int) -> list[str]:
    """Return the cells of a line as they were typed; none of an empty line.

    Raises:
        ValueError: if it is no line of CSV; its message is `number`.
    """
    if "\t" in line:
        return line.split("\t")
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        raise ValueError(number) from None
