"""Startup funding news, read from newsletters into a database that can be trusted."""

__version__ = "0.1.0"
