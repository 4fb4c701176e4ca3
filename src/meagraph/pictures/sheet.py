"""A sheet of paper that is drawn on in inches from its upper left corner.

It is as broad as the text of an A4 page. Nothing is drawn through pyplot, and matplotlib's settings
are put back, so that neither a reader's own settings change a picture nor a picture changes them.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from meagraph.errors import UnusableInput, installing
from meagraph.pictures.letters import FAMILY, clean, leading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH = 7.0
"""Inches: an A4 page with margins of 16 mm."""
SMALL, NORMAL, LARGE = 7.0, 7.5, 10.5
"""Sizes of text in points. Nothing is smaller than the first."""
INK, QUIET, RULE, PAPER = "#1e2326", "#565f64", "#c9cdcf", "#ffffff"
BLUE, ORANGE, GREEN, VERMILION, PURPLE, SKY = (
    *("#0072B2", "#E69F00", "#009E73"),
    *("#D55E00", "#CC79A7", "#56B4E9"),
)
"""Colours that the colour-blind tell apart (Okabe and Ito); a shape or a word says the same."""

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "meagraph",
    "font.family": [FAMILY],
    "font.sans-serif": [FAMILY],
    "text.usetex": False,
    "path.simplify": False,
}


@contextmanager
def settings() -> Iterator[None]:
    """Draw with matplotlib's own settings and ours, whatever the reader's are.

    Raises:
        UnusableInput: matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError:
        raise UnusableInput(
            "a picture needs the package matplotlib, which is not installed",
            hint=installing("research"),
        ) from None
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


class Sheet:
    """What is drawn; lengths are inches, ``y`` grows downwards, sizes of text are points."""

    def __init__(self) -> None:
        from matplotlib.figure import Figure

        self.texts: list[tuple[str, bool]] = []
        self.figure = Figure(figsize=(WIDTH, WIDTH), facecolor=PAPER)
        self._axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)

    def cut(self, height: float) -> None:
        """Cut the sheet off at a height."""
        self.figure.set_size_inches(WIDTH, height)
        self._axes.set_ylim(height, 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = NORMAL,
        *,
        bold: bool = False,
        colour: str = INK,
        across: str = "left",
        along: str = "baseline",
        turned: float = 0.0,
        halo: str = "",
    ) -> None:
        """Write one line; a ``halo`` of a colour keeps what is beneath away from it."""
        shown = clean(text)
        if not shown:
            return
        self.texts.append((shown, bold))
        box = {"facecolor": halo, "alpha": 0.8, "linewidth": 0, "pad": 0.4} if halo else None
        self._axes.text(
            x,
            y,
            shown,
            fontsize=size,
            fontweight="bold" if bold else "normal",
            color=colour,
            horizontalalignment=across,
            verticalalignment=along,
            rotation=turned,
            rotation_mode="anchor",
            bbox=box,
            parse_math=False,
            zorder=6,
        )

    def lines(
        self, x: float, top: float, lines: Sequence[str], size: float = NORMAL, **how: Any
    ) -> float:
        """Write lines below each other, the first below ``top``; gives where the last ends."""
        for number, line in enumerate(lines):
            self.text(x, top + leading(size) * (number + 0.78), line, size, **how)
        return top + leading(size) * len(lines)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        width: float = 0.6,
        colour: str = RULE,
        alpha: float = 1.0,
        order: float = 1,
    ) -> None:
        """Draw a line, ``width`` points thick."""
        from matplotlib.lines import Line2D

        line = Line2D(
            [start[0], end[0]],
            [start[1], end[1]],
            linewidth=width,
            color=colour,
            alpha=alpha,
            zorder=order,
            solid_capstyle="butt",
        )
        self._axes.add_line(line)

    def box(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        *,
        fill: str = "none",
        edge: str = "none",
        width: float = 0.6,
        alpha: float = 1.0,
        order: float = 2,
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        from matplotlib.patches import Rectangle

        self._axes.add_patch(
            Rectangle(
                (x, y),
                across,
                down,
                facecolor=fill,
                edgecolor=edge,
                linewidth=width,
                alpha=alpha,
                zorder=order,
            )
        )

    def mark(
        self,
        shape: str,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        edge: str,
        width: float = 0.9,
        order: float = 4,
    ) -> None:
        """Draw one of the `SHAPES` around a point; all of a radius are of about the same area."""
        from matplotlib.patches import Circle, Polygon

        how: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": edge,
            "linewidth": width,
            "zorder": order,
        }
        if shape == "circle":
            self._axes.add_patch(Circle((x, y), radius, **how))
        else:
            corners = [(x + radius * across, y + radius * down) for across, down in SHAPES[shape]]
            self._axes.add_patch(Polygon(corners, closed=True, joinstyle="miter", **how))


SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": (),
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.24), (1.24, 0), (0, 1.24), (-1.24, 0)),
    "up": ((0, -1.3), (1.25, 0.88), (-1.25, 0.88)),
    "down": ((0, 1.3), (1.25, -0.88), (-1.25, -0.88)),
    "hexagon": ((-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)),
}
"""Shapes and their corners around the centre, for a radius of one."""
