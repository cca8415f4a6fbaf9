"""The rules: a closed set of named records, each with its cause, its hint and its severity."""

from __future__ import annotations

from enum import Enum, unique
from typing import Literal

Severity = Literal["error", "warning"]


@unique
class Rule(Enum):
    """Every rule that Reasonbook checks: why it is there, and how a finding can be fixed.

    The label in a finding is the member's name in small letters with hyphens. Labels are public
    and never change their meaning.
    """

    def __init__(self, cause: str, hint: str, severity: Severity = "error") -> None:
        self.cause = cause
        self.hint = hint  # used where a finding has none that is more precise
        self.severity = severity

    @property
    def label(self) -> str:
        """The public name, as it is shown in brackets in a finding."""
        return self.name.lower().replace("_", "-")

    # Files and their syntax
    UNREADABLE_FILE = (
        "A file that cannot be read was not checked, so it may have any fault.",
        "Check that the file exists and may be read.",
    )
    NEWER_FORMAT = (
        "The files are in a format that came after this version of Reasonbook, which would read "
        "them wrongly.",
        "Update Reasonbook.",
    )
    NOT_UTF8 = (
        "Other encodings show some letters as others, or lose them.",
        "Save the file as UTF-8.",
    )
    YAML_SYNTAX = (
        "The file is not valid YAML, so its data is unknown. Most often a text lacks its quotes.",
        "Correct the YAML; quoting the text often helps.",
    )
    YAML_FEATURE = (
        "With tags, anchors, aliases, merge keys or several documents a file means more than it "
        "shows, and YAML readers differ in how they treat them.",
        "Write the value out; the catalogue is plain data.",
    )
    DUPLICATE_KEY = (
        "Most YAML readers keep the last of two equal keys and lose the other without a warning.",
        "Keep one of the two.",
    )
    AMBIGUOUS_VALUE = (
        "YAML readers disagree on this value: NO may be false, 0404 may be 260, 1.10 may be 1.1.",
        "Put quotes round it if it is text.",
    )
    CUT_TEXT = (
        "In YAML, a space and a number sign begin a comment, even in the middle of a sentence. "
        "What follows would be lost.",
        "Put quotes round the whole text; a comment goes on a line of its own.",
    )
    FORBIDDEN_CHARACTER = (
        "Control characters steer terminals, half characters break JSON, and only some programs "
        "see some line breaks.",
        "Remove the character.",
    )
    HIDDEN_CHARACTER = (
        "Invisible characters can reverse a line, make two words that look equal differ, or "
        "carry text that only language models read.",
        "Remove the character.",
    )
    TOO_DEEP = (
        "No catalogue needs such nesting: it is a mistake, or made to exhaust readers.",
        "Flatten the data.",
    )
    TOO_LARGE = (
        "No catalogue needs so much: it is a mistake, or made to exhaust readers.",
        "Fix what is reported, or split the file.",
    )
    JSON_SYNTAX = (
        "A body or schema that is not valid JSON (RFC 8259) cannot be parsed by those who copy it.",
        "Correct the JSON; it is read strictly.",
    )
    # The shape of the data
    UNKNOWN_KEY = (
        "An unknown key is nearly always misspelt, and its value would be ignored.",
        "Remove it, or correct its spelling.",
    )
    MISSING_KEY = ("Something that every reader needs is missing.", "Add it.")
    WRONG_TYPE = (
        "The value has the wrong type, such as a text in place of a list.",
        "See the catalogue format for what belongs here.",
    )
    WRONG_VALUE = (
        "The value has the right type, but is not one of those that are allowed here.",
        "See the catalogue format for what belongs here.",
    )
    BLANK_TEXT = (
        "A text is there and says nothing.",
        "Write the text, or leave the key out where it is optional.",
    )
    UNFILLED_TEXT = (
        "A skeleton made by `reasonbook new` or `init` still waits for its text.",
        "Write your own in place of <FILL IN ...>.",
    )
    # The catalogue as a whole
    EMPTY_CATALOGUE = (
        "There is nothing to check, so this is more likely a wrong folder than a clean catalogue.",
        "A catalogue is a folder with one folder per API, each with an api.yaml.",
    )
    BAD_NAME = (
        "Names of APIs and domains are part of addresses and file names on every system, and "
        "some are reserved by the site or by Windows.",
        "Use lower-case letters, digits and single hyphens, at most 64 characters.",
    )
    NAME_MISMATCH = (
        "The name in the file and the one on disk differ, so one of them is wrong.",
        "Make the name in the file and on disk the same.",
    )
    MISSING_DOMAIN_FILE = (
        "A domain is listed as part of the API, but its file does not exist.",
        "Add the file, or move the name to planned_domains.",
    )
    UNLISTED_DOMAIN_FILE = (
        "A file is in the folder, but no page would show it.",
        "List it under domains in api.yaml.",
    )
    ENVELOPE_SCHEMA = (
        "Without the schema of the envelope no example can be tested.",
        "Give a JSON Schema of every error body.",
    )
    DUPLICATE_REASON = (
        "Clients see the reason and not the domain, so the same code twice has two meanings.",
        "Keep a reason once per API: clients do not see the domain.",
    )
    REASON_FORMAT = (
        "The code does not look like the other codes of this API, so it is probably misspelt.",
        "Write it as the API sends it; reason_pattern in api.yaml sets the form.",
    )
    LOOK_ALIKE_LETTER = (
        "The code looks right, but a letter is from another alphabet, so clients that compare it "
        "never find it.",
        "Type the whole word again, in letters without accents.",
    )
    REASON_ADDRESS = (
        "The page of a reason keeps its address for ever, which must work on every file system.",
        "Give the reason a slug that no other reason has.",
    )
    UNKNOWN_REASON = (
        "A reference leads to a reason that this API does not have.",
        "Name a reason of the same API.",
    )
    UNKNOWN_STATUS = (
        "The canonical status is not listed in api.yaml, so its HTTP status is unknown.",
        "Name a canonical status from api.yaml.",
    )
    STATUS_AND_HTTP = (
        "With both, the two may contradict each other; with neither, the HTTP status is unknown.",
        "Give status where the canonical status is known, else http; never both.",
    )
    MISSING_EXAMPLE = (
        "A reason that clients receive needs a body that they can test with.",
        "Add an example: clients copy it, and it is tested.",
    )
    DUPLICATE_TITLE = (
        "Links and tests name an example by its title.",
        "Give each example of a reason its own title.",
    )
    RAW_MARK = (
        "Prose is a small part of CommonMark. Other marks stay the characters that they are.",
        "Write it without the mark, or put quotes or a code span round it.",
        "warning",
    )
    UNKNOWN_CODE_SPAN = (
        "It looks like a reason of this API, but is not one: misspelt, or removed.",
        "Correct the reason, or list the word under terms in api.yaml if it is not one.",
    )
    BAD_REQUEST_LINE = (
        "Programs read the method and the path; this is not both.",
        "Write it as METHOD /path.",
    )
    OPERATIONS_FILE = (
        "A list of operations that cannot be read checks nothing.",
        "See the catalogue format for what operations.json holds.",
    )
    UNKNOWN_OPERATION = (
        "The API does not list this operation: a client that follows the remedy would get 404.",
        "Correct it, or list it with its reason under extra in operations.json.",
    )
    OBSERVED_FILE = (
        "What was observed and cannot be read proves nothing.",
        "Restore the line, or remove it; `reasonbook observe` writes the file.",
    )
    OBSERVED_OTHERWISE = (
        "A recording shows that the API sent this, so what the catalogue says of it is not true.",
        "Say what is true; or remove the line of observed.json if its recording was not of this "
        "API.",
    )
    OBSERVED_OPERATION = (
        "A recording shows that this operation sends the reason, so clients of it must expect it.",
        "Add the operation to raised_by.",
    )
    FALLBACK_CYCLE = (
        "Reasons fall back to each other in a circle, so it is unknown which one is sent today.",
        "Remove falls_back_to from the last reason of the chain.",
    )
    LIFECYCLE_FIELDS = (
        "The state of a reason and its dates contradict each other.",
        "Make lifecycle, deprecated and the dates agree.",
    )
    FILLER_TEXT = (
        "A text that fits any error helps nobody, and neither does a fix that repeats the cause.",
        "Say what is specific to this error, or what a reader can do about it.",
    )
    REMEDY_NEXT = (
        "An agent follows the remedy. A request that changes something may do harm, so the "
        "remedy must say whether a person is asked first.",
        "Add ask_first: true or false.",
    )
    REMEDY_WAIT = (
        "A client that repeats a request must know how long to wait, and only such a client waits.",
        "Say how long to wait, or choose another retry.",
    )
    CODE_SCAN = (
        "A scan of the source that finds nothing, or cannot be run, looks like one that found "
        "nothing wrong.",
        "Correct the entry of code_scan in api.yaml.",
    )
    # Schemas
    SCHEMA_INVALID = (
        "Validators disagree on what a broken schema accepts.",
        "Correct the schema; it is JSON Schema 2020-12.",
    )
    SCHEMA_KEYWORD = (
        "Validators ignore keywords and formats that they do not know, so a misspelt one checks "
        "nothing.",
        "Correct the keyword; validators ignore those that they do not know.",
    )
    SCHEMA_REFERENCE = (
        "A schema is shipped and used offline as it is, so it must hold all that it refers to.",
        "Copy what it refers to into this schema, under $defs.",
    )
    ENVELOPE_POINTER = (
        "The pointer leads to nothing in any example, so clients that follow it find nothing.",
        "Correct the pointer, or the example that should hold the value.",
    )
    # Examples
    JSON_DUPLICATE_MEMBER = (
        "JSON readers keep one of two equal members, and not all keep the same one.",
        "Keep one of the two.",
    )
    JSON_UNSAFE_VALUE = (
        "Some JSON readers change this value: integers beyond 2^53, half characters, numbers with "
        "too many digits.",
        "Use a value that every JSON reader keeps as it is.",
    )
    EXAMPLE_ENVELOPE = (
        "The example does not match the API's own schema, so the API never sends such a body.",
        "Copy a real response, or correct the envelope's schema.",
    )
    EXAMPLE_MEMBER = (
        "No schema describes this member: it is misspelt, or the schema is incomplete.",
        "Correct the name, remove the member, or describe it in the schema.",
    )
    EXAMPLE_DETAILS = (
        "The details do not match the reason's own schema.",
        "Correct the details, or the reason's own details schema.",
    )
    EXAMPLE_REASON = (
        "The body names another reason than the one it documents.",
        "Show the error that this reason documents.",
    )
    EXAMPLE_STATUS = (
        "The body holds another canonical status than its reason has.",
        "Show the status that the API sends.",
    )
    EXAMPLE_HTTP = (
        "The body repeats another HTTP status than its reason has.",
        "Repeat the HTTP status of the reason.",
    )
    EXAMPLE_HEADER = (
        "The headers are not those that this API promises.",
        "Show what the API sends; response_headers in api.yaml says what.",
    )
    EXAMPLE_WAIT = (
        "A client that follows the remedy reads this value; in another unit it waits far too long "
        "or not at all.",
        "Correct the value, or the unit in the remedy.",
    )
    EXAMPLE_MESSAGE = (
        "The message is blank, or not the one that the reason is said to have.",
        "Correct one of the two; {braces} in message take the place of what varies.",
    )
    EXAMPLE_REQUEST = (
        "The request is not one of the operations that send this reason.",
        "Show a request that sends this reason, or correct raised_by.",
    )
    # What was published stays
    LEDGER_BROKEN = (
        "The record of what was published cannot be read, so nothing can be compared with it.",
        "Restore the file; only `reasonbook publish` writes it.",
    )
    LEDGER_DIFFERS = (
        "The catalogue and the record of what was published disagree about the past.",
        "Give the date on record.",
    )
    LEDGER_EDITED = (
        "The record of what was published has changed, but the past does not.",
        "Restore the line; only `reasonbook publish` writes the ledger.",
    )
    REASON_REMOVED = (
        "Clients still receive a published reason, or find it in old logs, and its address is a "
        "promise.",
        "Keep it as deprecated, later as retired; its address must not disappear.",
    )
    REASON_RENAMED = (
        "For clients, a renamed reason is one that is gone and one that is unknown.",
        "Keep the old reason, deprecate it and name the new one as replaced_by.",
    )
    REASON_REUSED = (
        "For old clients and in old logs this code still means the former error.",
        "Choose another code: old clients still understand this one as what it was.",
    )
    HTTP_CHANGED = (
        "Clients branch on the HTTP status, too, and those written for the old one fail.",
        "Publish a new reason for the new status, and deprecate this one.",
    )
    STATUS_CHANGED = (
        "Clients branch on the canonical status, too, and those written for the old one fail.",
        "Publish a new reason for the new status, and deprecate this one.",
    )
    FACT_LOST = (
        "What was known of a published reason does not become unknown without a word: programs and "
        "people rely on it.",
        "Put it back.",
    )
    CORRECTION = (
        "A correction takes back what readers were told, so it says exactly what that was, stays "
        "for ever, and does not contradict a real response.",
        "Name the key that was wrong, and as was the value that it had.",
    )
    PLACE_CHANGED = (
        "Clients read the reason at its place in a response, after its prefix; elsewhere they do "
        "not find it.",
        "Keep it, beside the new one if need be; or raise schema_version, which tells clients.",
    )
    PROMISE_LOWERED = (
        "Clients were written under a promise, and it holds as long as they may receive what was "
        "published under it.",
        "Keep the promise; it may only become stronger.",
    )
    SCHEMA_VERSION_LOWERED = (
        "Clients compare the version with the one that they were written for.",
        "Only ever raise it.",
    )
    RETIRED_WITHOUT_VERSION = (
        "The version of the schema is how clients learn that a reason was removed.",
        "Raise schema_version in api.yaml in the same change.",
    )
    RETIRED_TOO_EARLY = (
        "Clients were promised time to change, and it is not over.",
        "Deprecate it first, and keep it until the date that was given.",
    )
    SUCCESSOR_CYCLE = (
        "A client that follows the successors never comes to an end.",
        "Remove replaced_by from the last reason of the chain.",
    )
    # JSON on pages written by hand
    PAGE_API = (
        "JSON on a hand-written page is tested, too, so the page must say which API it is from.",
        "Name the API in the front matter (api: ...), or use error-json with :no-envelope:.",
    )
    PAGE_SCHEMA = (
        "The schema that a block of JSON names does not exist, or the block does not match it.",
        "Correct the JSON, or the schema it is compared with.",
    )
    # What an API really sends
    RECORDING_SYNTAX = (
        "What cannot be read of a recording was not compared with the catalogue.",
        "Record it again; the guide to the audit says what is read.",
    )
    SENT_REASON = (
        "Clients get a code that nobody can look up, and generated clients fail on it.",
        "Document the reason, or correct what the API sends.",
    )
    SENT_LIFECYCLE = (
        "The catalogue says that the API does not send this reason: not yet, or no longer.",
        "Correct lifecycle, or what the API sends.",
    )
    SENT_HTTP = (
        "Clients branch on the HTTP status, too, and the documented one is not what they get.",
        "Add the HTTP status to the reason, or correct what the API sends.",
    )
    SENT_STATUS = (
        "Clients branch on the canonical status, too, and the documented one is not what they get.",
        "Correct the status of the reason, or what the API sends.",
    )
    SENT_ENVELOPE = (
        "Clients read errors by the envelope, and this one is not as its schema says.",
        "Correct the schema of the envelope, or what the API sends.",
    )
    SENT_DETAILS = (
        "Clients read the details by the schema of the reason, and these are not as it says.",
        "Correct details of the reason, or what the API sends.",
    )
    SENT_HEADER = (
        "The headers are not those that the catalogue promises.",
        "Correct response_headers or media_type in api.yaml, or what the API sends.",
    )
    SENT_OPERATION = (
        "Those who call this operation are not told of this reason.",
        "Add the operation to raised_by of the reason.",
    )
    SENT_MESSAGE = (
        "The API sends another text than the one that the reason is said to have, so a search for "
        "it does not lead there.",
        "Correct message of the reason; {braces} take the place of what varies.",
        "warning",
    )
    SENT_OUTSIDE = (
        "Clients that parse every error by the envelope fail on answers outside it.",
        "Describe such answers under outside in api.yaml.",
    )
    COVERAGE_TOO_LOW = (
        "Of a reason that no recording shows, nobody knows whether the API sends what is "
        "documented.",
        "Record answers with the missing reasons, or name those that cannot be with --except.",
    )
    COVERAGE_EXCEPTION = (
        "An exception that is not needed hides the day on which it is.",
        "Remove it.",
    )
    # What the source of an API sends
    SOURCE_NOT_DOCUMENTED = (
        "Clients get a reason that no documentation lists, and have no branch for it.",
        "Document it; where it is not a reason, list it under terms in api.yaml.",
    )
    SOURCE_LIFECYCLE = (
        "Readers are told that a reason is not sent, while the source sends it.",
        "Correct its lifecycle, or the source.",
    )
    SOURCE_STATUS = (
        "Clients branch on the status as well, and expect the one that is documented.",
        "Correct the status in the source or in the catalogue.",
    )
    SOURCE_TWO_STATUSES = (
        "The same reason arrives with different statuses, so clients that branch on one of them "
        "miss the other.",
        "Send one status with each reason, or list all of them under http.",
    )
    SOURCE_NEVER_SENDS = (
        "Clients are written for an error that never comes, unless it is sent from code that the "
        "scan does not see.",
        "Set lifecycle to planned if it is still to come; or extend code_scan to the code that "
        "sends it.",
        "warning",
    )
    # An API's own description
    DESCRIPTION_OPERATION = (
        "The API's own description has an operation that the catalogue's list lacks, so nothing "
        "says which errors it sends.",
        "List it in operations.json with the HTTP statuses of its errors.",
    )
    DESCRIPTION_OPERATION_MISSING = (
        "The catalogue names an operation that is not in the API's own description: it is gone, or "
        "it was never public.",
        "Correct it, or remove it. What is known from elsewhere goes under extra in "
        "operations.json.",
    )
    DESCRIPTION_STATUS = (
        "The API's own description has an HTTP status for an operation, and the catalogue has no "
        "error for it.",
        "Document the error, or list the status in operations.json.",
    )
    DESCRIPTION_STATUS_MISSING = (
        "Clients made from the API's own description do not expect an HTTP status that the "
        "catalogue documents for the operation.",
        "Add the response to the description, or correct the catalogue.",
    )
    DESCRIPTION_REASON = (
        "The API's own description has a code that is not documented.",
        "Document it: a domain file of the API is where it belongs.",
    )
    DESCRIPTION_REASON_MISSING = (
        "Clients made from the API's own description fail on a code that its lists of codes lack.",
        "Add the code to the list in the description, or say in the catalogue that it is not sent.",
    )
    DESCRIPTION_REASON_STATUS = (
        "The API's own description shows a reason with another HTTP status than it is documented "
        "with.",
        "Find out which the API sends, and correct the other.",
    )
    DESCRIPTION_REASON_OPERATION = (
        "The API's own description shows a reason for an operation that is not one of those which "
        "the catalogue names for it.",
        "Add the operation to raised_by of the reason, or correct the description.",
    )
