"""Calendars of other programs (.ics files, RFC 5545) into a campaign: read, compared with what is stored, saved.

`pieces`, `properties`, `zones`, `foreign`, `series` and `timetable` read bytes and touch no database; `states` makes
what planning takes of it; `comparing` holds it against what is stored; `preview` and `saving` do the whole.
"""
