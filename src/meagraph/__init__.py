"""meagraph: the knowledge graph of cooperation among multilateral environmental agreements.

    import meagraph

    graph = meagraph.open()
    graph.query("meetings-attended", agent="BRS secretariat").to_pandas()

`open` gives a `KnowledgeGraph`; what cannot be done raises `UnusableInput`. Nothing is imported
before it is used.
"""

__version__ = "0.1.0"

__all__ = ["KnowledgeGraph", "UnusableInput", "__version__", "open"]

TYPE_CHECKING = False  # as type checkers know it; the module typing takes long to import
if TYPE_CHECKING:
    from meagraph.errors import UnusableInput
    from meagraph.knowledge import KnowledgeGraph, open

_HOMES = {
    "KnowledgeGraph": "meagraph.knowledge",
    "UnusableInput": "meagraph.errors",
    "open": "meagraph.knowledge",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module “meagraph” has no attribute “{name}”")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
