"""Text messages: the same conversation as everywhere, by a council's gateway or GOV.UK Notify."""
