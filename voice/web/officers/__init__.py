"""Pages for the people who work at the council."""
