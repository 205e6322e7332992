"""Coding to a frame: which of a council's own themes each answer raises, learnt from examples."""
