"""Carillon for Python 3.9 and newer, on the standard library alone: records, rings and the clock of the server."""
