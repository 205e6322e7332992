"""Spreadsheets as bytes: read whatever somebody saved, every cell as text; nothing is ever run."""

from voice.spreadsheets.reading import Row, SpreadsheetError, Table, is_workbook, read_table

__all__ = ["Row", "SpreadsheetError", "Table", "is_workbook", "read_table"]
