"""The graph over HTTP: SPARQL, linked data, questions, the harvest feed, pages for people.

Everything stands on one origin and only reads. Each topic is a module or a package with a function
``routes(server)``; `application` puts them together. What is asked by strangers is evaluated in
processes of its own (`meagraph.server.workers`).
"""
