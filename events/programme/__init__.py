"""The one reader: everything shown outside an edit form comes through `load_programme`."""
