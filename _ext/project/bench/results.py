"""What was measured, as it is kept in a file, and the bars that it is judged by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, NamedTuple

from pydantic import BaseModel

from project.bench.measuring import Cost, exponent

SIZES, RUNS = (500, 1_000, 2_000, 5_000, 10_000), 3
#: What is measured at one size only is measured at this one, or at the next smaller of a short run.
EDITED, CHECKED = 2_000, 10_000
#: Builds of all sizes are profiled at this one: a profile takes twice as long as what it is of.
PROFILED = 2_000


class Measure(BaseModel):
    """What a command took, as the median of some runs."""

    what: str
    reasons: int | None  # in its catalogue; None where that makes no difference
    cpu: float
    peak: float


class Weight(BaseModel):
    """What a browser fetches, each file compressed by gzip."""

    what: str
    reasons: int
    requests: int
    bytes: int


Resource = Literal["time", "memory"]


class Share(BaseModel):
    """How much of the time or the memory of a run a part of it took."""

    part: str
    share: float


class Profile(BaseModel):
    """Where the time or the memory of a run goes."""

    of: Resource
    what: str
    reasons: int | None
    parts: list[Share]
    tried: list[str] = []  # to make it less


class Results(BaseModel):
    """A run of the benchmark."""

    date: str
    commit: str
    machine: dict[str, str]
    versions: dict[str, str]
    sizes: list[int]
    runs: int
    measures: list[Measure] = []
    weights: list[Weight] = []
    profiles: list[Profile] = []

    @property
    def is_short(self) -> bool:
        """Whether it is less than the whole, and says less."""
        return not set(SIZES) <= set(self.sizes) or self.runs < RUNS

    def note(self, what: str, reasons: int | None, cost: Cost) -> None:
        """Add a measure."""
        self.measures.append(
            Measure(what=what, reasons=reasons, cpu=round(cost.cpu, 3), peak=round(cost.peak, 1))
        )

    def find(self, what: str, reasons: int | None = None) -> Measure | None:
        """Return a measure, unless it was not taken."""
        return next((m for m in self.measures if (m.what, m.reasons) == (what, reasons)), None)

    def growth(self) -> float | None:
        """Return the exponent by which our build grows, if it was measured up to the largest."""
        builds = {m.reasons: m.cpu for m in self.measures if m.what == "reasonbook" and m.reasons}
        return exponent(builds) if set(SIZES) <= set(builds) else None


Value = Callable[[Results], float | None]


class Bar(NamedTuple):
    """What a run must reach."""

    name: str
    value: Value
    bound: float
    unit: str
    #: The measure whose profile says why it is not reached.
    what: str
    reasons: int | None = None

    @property
    def resource(self) -> Resource:
        """What it is about."""
        return "memory" if self.unit == "MB" else "time"

    def is_met(self, results: Results) -> bool | None:
        """Tell whether a run reaches it; None where that was not measured."""
        value = self.value(results)
        return None if value is None else value <= self.bound


def _of(part: Literal["cpu", "peak"], what: str, reasons: int | None = None) -> Value:
    def value(results: Results) -> float | None:
        found = results.find(what, reasons)
        return float(getattr(found, part)) if found else None

    return value


_cpu, _peak = partial(_of, "cpu"), partial(_of, "peak")


def _ratio(above: Value, below: Value) -> Value:
    def value(results: Results) -> float | None:
        over, under = above(results), below(results)
        return over / under if over is not None and under else None

    return value


def _against(other: str, reasons: int) -> Value:
    return _ratio(_cpu("reasonbook", reasons), _cpu(other, reasons))


BARS = (
    Bar(
        "Build of 2,000 reasons compared with Hugo",
        _against("hugo", 2_000),
        2.0,
        "×",
        "reasonbook",
        2_000,
    ),
    Bar(
        "Build of 5,000 reasons compared with Hugo",
        _against("hugo", 5_000),
        2.0,
        "×",
        "reasonbook",
        5_000,
    ),
    Bar(
        "Build of 2,000 reasons compared with Zensical",
        _against("zensical", 2_000),
        0.4,
        "×",
        "reasonbook",
        2_000,
    ),
    Bar(
        "Build of 5,000 reasons compared with Zensical",
        _against("zensical", 5_000),
        0.4,
        "×",
        "reasonbook",
        5_000,
    ),
    Bar("Growth of a build, 500 to 10,000", Results.growth, 1.05, "exponent", "reasonbook", 5_000),
    Bar("Memory of a build of 5,000", _peak("reasonbook", 5_000), 250, "MB", "reasonbook", 5_000),
    Bar("Edit of one reason of 2,000", _cpu("edit", EDITED), 2.5, "s", "edit", EDITED),
    Bar(
        "Edit of one reason of 2,000 compared with an empty Sphinx project",
        _ratio(_cpu("edit", EDITED), _cpu("empty")),
        2.0,
        "×",
        "edit",
        EDITED,
    ),
    Bar(
        "Check of 10,000 reasons with examples", _cpu("check", CHECKED), 3.0, "s", "check", CHECKED
    ),
    Bar("reasonbook --help", _cpu("help"), 0.2, "s", "help"),
    Bar("make site of the shipped catalogue", _cpu("site"), 10.0, "s", "site"),
)
