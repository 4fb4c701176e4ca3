"""The files: one for each set, and what is in none."""

from __future__ import annotations

import csv
import json
import re
import time
from datetime import date
from io import StringIO

import pytest
from pyoxigraph import Store

from meagraph.export.informea import Feed, files
from meagraph.export.informea.schema import KINDS
from meagraph.export.informea.verbose import milliseconds
from meagraph.graph import build
from meagraph.project import Project


def made(store: Store, project: Project) -> dict[str, bytes]:
    return {name: make() for name, make in files(store, project).items()}


def test_each_set_is_a_file_in_verbose_json_with_all_its_records(
    store: Store, project: Project, ours: Feed
) -> None:
    found = made(store, project)
    assert list(found) == [*(f"{kind}.json" for kind in KINDS), "left-out.csv"]
    for kind in KINDS.values():
        results = json.loads(found[f"{kind.set}.json"])["d"]["results"]
        assert [one["id"] for one in results] == [one.id for one in ours.set(kind.set) or ()]
        for one in results:
            assert one["__metadata"]["type"] == f"informea.{kind.name}"
            assert one["__metadata"]["uri"].endswith(f"/{kind.set}('{one['id']}')")
            assert all(isinstance(one[name]["results"], list) for name in kind.lists)


def test_days_are_midnight_utc_in_whole_seconds(store: Store, project: Project) -> None:
    found = made(store, project)
    (cop,) = (
        one
        for one in json.loads(found["Meetings.json"])["d"]["results"]
        if one["id"] == "minamata-cop-5.minamataunep"
    )
    assert cop["start"] == "/Date(1698624000000)/"  # 30 October 2023, 00:00 UTC
    for text in re.findall(rb"/Date\((.*?)\)/", b"".join(found.values())):
        assert int(text) % 86_400_000 == 0


def test_days_are_the_same_wherever_the_feed_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Kiritimati")
        time.tzset()
        assert milliseconds(date(2023, 10, 30)) == 1_698_624_000_000
    time.tzset()


def test_what_is_left_out_is_a_table(store: Store, project: Project, ours: Feed) -> None:
    rows = list(csv.DictReader(StringIO(made(store, project)["left-out.csv"].decode())))
    assert len(rows) == len(ours.left_out)
    row = next(row for row in rows if row["thing"].endswith("meetings/prtr-round-table-4"))
    assert row["set"] == "Meetings"
    assert row["missing"] == "start"
    assert (project.root / row["file"]).is_file()


def test_files_are_the_same_bytes_from_build_to_build(project: Project) -> None:
    assert made(build(project), project) == made(build(project), project)
