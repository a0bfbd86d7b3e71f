"""Thin views: parse, call planning or the programme, render."""
