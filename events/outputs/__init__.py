"""Pure renderers: a Programme in, bytes, text or a dictionary out."""
