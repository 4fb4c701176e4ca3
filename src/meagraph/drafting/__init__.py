"""Entries on their way into the graph: drafted, explained, added."""
