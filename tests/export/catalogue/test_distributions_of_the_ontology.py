from __future__ import annotations

from pyoxigraph import Store

from meagraph.export.catalogue.authorities import FORMS
from meagraph.export.catalogue.distributions import distributions
from meagraph.export.ontology import files
from meagraph.namespaces import BASE
from meagraph.project import Project


def test_each_file_of_the_ontology_is_one_to_fetch(store: Store, project: Project) -> None:
    names = sorted(files(store, project))
    found = distributions({"ontology": names})
    assert [each.address for each in found] == [BASE + name for name in names]
    assert all(each.single for each in found)
    assert {each.form for each in found} == {
        FORMS[ending] for ending in ("ttl", "rdf", "jsonld", "nt", "html")
    }


def test_no_file_of_the_ontology_is_taken_for_the_data(store: Store, project: Project) -> None:
    for each in distributions({"ontology": sorted(files(store, project))}):
        words = "as a page" if each.address.endswith("html") else "without the data"
        assert words in each.description, each.address
