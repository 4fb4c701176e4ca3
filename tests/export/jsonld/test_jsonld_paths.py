from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meagraph.export.jsonld import path_of
from meagraph.namespaces import BASE

slugs = st.text(st.sampled_from("ab.@#%é/ :\\"), min_size=1, max_size=8)


def test_folders_are_those_of_the_iri() -> None:
    assert path_of(BASE + "organisations/oecd") == "organisations/oecd.jsonld"
    assert path_of(BASE + "documents/d/annex-1/2#a") == "documents/d/annex-1/2@a.jsonld"


@pytest.mark.parametrize("slug", ["..", "../..", ".", "a/../../b", "a//b", "/etc", "c:\\x"])
def test_no_iri_leads_out_of_the_folder(slug: str) -> None:
    path = path_of(f"{BASE}meetings/{slug}")
    assert path.startswith("meetings/")
    assert not {"", ".", ".."} & set(path.split("/"))
    assert "\\" not in path and ":" not in path


@given(st.lists(slugs, unique=True, min_size=2, max_size=6))
def test_no_two_things_share_a_path(names: list[str]) -> None:
    assert len({path_of(BASE + "meetings/" + name) for name in names}) == len(names)


def test_a_very_long_name_fits_a_file_system_and_stays_its_own() -> None:
    one, other = (path_of(f"{BASE}meetings/{'é' * 900}{end}") for end in "ab")
    assert one != other
    assert max(len(part.encode()) for part in one.split("/")) < 255
