"""Connections of clients that may be slow, greedy or malicious: each with its limits."""

from meagraph.server.connections.connection import IDLE, protocol

__all__ = ["IDLE", "protocol"]
