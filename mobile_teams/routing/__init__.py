"""Kilometres and hours of a tour, worked out from plain values: no database, no clock."""
