"""Clients, plans and sessions. Files are the truth, the SQLite file an index of them that can be made again at any time."""
