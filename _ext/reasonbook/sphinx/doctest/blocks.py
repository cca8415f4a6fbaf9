"""JSON blocks that people wrote on pages, and what each is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from docutils import nodes
from pygments.lexers.data import JsonBareObjectLexer, JsonLdLexer, JsonLexer
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.examples.display import describe
from reasonbook.examples.envelope import find_known_reason
from reasonbook.examples.runner import Examiner
from reasonbook.format.model import Catalogue
from reasonbook.schema.compile import compile_schema
from reasonbook.sphinx.state import State
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText

# What comes before a line of a block: its indent, and the marks of Markdown's quotes.
_BEFORE = " \t>"
#: What Pygments shows as JSON. JSON5 is another language, with comments and trailing commas.
JSON_LANGUAGES = frozenset(
    alias for lexer in (JsonLexer, JsonLdLexer, JsonBareObjectLexer) for alias in lexer.aliases
)


@dataclass(frozen=True)
class PageBlock:
    """A JSON block of a page: the node, its place, and its API where the page names one."""

    node: nodes.Element
    name: str
    text: str
    path: Path
    line: int  # of the first line of the text, from 1
    indent: int
    api: str
    options: dict[str, str]
    catalogue: Catalogue
    folder: Path

    @property
    def location(self) -> Location:
        """Where the text begins."""
        return self._at(1, 1)

    def _at(self, line: int, column: int) -> Location:
        return Location(display_path(self.path), self.line + line - 1, self.indent + column)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the check depends on; all of an API where the reason is not known yet."""
        if "schema" in self.options:
            return (self.folder / self.options["schema"],)
        api = self.catalogue.apis.get(self.api)
        if "no-envelope" in self.options or api is None:
            return ()
        reason = find_known_reason(api, parse_json(self.text))
        domain = api.domain(reason.domain) if reason else None
        return (api.path, *api.schema_paths, domain.path) if domain else api.files

    def check(self) -> Problems:
        """Check the block: as an error of its API, else as its options say."""
        problems = Problems()
        parsed = parse_json(self.text)
        if "schema" in self.options:
            parsed.report(self._at, problems)
            if not parsed.broken:
                self._check_schema(parsed, problems)
        elif "no-envelope" in self.options:
            parsed.report(self._at, problems)
        elif self.api not in self.catalogue.apis:
            problems.add(
                Rule.PAGE_API,
                self.location,
                f"The page names no API of the catalogue: {self.api!r}."
                if self.api
                else "The page does not say of which API this JSON is.",
            )
        else:
            examiner = Examiner(self.catalogue.apis[self.api])
            examiner.check_body(self.text, self._at, problems, request=self.options.get("request"))
        return problems

    def _check_schema(self, parsed: JsonText, problems: Problems) -> None:
        path = self.folder / self.options["schema"]
        shown = display_path(path)
        try:
            schema = parse_json(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            message = f"{shown} cannot be read: {reason}."
            problems.add(Rule.PAGE_SCHEMA, self.location, message)
            return
        schema.report(partial(Location, shown), problems)
        validator = (
            None
            if schema.faults
            else compile_schema(schema.value, partial(schema.location, shown), problems)
        )
        if validator and not (
            validator.can_check(parsed.value) and validator.can_list_errors(parsed.value)
        ):
            message = f"Validating the body by {shown} takes too many steps."
            problems.add(Rule.TOO_LARGE, self.location, message, "Shorten the body.")
            return
        for fault in validator.iter_errors(parsed.value) if validator else ():
            where = pointer.join("", *fault.instance_path)
            problems.add(
                Rule.PAGE_SCHEMA,
                self._at(*parsed.position(where)),
                f"{where or 'The body'}: {describe(fault)}.",
            )


def find_page_blocks(
    env: BuildEnvironment, docname: str, doctree: nodes.Node, state: State
) -> Iterator[PageBlock]:
    """Yield the JSON blocks of a document that are tested.

    Those that show the catalogue's own examples are tested with the catalogue. What names no API,
    on its page or as a directive, is left alone unless ``reasonbook_json`` is ``all``.
    """
    api = env.metadata.get(docname, {}).get("api", "")
    index = 0
    for node in _json_blocks(doctree, env.config.highlight_language):
        own = node.get("reasonbook")
        if own == "catalogue" or "testnodetype" in node:
            continue
        if not state.catalogue.apis or not (own or api or state.config.json == "all"):
            continue
        index += 1
        included = node.get("source")  # as code; the line is that of the directive
        path = Path(included or node.source or env.doc2path(docname))
        text = node.rawsource  # without the numbers of lines that docutils adds
        line, indent = _find_text(path, text, 1 if included else node.line or 1)
        options = dict(own) if isinstance(own, dict) else {}
        yield PageBlock(
            node=node,
            name=f"{docname}/{index}",
            text=text,
            path=path,
            line=line,
            indent=indent,
            api=options.pop("api", api),
            options=options,
            catalogue=state.catalogue,
            folder=Path(env.doc2path(docname)).parent,
        )


def _json_blocks(doctree: nodes.Node, language: str) -> Iterator[nodes.literal_block]:
    """Yield the blocks that are shown as JSON; those that name no language have the page's."""
    for node in doctree.findall():
        if isinstance(node, addnodes.highlightlang):
            language = node["lang"]
        elif (
            isinstance(node, nodes.literal_block)
            and _language(node, language).lower() in JSON_LANGUAGES
        ):
            yield node


def _language(node: nodes.literal_block, default: str) -> str:
    """Return the language of a block; empty where it is not code.

    An ``include`` with ``:code:`` is a block of docutils, which notes the language as a class.
    """
    kind, *classes = node["classes"] or [""]
    if kind == "code" and "language" not in node:
        return str(classes[0] if classes else default)
    return str(node.get("language", default)) if node.rawsource == node.astext() else ""


def _find_text(path: Path, text: str, near: int) -> tuple[int, int]:
    """Return the line and indent at which *text* begins in a file, at or after the line *near*.

    Docutils only knows the line of the directive or fence.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return near, 0
    wanted = [line.strip() for line in text.rstrip("\n").split("\n")]
    bare = [line.lstrip(_BEFORE).rstrip() for line in lines]
    for start in range(max(near - 1, 0), len(lines) - len(wanted) + 1):
        if bare[start : start + len(wanted)] == wanted:
            own = len(text) - len(text.lstrip(" \t"))
            return start + 1, len(lines[start]) - len(lines[start].lstrip(_BEFORE)) - own
    return near, 0
