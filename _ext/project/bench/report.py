"""What a run found, as text for the terminal and as tables for the page of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from project.bench.plot import plot
from project.bench.results import BARS, Bar, Profile, Results, Weight
from project.bench.sites import ROOT

#: The run that the site shows.
RESULTS = ROOT / "source/performance/results.json"

_JUDGED = {True: "met", False: "**not met**", None: "not measured"}
_OTHERS = {"hugo": "Hugo", "zensical": "Zensical"}
_TOOLS = {"reasonbook": "Reasonbook", **_OTHERS}
_NOTHING = "–"
_SINGLE = {
    "edit": "Edit of one reason, to its refreshed pages",
    "empty": "Build of an empty Sphinx project",
    "check": "`reasonbook check`, with all examples",
    "examples": "All examples as doctests",
    "help": "`reasonbook --help`",
    "site": "`make site` of the shipped catalogue, without set-up",
}
_PROFILED = (
    "Of what does not reach its bar: time by cProfile in one process, by the part of the program; "
    "memory by how much its peak grows in each phase."
)


def files(results: Results) -> Mapping[str, str]:
    """Return what the page of the site is made of, by the names of the files."""
    return {
        RESULTS.name: results.model_dump_json(indent=1) + "\n",
        "tables.txt": tables(results),
        "growth.svg": plot(results),
    }


def text(results: Results) -> str:
    """Return every bar with its value; where one is not reached, why, and what was tried."""
    lines = [_short(results)] if results.is_short else []
    for bar in BARS:
        judged = _JUDGED[bar.is_met(results)].strip("*")
        lines.append(f"{judged:12}  {bar.name}: {_value(bar, results)} (at most {_bound(bar)})")
        profile = _profile(bar, results)
        if profile and judged == "not met":
            lines.append(f"{'':14}its {profile.of} goes to {_parts(profile)}")
            lines += [f"{'':14}tried: {text}" for text in profile.tried]
    return "\n".join(lines) + "\n"


def tables(results: Results) -> str:
    """Return the Markdown that the page of the site includes."""
    blocks = [_made(results)]
    if results.is_short:
        blocks.append(f"**{_short(results)}**")
    bars = ((b.name, _value(b, results), _bound(b), _JUDGED[b.is_met(results)]) for b in BARS)
    blocks += ["### Bars", _table(("bar", "value", "at most", "result"), bars)]
    for title, tools, number in (
        ("CPU seconds", _TOOLS, lambda build, _: f"{build.cpu:,.1f}"),
        ("our time compared with", _OTHERS, lambda build, ours: f"{ours.cpu / build.cpu:.2f} ×"),
        ("MB of memory", _TOOLS, lambda build, _: f"{build.peak:,.0f}"),
    ):
        blocks += [f"### Full builds: {title}", _by_size(results, tools, number)]
    blocks += ["### Single commands", _singles(results)]
    if results.weights:
        head = ("for", "reasons in the site", "requests", "KB, gzipped")
        blocks += ["### What a browser fetches", _table(head, map(_weight, results.weights))]
    if results.profiles:
        blocks += ["### Where it goes", _PROFILED]
        blocks.append("\n".join(f"- {_profiled(p)}: {_parts(p)}." for p in results.profiles))
        blocks.append("### What was tried")
        blocks += ["\n".join(_attempts(p)) for p in results.profiles if p.tried]
    return "\n\n".join(blocks) + "\n"


def _made(results: Results) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in results.machine.items())
    versions = ", ".join(f"{name} {value}" for name, value in results.versions.items())
    return (
        f"Measured on {results.date} at commit `{results.commit}`, medians of {results.runs}.\n"
        f"Machine: {machine}.\nVersions: {versions}."
    )


def _short(results: Results) -> str:
    sizes = ", ".join(f"{size:,}" for size in results.sizes)
    return f"This is a short run: sizes {sizes}; runs {results.runs}. Most bars need a full one."


def _by_size(results: Results, tools: Mapping[str, str], number: Callable[..., str]) -> str:
    """Return a table with what a function makes of each build, and of ours of the same size."""
    rows = []
    for size in results.sizes:
        ours, found = results.find("reasonbook", size), [results.find(t, size) for t in tools]
        rows.append([f"{size:,}", *(number(m, ours) if m else _NOTHING for m in found)])
    return _table(["reasons", *tools.values()], rows)


def _singles(results: Results) -> str:
    rows = [
        (
            _SINGLE[m.what],
            f"{m.reasons:,}" if m.reasons else _NOTHING,
            f"{m.cpu:.2f}",
            f"{m.peak:.0f}",
        )
        for m in results.measures
        if m.what in _SINGLE
    ]
    return _table(("what", "reasons", "CPU seconds", "MB"), rows)


def _weight(weight: Weight) -> tuple[str, str, str, str]:
    size = f"{weight.bytes / 1000:.1f}"
    return weight.what, f"{weight.reasons:,}", str(weight.requests), size


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, [*("---" for _ in head)], *rows]
    text = (f"| {' | '.join(line)} |" for line in lines)
    return "\n".join(["```{table}", ":class: numbers", "", *text, "```"])


def _value(bar: Bar, results: Results) -> str:
    value = bar.value(results)
    return _NOTHING if value is None else f"{value:.2f} {bar.unit}"


def _bound(bar: Bar) -> str:
    return f"{bar.bound:g} {bar.unit}"


def _profile(bar: Bar, results: Results) -> Profile | None:
    wanted = (bar.resource, bar.what)
    return next((p for p in results.profiles if (p.of, p.what) == wanted), None)


def _profiled(profile: Profile) -> str:
    name = f"{profile.of.title()} of {_SINGLE.get(profile.what, 'a build')}"
    return f"{name}, {profile.reasons:,} reasons" if profile.reasons else name


def _attempts(profile: Profile) -> Iterator[str]:
    yield f"{profile.of.title()} of {_SINGLE.get(profile.what, 'a build')}:\n"
    yield from (f"- {text}" for text in profile.tried)


def _parts(profile: Profile) -> str:
    return ", ".join(f"{part.part} {part.share:.0%}" for part in profile.parts)
