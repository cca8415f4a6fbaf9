"""A sample with every kind of statement, to see whether HTML from elsewhere would be the same."""

from __future__ import annotations

from reasonbook.format.prose import (
    Badge,
    BulletList,
    Code,
    Emphasis,
    Link,
    Paragraph,
    Reference,
    Shortened,
    Text,
)
from reasonbook.render.facts.statements import (
    AgentNote,
    CodeBlock,
    Exchange,
    Fact,
    Facts,
    Statement,
    Steps,
    Table,
    joined,
    line,
    paragraph,
    row,
)

#: Where its references lead.
ADDRESS = "../a.html#A_B"
#: A line with every part of lines, and characters that mean something in HTML.
LINE = joined(
    [
        Text("\"A\" & 'b' <c>\u00a0d@e.example"),
        Code("A_B/c.d 'e' \"f\" <g>"),
        Code("a b  c", whole=True),
        Emphasis((Text("a"), Emphasis((Code("b"),), strong=True))),
        Link("https://a.example/?b=1&c=2@d", (Text("e@f.example"),)),
        Link(
            "mailto:a.b@c.example", (Text("d.e@f.example"), Emphasis((Text("g.h"),)), Code("i.j"))
        ),
        Reference("reason", "sample/A_B", (Code("A_B"),)),
        Badge("http-4xx", (Text("404"),)),
        Shortened((Text("full"),), (Text("brief"),)),
    ]
)
_NESTED = BulletList(((paragraph("a"), BulletList(((paragraph("b"),),))), (paragraph("c"),)))
_WIDE = BulletList(((paragraph("a"), paragraph("b")), (paragraph("c"), _NESTED)), "causes")
_BODY = '{"a": [1, -2.5e3, true, null, {}],\n\n  "b\\"<&\'": ""}\n'
STATEMENTS: tuple[Statement, ...] = (
    BulletList(((paragraph(Badge("active", (Text("active"),))),),), "verdict"),
    Paragraph(LINE, "cause"),
    paragraph("No kind."),
    Steps([[paragraph("One.")]]),
    Steps([[_NESTED]]),
    Steps([[paragraph("One.")], [paragraph("Two.")]]),
    Steps([[paragraph("One."), paragraph("Two.")], [_NESTED]]),
    _NESTED,
    _WIDE,
    Facts("facts", [Fact("One & two", [LINE]), Fact("Three", [line("a"), line("b")])]),
    Table(
        "fields",
        "Fields of \"A\" & 'B'",
        ("Field", "Type & kind"),
        [
            row(Code("/a"), [paragraph("b"), paragraph("c")]),
            row(Code("/d"), (), anchor="d"),
            row("e", [_NESTED, paragraph("f")]),
        ],
    ),
    AgentNote([paragraph("a"), _NESTED]),
    Exchange(
        [
            CodeBlock("request", "http", "GET /a?b=<c> HTTP/1.1"),
            CodeBlock("response", "http", "HTTP/1.1 404 Not Found\nX-A: \"b\" & 'c'"),
            CodeBlock("request", "text", "createCall <a> & \"b\" 'c'"),
            CodeBlock("body", "json", _BODY),
            CodeBlock("body", "json", "{not JSON}"),
        ],
        "curl 'https://a.example/?b=c&d=\"e\"@'",
        "sample/A_B",
    ),
)
BREADCRUMBS = paragraph("a › b", kind="breadcrumbs")
