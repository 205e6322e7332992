"""The service: ask, listen, understand, act, answer back."""
