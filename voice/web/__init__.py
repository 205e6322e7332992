"""Pages, for the public and for officers."""
