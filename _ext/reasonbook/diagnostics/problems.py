"""Diagnostics: a closed set of named rules, and the problems found under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.rule_causes import CAUSES

Severity = Literal["error", "warning"]


class RuleSpec(NamedTuple):
    """What a rule is called and what to say where nothing more precise is known."""

    name: str
    hint: str
    severity: Severity = "error"


class Rule(Enum):
    """Every rule that Reasonbook checks. Names are public and never change their meaning."""

    # Files and their syntax
    UNREADABLE_FILE = RuleSpec("unreadable-file", "Check that the file exists and may be read.")
    NOT_UTF8 = RuleSpec("not-utf8", "Save the file as UTF-8.")
    YAML_SYNTAX = RuleSpec("yaml-syntax", "Correct the YAML; quoting the text often helps.")
    YAML_FEATURE = RuleSpec("yaml-feature", "Write the value out; the catalogue is plain data.")
    DUPLICATE_KEY = RuleSpec("duplicate-key", "Keep one of the two.")
    AMBIGUOUS_VALUE = RuleSpec("ambiguous-value", "Put quotes round it if it is text.")
    CUT_TEXT = RuleSpec(
        "cut-text", "Put quotes round the whole text; a comment goes on a line of its own."
    )
    FORBIDDEN_CHARACTER = RuleSpec("forbidden-character", "Remove the character.")
    HIDDEN_CHARACTER = RuleSpec("hidden-character", "Remove the character.")
    TOO_DEEP = RuleSpec("too-deep", "Flatten the data.")
    TOO_LARGE = RuleSpec("too-large", "Mend what is reported, or split the file.")
    JSON_SYNTAX = RuleSpec("json-syntax", "Correct the JSON; it is read strictly.")
    # The shape of the data
    UNKNOWN_KEY = RuleSpec("unknown-key", "Remove it, or correct its spelling.")
    MISSING_KEY = RuleSpec("missing-key", "Add it.")
    WRONG_TYPE = RuleSpec("wrong-type", "See the catalogue format for what belongs here.")
    WRONG_VALUE = RuleSpec("wrong-value", "See the catalogue format for what belongs here.")
    BLANK_TEXT = RuleSpec(
        "blank-text", "Write the text, or leave the key out where it is optional."
    )
    UNFILLED_TEXT = RuleSpec("unfilled-text", "Write your own in place of <FILL IN ...>.")
    # The catalogue as a whole
    EMPTY_CATALOGUE = RuleSpec(
        "empty-catalogue", "A catalogue is a folder with one folder per API, each with an api.yaml."
    )
    BAD_NAME = RuleSpec(
        "bad-name", "Use lower-case letters, digits and single hyphens, at most 64 characters."
    )
    NAME_MISMATCH = RuleSpec("name-mismatch", "Make the name in the file and on disk the same.")
    MISSING_DOMAIN_FILE = RuleSpec(
        "missing-domain-file", "Add the file, or move the name to planned_domains."
    )
    UNLISTED_DOMAIN_FILE = RuleSpec("unlisted-domain-file", "List it under domains in api.yaml.")
    ENVELOPE_SCHEMA = RuleSpec("envelope-schema", "Give a JSON Schema of every error body.")
    DUPLICATE_REASON = RuleSpec(
        "duplicate-reason", "A reason stands once in an API: clients see no domain."
    )
    REASON_FORMAT = RuleSpec(
        "reason-format", "Write it as the API sends it; reason_pattern in api.yaml sets the form."
    )
    LOOK_ALIKE_LETTER = RuleSpec(
        "look-alike-letter", "Type the whole word anew, in letters without accents."
    )
    REASON_ADDRESS = RuleSpec("reason-address", "Give the reason a slug that is its own.")
    UNKNOWN_REASON = RuleSpec("unknown-reason", "Name a reason of the same API.")
    UNKNOWN_STATUS = RuleSpec("unknown-status", "Name a canonical status from api.yaml.")
    STATUS_AND_HTTP = RuleSpec(
        "status-and-http",
        "Give status where the canonical status is known, else http; never both.",
    )
    MISSING_EXAMPLE = RuleSpec(
        "missing-example", "Add an example: clients copy it, and it is tested."
    )
    DUPLICATE_TITLE = RuleSpec("duplicate-title", "Give each example of a reason its own title.")
    UNKNOWN_CODE_SPAN = RuleSpec(
        "unknown-code-span",
        "Correct the reason, or list the word under terms in api.yaml if it is none.",
    )
    BAD_REQUEST_LINE = RuleSpec("bad-request-line", "Write it as METHOD /path.")
    OPERATIONS_FILE = RuleSpec(
        "operations-file", "See the catalogue format for what operations.json holds."
    )
    UNKNOWN_OPERATION = RuleSpec(
        "unknown-operation",
        "Correct it, or list it with its reason under extra in operations.json.",
    )
    FALLBACK_CYCLE = RuleSpec("fallback-cycle", "Let the last one in the chain have none.")
    LIFECYCLE_FIELDS = RuleSpec(
        "lifecycle-fields", "Make lifecycle, deprecated and the dates tell the same story."
    )
    FILLER_TEXT = RuleSpec(
        "filler-text", "Say what is peculiar to this error, or what a reader can do about it."
    )
    REMEDY_RETRY = RuleSpec(
        "remedy-retry", "Choose after-delay with a wait, or another retry that fits."
    )
    REMEDY_WAIT = RuleSpec("remedy-wait", "Say how long to wait, or choose another retry.")
    # Schemas
    SCHEMA_INVALID = RuleSpec("schema-invalid", "Correct the schema; it is JSON Schema 2020-12.")
    SCHEMA_KEYWORD = RuleSpec(
        "schema-keyword", "Correct the keyword; validators pass over those they do not know."
    )
    SCHEMA_REFERENCE = RuleSpec(
        "schema-reference", "Write what it refers to into this schema, under $defs."
    )
    ENVELOPE_POINTER = RuleSpec(
        "envelope-pointer", "Correct the pointer, or the example that should hold the value."
    )
    # Examples
    JSON_DUPLICATE_MEMBER = RuleSpec("json-duplicate-member", "Keep one of the two.")
    JSON_UNSAFE_VALUE = RuleSpec("json-unsafe-value", "Use a value that every reader takes alike.")
    EXAMPLE_ENVELOPE = RuleSpec(
        "example-envelope", "Copy a real response, or correct the envelope's schema."
    )
    EXAMPLE_MEMBER = RuleSpec(
        "example-member", "Correct the name, remove the member, or describe it in the schema."
    )
    EXAMPLE_DETAILS = RuleSpec(
        "example-details", "Correct the details, or the reason's own details schema."
    )
    EXAMPLE_REASON = RuleSpec("example-reason", "Show the error that this reason documents.")
    EXAMPLE_STATUS = RuleSpec("example-status", "Show the status that the API sends.")
    EXAMPLE_HTTP = RuleSpec("example-http", "Repeat the HTTP status of the reason.")
    EXAMPLE_HEADER = RuleSpec(
        "example-header", "Show what the API sends; response_headers in api.yaml says what."
    )
    EXAMPLE_REQUEST = RuleSpec(
        "example-request", "Show a request that sends this reason, or correct raised_by."
    )
    # What was published stays
    LEDGER_BROKEN = RuleSpec(
        "ledger-broken",
        "Restore the file; only `reasonbook publish` writes it.",
    )
    LEDGER_DIFFERS = RuleSpec("ledger-differs", "Give the date on record.")
    LEDGER_EDITED = RuleSpec(
        "ledger-edited", "Restore the line; only `reasonbook publish` writes the ledger."
    )
    REASON_REMOVED = RuleSpec(
        "reason-removed",
        "Keep it as deprecated, later as retired; its address must live.",
    )
    REASON_RENAMED = RuleSpec(
        "reason-renamed", "Keep the old reason, deprecate it and name the new one as replaced_by."
    )
    REASON_REUSED = RuleSpec(
        "reason-reused", "Choose another code: old clients still take this one for what it was."
    )
    HTTP_CHANGED = RuleSpec(
        "http-changed", "Publish a new reason for the new status, and deprecate this one."
    )
    STATUS_CHANGED = RuleSpec(
        "status-changed", "Publish a new reason for the new status, and deprecate this one."
    )
    SCHEMA_VERSION_LOWERED = RuleSpec("schema-version-lowered", "Only ever raise it.")
    RETIRED_WITHOUT_VERSION = RuleSpec(
        "retired-without-version", "Raise schema_version in api.yaml in the same change."
    )
    RETIRED_TOO_EARLY = RuleSpec(
        "retired-too-early", "Deprecate it first, and keep it until the date that was given."
    )
    SUCCESSOR_CYCLE = RuleSpec("successor-cycle", "Let the last one in the chain have none.")
    # JSON on pages written by hand
    PAGE_API = RuleSpec(
        "page-api",
        "Name the API in the front matter (api: ...), or use error-json with :no-envelope:.",
    )
    PAGE_SCHEMA = RuleSpec("page-schema", "Correct the JSON, or the schema it is held against.")

    @property
    def label(self) -> str:
        """The public name, as it stands in brackets in a diagnostic."""
        return self.value.name

    @property
    def cause(self) -> str:
        """Why the rule is there, in plain words."""
        return CAUSES[self.label]


# C0 and C1 controls, what changes the direction of a line or has no width, and half characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


def printable(text: str) -> str:
    """Return *text* on one line, with what could steer a terminal shown as an escape."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: which rule, where, what is wrong, and how to mend it."""

    location: Location
    rule: Rule
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """Whether the finding fails a build (``error``) or only asks for attention."""
        return self.rule.value.severity

    def __str__(self) -> str:
        head = f"{self.location}: {self.severity}[{self.rule.label}]: {self.message}"
        return f"{printable(head)}\n  hint: {printable(self.hint)}"


@dataclass(frozen=True)
class Note:
    """Something that is allowed, but worth knowing."""

    location: Location
    message: str


class Problems:
    """A collector, so that one run finds everything instead of stopping at the first."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, rule: Rule, location: Location, message: str, hint: str = "") -> None:
        """Note a finding; without *hint* the rule's own hint is used. Repeats are kept once."""
        self._found[Problem(location, rule, message, hint or rule.value.hint)] = None

    def give_hint(self, rule: Rule, location: Location, hint: str) -> None:
        """Replace the hint of a finding, now that more is known of what belongs there."""
        for problem in [*self._found] if hint else ():
            if (problem.rule, problem.location) == (rule, location):
                del self._found[problem]
                self.add(rule, location, problem.message, hint)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over what another collector found."""
        self._found.update(dict.fromkeys(problems))

    def extend_elsewhere(self, problems: Iterable[Problem]) -> None:
        """Take over what a later stage found, but not of values that are already at fault."""
        places = {problem.location for problem in self._found}
        self.extend(problem for problem in problems if problem.location not in places)

    def __iter__(self) -> Iterator[Problem]:
        """Iterate in the order of file and position."""
        return iter(sorted(self._found, key=lambda p: (p.location, p.rule.label, p.message)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(problem.severity == "error" for problem in self._found)
