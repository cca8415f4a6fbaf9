"""Why each rule is there, in plain words: what would go wrong for readers without it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: By the public name of a rule; the registry itself is ``problems.Rule``.
CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "unreadable-file": "A file that cannot be read was not checked, and nobody knows whether "
        "it is clean.",
        "not-utf8": "Other encodings show some letters as others, or lose them.",
        "yaml-syntax": "The file is not YAML, so nothing in it can be relied on. Most often a text "
        "lacks its quotes.",
        "yaml-feature": "Tags, anchors, aliases, merge keys and several documents make a file mean "
        "more than it shows, and readers of YAML differ in them.",
        "duplicate-key": "Most readers of YAML keep the last of two equal keys and lose the other "
        "without a word.",
        "ambiguous-value": "Readers of YAML take this value for different things: NO may be false, "
        "0404 may be 260, and 1.10 loses its zero.",
        "cut-text": "In YAML, a space and a number sign begin a comment, also in the middle of a "
        "sentence. What follows would be lost.",
        "forbidden-character": "Control characters steer terminals, halves of characters break "
        "JSON, and some line breaks are seen by some programs only.",
        "hidden-character": "What nobody sees can turn the order of a line around, make two equal "
        "words differ, or speak to language models behind the reader's back.",
        "too-deep": "No catalogue needs such nesting; it is a slip, or made to exhaust readers.",
        "too-large": "No catalogue file holds so much. It is of another kind, or made to exhaust "
        "readers.",
        "json-syntax": "A body or a schema that is no JSON (RFC 8259) cannot be parsed by those "
        "who copy it.",
        "unknown-key": "A key that nobody knows is nearly always misspelt, and what stands there "
        "would be left out without a word.",
        "missing-key": "Something that every reader needs is not there.",
        "wrong-type": "A text stands where a list belongs, a number where a text belongs, and so "
        "on.",
        "wrong-value": "The value is of the right type, but none of those that can stand here.",
        "blank-text": "A text is there and says nothing.",
        "unfilled-text": "A skeleton made by `reasonbook new` or `init` still waits for its text.",
        "empty-catalogue": "There is nothing to check, which is more likely a wrong folder than "
        "a clean catalogue.",
        "bad-name": "Names of APIs and domains stand in addresses and file names, on every "
        "system, and some belong to the site or to Windows.",
        "name-mismatch": "The name in the file and the one on disk differ, so one of them is in "
        "the wrong place.",
        "missing-domain-file": "A domain is announced as part of the API, but its file is not "
        "there.",
        "unlisted-domain-file": "A file lies in the folder, but no page would show it.",
        "envelope-schema": "Without the schema of the envelope no example can be tested.",
        "duplicate-reason": "Clients see the reason and not the domain, so the same code twice "
        "has two meanings.",
        "reason-format": "The code does not look like the codes of this API, so it is misspelt.",
        "look-alike-letter": "The code looks right, but a letter comes from another alphabet. "
        "Clients that compare it never find it.",
        "reason-address": "Every reason has a page of its own for ever, and its address must work "
        "on every file system.",
        "unknown-reason": "A reference leads to a reason that this API does not have.",
        "unknown-status": "The canonical status is none of those in api.yaml, so no HTTP status "
        "belongs to it.",
        "status-and-http": "With both, the two may contradict each other; with neither, nobody "
        "knows the HTTP status.",
        "missing-example": "A reason that clients receive needs a body that they can test with.",
        "duplicate-title": "Links and tests name an example by its title.",
        "unknown-code-span": "It looks like a reason of this API, but is none: misspelt, or gone.",
        "bad-request-line": "Programs read the method and the path; this is neither.",
        "operations-file": "A list of operations that cannot be read checks nothing.",
        "unknown-operation": "The API's own list has no such operation: a client that follows the "
        "remedy would get 404.",
        "fallback-cycle": "Reasons stand in for each other in a circle, so nobody knows which one "
        "is sent today.",
        "lifecycle-fields": "The state of a reason and its dates tell different stories.",
        "filler-text": "A text that fits any error helps with none, and a fix that repeats the "
        "cause is no fix.",
        "remedy-retry": "429 asks to wait. A client that never tries again loses the request for "
        "nothing.",
        "remedy-wait": "A client that repeats a request must know how long to wait, and for other "
        "retries a wait means nothing.",
        "schema-invalid": "Validators disagree on what a broken schema accepts.",
        "schema-keyword": "Validators pass over keywords and formats that they do not know, so a "
        "misspelt one checks nothing.",
        "schema-reference": "A schema is shipped and used offline as it is, so it must hold all "
        "that it refers to.",
        "envelope-pointer": "The pointer leads to nothing in any example, so clients that follow "
        "it find nothing.",
        "json-duplicate-member": "Readers of JSON keep one of two equal members, and not all the "
        "same one.",
        "json-unsafe-value": "Readers of JSON change this value: integers beyond 2^53, halves of "
        "characters, numbers without end.",
        "example-envelope": "The example breaks the API's own schema, so it is no body that the "
        "API sends.",
        "example-member": "No schema describes this member: it is misspelt, or the schema lacks "
        "it.",
        "example-details": "The details are not what the reason's own schema says.",
        "example-reason": "The body names another reason than the one it documents.",
        "example-status": "The body holds another canonical status than its reason has.",
        "example-http": "The body repeats another HTTP status than its reason has.",
        "example-header": "The headers are not those that this API promises.",
        "example-request": "The request is none of the operations that send this reason.",
        "ledger-broken": "The record of what was published cannot be read, so nothing can be held "
        "to it.",
        "ledger-differs": "The catalogue and the record of what was published name different "
        "dates.",
        "ledger-edited": "The record of what was published says something else than it did.",
        "reason-removed": "Clients still receive a published reason, or find it in old logs, and "
        "its address is a promise.",
        "reason-renamed": "For clients, a renamed reason is one that is gone and one that is "
        "unknown.",
        "reason-reused": "Old clients and old logs still mean the former error by this code.",
        "http-changed": "Clients branch on the HTTP status, too, and those written for the old "
        "one fail.",
        "status-changed": "Clients branch on the canonical status, too, and those written for "
        "the old one fail.",
        "schema-version-lowered": "Clients compare the version with the one that they were "
        "written for.",
        "retired-without-version": "The version of the schema is how clients learn that something "
        "went.",
        "retired-too-early": "Clients were promised time to change, and it is not over.",
        "successor-cycle": "A client that follows the successors never comes to an end.",
        "page-api": "JSON on a page by hand is tested, too, and for that the page says whose it "
        "is.",
        "page-schema": "The schema that a block of JSON names is not there, or the block breaks "
        "it.",
    }
)
