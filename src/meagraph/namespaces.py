"""Prefixes and the terms that code names. Imports nothing of ours.

Every prefix that a data file, a stored question or a shape may use is listed here once; the
writer, the query runner and the exports take theirs from this table.
"""

BASE = "https://w3id.org/meagraph/"
"""What every IRI of the graph begins with; what follows is a path under ``data/``."""

ONTOLOGY = BASE + "ontology#"
SHAPES = BASE + "shapes#"
CONCEPTS = BASE + "concepts/"
EDTF_NAMESPACE = "http://id.loc.gov/datatypes/edtf/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "http://schema.org/"
SH = "http://www.w3.org/ns/shacl#"

KINDS = (
    "agreements",
    "groups",
    "frameworks",
    "organisations",
    "bodies",
    "posts",
    "programmes",
    "projects",
    "plans",
    "systems",
    "meetings",
    "decisions",
    "documents",
    "places",
    "stakeholders",
)
"""The kinds of entity that have records: one folder of ``data/`` and one prefix each."""

SCHEMES = (
    "kind",
    "role",
    "status",
    "bodykind",
    "topic",
    "defect",
    "mode",
    "closure",
    "citation",
    "unit",
    "registry",
)
"""The concept schemes; the prefix of a scheme's concepts is the scheme's name."""

PREFIXES: dict[str, str] = {
    "mea": ONTOLOGY,
    "meash": SHAPES,
    **{kind: f"{BASE}{kind}/" for kind in KINDS},
    **{scheme: f"{CONCEPTS}{scheme}/" for scheme in SCHEMES},
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "edtf": EDTF_NAMESPACE,
    "sh": SH,
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "undo": "https://w3id.org/un/ontology/undo/",
    "vann": "http://purl.org/vocab/vann/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "bibo": "http://purl.org/ontology/bibo/",
    "adms": "http://www.w3.org/ns/adms#",
}
"""Prefix to namespace. In a data file ``this:`` is added: the file's own graph name and ``#``."""

ENTAILED_GRAPH = BASE + "graphs/entailed"
"""The graph that holds the triples which no file states, made at build."""

ONTOLOGY_GRAPH = BASE + "ontology"
ALIGNMENTS_GRAPH = BASE + "ontology/alignments"


def compact(iri: str) -> str:
    """Shorten an IRI to a prefixed name where one of ours fits, else put it in angle brackets.

    >>> compact("https://w3id.org/meagraph/meetings/cbd-cop-16-1")
    'meetings:cbd-cop-16-1'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri[len(namespace) :]
            if local and "/" not in local and "#" not in local:
                return f"{prefix}:{local}"
    return f"<{iri}>"


def expand(name: str) -> str | None:
    """Turn a prefixed name with one of our prefixes into an IRI; ``None`` if it is not one.

    >>> expand("status:held")
    'https://w3id.org/meagraph/concepts/status/held'
    """
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix)
    if not colon or namespace is None or local.startswith("//"):
        return None
    return namespace + local
