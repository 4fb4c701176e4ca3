"""The graph as files for other tools: one module for each kind."""
