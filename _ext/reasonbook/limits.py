"""Every bound of the package: how much, in which unit, and why.

A bound on input is far above what a real catalogue needs; beyond it, a file is broken or made to
exhaust memory, time or the person who reads the findings. Use them as ``limits.NAME``.
"""

from __future__ import annotations

# Findings: more of one kind from one source are hardly read, and their causes are the same.
YAML_FINDINGS = 100  # of one file; then it is not a catalogue file with a few mistakes
JSON_FINDINGS = 100  # of one text
SHAPE_FINDINGS = 200  # of one file; those after them come to light once these are corrected
SCHEMA_FINDINGS = 100  # of one schema, or of one body under a schema
HIDDEN_CHARACTER_FINDINGS = 20  # of one file or text
FILL_IN_FINDINGS = 100  # of one text
IMPORT_ROUNDS = 10  # of leaving out what a rule refuses: one value may hide the fault of another
IMPORT_LINES = 100  # of one kind in the report of an import
SUGGESTIONS = 50  # per API and kind: each compares thousands of words, which takes milliseconds
SUGGESTION_WORD_CHARACTERS = 100  # longer words are not names, and slow to compare
SHOWN_CHARACTERS = 80  # of a value in a message, which should fit on a line or two
SHOWN_ERROR_CHARACTERS = 300  # of a message that another library wrote, with values in it

WAIT_SECONDS = 366 * 24 * 3600  # a longer wait is a mistake, such as milliseconds

# Files and the texts in them
FILE_BYTES = 2_000_000  # more than a thousand reasons with examples; read into memory
LEDGER_BYTES = 50_000_000  # of a ledger: a line of about 300 bytes for each of 150,000 reasons
SOURCE_BYTES = 50_000_000  # of a list to import: far more than 50,000 rows; read into memory
PASTED_BYTES = 20_000_000  # of what `explain` reads: a HAR file of a long session
RECORDING_BYTES = 500_000_000  # of a HAR file or a cassette, which are read into memory
RECORDED_LINE_BYTES = 10_000_000  # of a line of a recording; the file may have any size
RECORDED_HEAD_BYTES = 1_000_000  # of a recording, to tell which kind it is
AUDIT_FINDINGS = 1_000  # that differ; of more, the API or the recording is another one
YAML_LEVELS = 32  # of nesting; the reader recurses
YAML_VALUES = 100_000  # of one file: more than a thousand reasons; each is an object in memory
YAML_NUMBER_CHARACTERS = 15  # every reader keeps a decimal number of so many digits
JSON_LEVELS = 64  # of nesting; parsers and validators recurse
JSON_CHARACTERS = 300_000  # of an example or a schema; parsing them takes about 0.1 seconds
OPENAPI_LEVELS = 64  # of nesting in an OpenAPI document, of which one schema is taken
OPENAPI_VALUES = 500_000  # of one; a file of FILE_BYTES has about 150,000
OPENAPI_FINDINGS = 10_000  # of one; only those in the schema itself are told
EXACT_INTEGER = 2**53 - 1  # the largest that readers of JSON with doubles keep (RFC 8259)
INTEGER_CHARACTERS = 17  # of EXACT_INTEGER with a sign
DOUBLE_DIGITS = 17  # that some writers print of a double
INTEGER_DIGITS_READ = 400  # of an integer that is a finding anyway; Python refuses above 4,300
PATTERN_BYTES = 1 << 22  # of a compiled regular expression; repetitions of repetitions multiply
PROSE_CHARACTERS = 20_000  # of one text: more than a page of its own should have
PROSE_MARKS = 100_000  # of one file: each may open or close something, which costs time to find out
PROSE_LEVELS = 20  # of nested lists and emphasis; the parser recurses
NAME_CHARACTERS = 64  # of an API or a domain: part of addresses and of file names

# JSON Schemas: references that branch at each level multiply the work
SCHEMA_PARTS = 10_000  # schemas that apply to one value, with references followed
SCHEMA_CHAIN = 200  # of them one inside the other; the validator recurses
SCHEMA_STEPS = 100_000  # schemas that apply to the values of one body; counting more is slow
QUICK_WORK = 20_000_000  # schemas times characters of a body: so little needs no counting
SCHEMA_COUNT = 1 << 40  # counting stops here: what is more is refused anyway
SCHEMA_FIELDS = 5_000  # more than a table on a page can show
ALL_ERRORS_CHARACTERS = 50_000  # of a larger broken schema only the first error is found

# Reading: what is at fault is replaced, and the rest read again
REPAIR_ROUNDS = 5  # one is enough unless a fault hides another

# Source code of an API
SCAN_BYTES = 10_000_000  # of a file; only generated ones come near
SCAN_MATCHES = 10_000  # in one file; a pattern that fits so often fits nearly anything
SCAN_CALL_CHARACTERS = 2_000  # from a constructor to its closing bracket
SCAN_PLACES = 5  # named in a message beside its own; further ones are counted

# What people wait for
PROGRESS_SECONDS = 2  # a shorter run shows no progress: its result is there at once
PROGRESS_INTERVAL_SECONDS = 0.1  # between two states of the line, which nobody could read

# Other programs
FETCH_SECONDS = 20  # for the reasons.json of a site
GIT_SECONDS = 60  # for one git command: enough for an archive of a large repository

# The mock server: for tests, which need no more
MOCK_SECONDS = 60  # that an answer is held back
MOCK_SCENARIOS = 1_000  # kept at a time; of more the oldest goes
MOCK_STEPS = 100  # of a scenario, and for one operation
MOCK_REQUESTS = 200  # that a scenario remembers
MOCK_BODY_BYTES = 1_000_000  # of a request; more is not read

# Recordings of a test suite
RECORDED_BYTES = 256 * 1024  # of a body; a longer one is not that of an error

# Pages and files that are written
DOMAIN_REASONS = 200  # with more, a domain's page has the table only: 810 gave 3.4 MB of HTML
SIBLINGS = 100  # reasons of its domain in the navigation of a page; each page of them has as many
NAVIGATION_DOMAINS = 60  # with more, the navigation lists the APIs, and each overview its domains
OVERVIEW_REASONS = 500  # with more, the overview lists the domains: 500 lines are 400 KB of HTML
OVERVIEW_SUMMARIES = 60  # with more domains, the overview for agents only names them
ACCORDIONS = 200  # on the page of a domain; with more it has the table only, and stays below 2 MB
PAGE_SHAPES = 16  # kinds of reason pages by what other extensions add; each costs two renderings
COVERAGE_NAMES = 20  # of reasons that were not seen, in a line; the tables name all
LISTED_CHOICES = 30  # in the message of a directive whose argument is not known
DESCRIPTION_CHARACTERS = 200  # of a page; search engines cut longer ones
HEADING_LEVELS = 6  # Markdown has no more
PAGE_CHARACTERS = 5_000  # agents' tools for fetching cut a page after so many
FILE_CHARACTERS = 50_000  # of any file for agents but the one that holds everything
REASON_TOKENS = 420  # of the page of a reason that says what its details mean; else its JSON does
INDEX_TOKENS = 940  # of the index of the site, whatever the size of the catalogue
INDEX_CHARACTERS = 15_000  # of a part of the index of an API: 5,000 tokens at most
FALLBACK_TOKENS = 860  # of the page on unknown reasons, as estimated: about 700 counted
FIND_CHARACTERS = 250_000  # of a file of the index of the box: 850 long reasons, 60 KB gzipped
SITEMAP_URLS = 50_000  # of one file, by the protocol; a larger site has an index of several
SKELETON_VALUES = 200  # of a body that `new` adapts; in a larger one the rest stays as it is
