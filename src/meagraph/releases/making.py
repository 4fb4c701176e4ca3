"""A release: everything checked, then everything written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meagraph.changes import Version, comparable, compare, naming_of, read_project, read_version
from meagraph.entries import decoded
from meagraph.entries.limits import read_bounded
from meagraph.errors import UnusableInput
from meagraph.releases import contents
from meagraph.releases.addresses import checked_site, handing_in, htaccess
from meagraph.releases.contents import Compared
from meagraph.releases.numbers import LEVELS, Number, needed, read_number, step
from meagraph.releases.pages import About, index, readme
from meagraph.releases.stated import CHANGELOG, day_of, objections, stated_version, texts_of
from meagraph.releases.steps import Asked, asked
from meagraph.releases.writing import SUMS, write_folder

if TYPE_CHECKING:
    from pyoxigraph import Store

    from meagraph.export.writing import Progress
    from meagraph.project import Project

_ANY_DAY = date(1970, 1, 1)
"""What `meagraph.entries.formatting` would write into a register that is to change; it may not."""


class Wanted(NamedTuple):
    """What is to be released.

    Args:
        version: its version.
        folder: the folder in which that of the release will be.
        previous: the last release: its folder, or a revision; empty if there is none.
        site: the address below which releases are published; empty for no redirects.
        draft: whether it is for trial, and may be unreleased or too small a step.
    """

    version: str
    folder: Path
    previous: str = ""
    site: str = ""
    draft: bool = False


class Released(NamedTuple):
    """What became of it.

    Args:
        folder: the release's own folder.
        files: how many files are in it.
        size: their bytes.
        is_new: whether it was written; it is not where it was there already, byte for byte.
        previous: the version before; empty without one.
        step: what the changes since then ask for; ``None`` without a version before.
        too_small: for a draft: why this version would be refused as a release; else empty.
    """

    folder: Path
    files: int
    size: int
    is_new: bool
    previous: str
    step: Asked | None
    too_small: str


def release(project: Project, wanted: Wanted, progress: Progress | None = None) -> Released:
    """Check a version of the graph and write it as a release.

    Args:
        project: the checkout.
        wanted: what is to be released.
        progress: told of what is being done.

    Raises:
        UnusableInput: the version is none, or not the one that the files state, or too small a
            step; the data are not valid or not in canonical form; the last release cannot be
            read; the folder is there with other content or cannot be written. Nothing has been
            written then.
    """
    number = read_number(wanted.version)
    site = checked_site(wanted.site) if wanted.site else ""
    folder = wanted.folder / str(number)
    _refuse_own(folder, project)
    texts = texts_of(project)
    now = _asking_alone(read_project(project.root))._replace(name=str(number))
    _refuse_objections(objections(now, str(number), texts, draft=wanted.draft), number)
    before, compared = _compared(project, wanted.previous, now)
    result = asked(*compared[:3]) if compared else None
    too_small = _too_small(before, number, result) if before and result else ""
    if too_small and not wanted.draft:
        raise UnusableInput(too_small, hint="docs/versions.md has the rules.")
    _refuse_faulty(project, progress)

    from meagraph.graph import open_graph

    about = About(
        str(number),
        "" if wanted.draft else day_of(str(number), texts[CHANGELOG]),
        str(before) if before else "",
        _told(result),
    )
    store = open_graph(project, progress=progress)
    files = files_of_release(store, project, about, texts, compared, site)
    is_new = write_folder(files, folder, progress)
    size = sum((folder / name).stat().st_size for name in (*files, SUMS))
    return Released(folder, len(files) + 1, size, is_new, about.previous, result, too_small)


def files_of_release(
    store: Store,
    project: Project,
    about: About,
    texts: Mapping[str, str],
    compared: Compared | None,
    site: str,
) -> dict[str, Callable[[], bytes]]:
    """Every file of a release but the sums, and what makes its bytes.

    Args:
        store: the built graph.
        project: its files.
        about: what its pages tell.
        texts: see `stated.texts_of`.
        compared: the last release and this one, if there is a last one.
        site: where releases are published; empty for no redirects.
    """
    from meagraph.queries import load_questions

    questions = load_questions(project)
    files = {
        **contents.exports(store, project),
        **contents.questions(store, project, about.number, questions),
        **contents.shapes(project),
        **contents.texts(texts),
        **(contents.changes(compared) if compared else {}),
    }
    files["README.md"] = lambda: readme(about, has_rules=bool(site)).encode()
    names = [*files, "index.html", SUMS]
    files["index.html"] = lambda: index(about, names, questions).encode()
    if site:
        files["w3id/meagraph/.htaccess"] = lambda: htaccess(about.number, site, names).encode()
        files["w3id/meagraph/README.md"] = lambda: handing_in(about.number, site).encode()
    return files


def _refuse_own(folder: Path, project: Project) -> None:
    """Keep releases, which hold Turtle, out of the folders that the graph is read from."""
    real = os.path.realpath(folder)
    for own in ("ontology", "data", "shapes", "queries", "coverage"):
        if real.startswith(os.path.join(os.path.realpath(project.root / own), "")):
            raise UnusableInput(
                f"{folder} would lie among the files that the graph is built from",
                hint="Name with -o a folder outside ontology/, data/, shapes/ and queries/.",
            )


def _refuse_objections(found: list[str], number: Number) -> None:
    if found:
        raise UnusableInput(
            f"the files do not say that {number} is released",
            hint="\n  ".join(
                ("Change these, or give --draft where only the release is still to come:", *found)
            ),
        )


def _refuse_faulty(project: Project, progress: Progress | None) -> None:
    from meagraph.entries.formatting import formatting
    from meagraph.validation import validate

    changes, refused = formatting(project.data, _ANY_DAY, progress=progress)
    if refused:
        raise refused[0]
    if changes:
        first = next(iter(changes)).relative_to(project.root).as_posix()
        raise UnusableInput(
            f"the data are not in canonical form: {first}"
            + (f" and {len(changes) - 1:,} more" if len(changes) > 1 else ""),
            hint="meagraph fmt brings them into it.",
        )
    report = validate(project, progress=progress)
    if report.unreadable or report.fails("violation"):
        raise UnusableInput(
            f"the data are not valid: {report.summary()}", hint="meagraph validate lists what is."
        )


def _compared(project: Project, named: str, now: Version) -> tuple[Number | None, Compared | None]:
    """The last release's version, and how the project differs from it."""
    if not named:
        return None, None
    old = _asking_alone(_with_questions(read_version(named, project.folder), Path(named)))
    said = stated_version(old)
    try:
        before = read_number(said)
    except UnusableInput:
        raise UnusableInput(
            f"{named} does not say which release it is"
            + (f": its version is “{said}”" if said else ""),
            hint="Name with --previous the folder of the last release, or its revision.",
        ) from None
    old, new = comparable(old._replace(name=str(before)), now)
    changes = compare(old, new)
    return before, Compared(old, new, changes, naming_of(changes, [new, old]))


def _with_questions(version: Version, folder: Path) -> Version:
    """A release has its questions too, where an export has none."""
    if "questions" in version.parts or not (folder / "queries").is_dir():
        return version
    paths = sorted((folder / "queries").glob("[!.]*.rq"))
    questions = {path.stem: decoded(path, read_bounded(path)) for path in paths}
    parts = version.parts | ({"questions"} if questions else set())
    return version._replace(parts=parts, questions=questions)


def _asking_alone(version: Version) -> Version:
    """The questions without their themes: their addresses have none."""
    questions = {name.rpartition("/")[2]: text for name, text in version.questions.items()}
    return version._replace(questions=questions)


def _too_small(before: Number, number: Number, result: Asked) -> str:
    """Why a version may not follow another; empty if it may."""
    if number <= before:
        return f"{number} does not come after {before}, the release to compare with"
    least = needed(result.level, before)
    if LEVELS.index(step(before, number)) >= LEVELS.index(least):
        return ""
    why = "; ".join(result.told())
    return f"after {before}, the least version is {before.next(least)}, not {number}: {why}"


def _told(result: Asked | None) -> tuple[str, ...]:
    if result is None:
        return ()
    return tuple(result.told()) or ("no name came or went, and no meaning changed",)
