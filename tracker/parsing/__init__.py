"""Text → value: pure functions without spaCy, files or network."""
