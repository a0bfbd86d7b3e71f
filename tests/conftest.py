"""Fixtures that every app's tests may use. Apps keep their own makers in tests/<app>/."""
