"""Rules for texts: nothing that only fills the space, codes as they look."""

from __future__ import annotations

import re
import unicodedata

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Reason, Record
from reasonbook.format.prose import plain_text
from reasonbook.text.characters import check_letters, latin
from reasonbook.text.yaml_nodes import descend

# Texts that would fit any error whatever; compared without capitals and punctuation.
_FILLER_CAUSE = re.compile(
    r"(?:(?:an|the|some)?\s?(?:unknown|unexpected|unspecified|internal|general|generic)?\s?"
    r"(?:error|failure|problem|exception)(?: has)?(?: (?:occurred|occured|happened))?"
    r"(?: (?:while|when|during|with|in) (?:processing )?(?:the|your|this) (?:request|operation))?"
    r"|(?:oops )?something (?:went|has gone|is) wrong"
    r"|(?:the |your |this )?(?:request|operation|call) (?:has )?failed"
    r"|it (?:failed|did not work|does not work)|see (?:the )?(?:docs|documentation)"
    r"|tbd|tba|todo|to do|to be (?:done|defined|written)|fixme|n a|none|unknown|xxx|lorem ipsum.*"
    r"|(?:no |without )(?:description|cause|reason|fix)(?: given)?)?"
)
_FILLER_FIX = re.compile(
    r"(?:please )?(?:fix|correct|resolve|solve|mend) (?:it|this|that|them"
    r"|the (?:error|problem|issue|cause)|your (?:request|code))|nothing to fix"
)
# Words that stand for a text until someone writes it; in capitals, since "to do" begins many.
# XXX and TBC are codes of currencies, too.
_LATER = re.compile(r"[^\w`]*(?:(?:TODO|TBD|TBA|FIXME)\b|(?:XXX|TBC)\s*(?:[:.,!)\]]|$))")
# Letters and symbols that nobody sees.
_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def check_visible(
    record: Record, path: tuple[str | int, ...], text: str, problems: Problems
) -> None:
    """Refuse a text of which nothing is seen but marks."""
    shown = plain_text(text)
    if not any(unicodedata.category(c)[0] in "LNS" and c not in _UNSEEN for c in shown):
        at = descend(record.source, path).location
        problems.add(Rule.BLANK_TEXT, at, "The text shows no letter, digit or symbol.")


def check_reason_texts(reason: Reason, problems: Problems) -> None:
    """Refuse a cause and a fix that say nothing, and a fix that only says the cause again."""
    cause = _bare(reason.cause)
    if (_FILLER_CAUSE.fullmatch(cause) and cause) or _LATER.match(reason.cause):
        problems.add(
            Rule.FILLER_TEXT,
            reason.at("cause"),
            f"The cause of {reason.name} fits any error: {_shown(reason.cause)}",
            "Say what is peculiar to this error.",
        )
    for index, step in enumerate(reason.fix):
        at, fix = reason.at("fix", index), _bare(step)
        if fix and (
            _FILLER_CAUSE.fullmatch(fix) or _FILLER_FIX.fullmatch(fix) or _LATER.match(step)
        ):
            problems.add(
                Rule.FILLER_TEXT,
                at,
                f"The fix of {reason.name} fits any error: {_shown(step)}",
                "Say what a reader can do about this error.",
            )
        elif fix and fix == cause:
            problems.add(
                Rule.FILLER_TEXT,
                at,
                f"The fix of {reason.name} only repeats its cause.",
                "Say what a reader can do about it.",
            )


def _bare(text: str) -> str:
    """Return the words of a text, without what a reword leaves the same."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:60] + "..."


def check_reason_letters(reason: Reason, problems: Problems) -> bool:
    """Refuse letters in codes that are not what they look like; tell whether the name has none."""
    named: list[tuple[str, Location]] = [
        *((code.code, code.at("code")) for code in reason.field_codes),
        *((name, reason.at("see_also", i)) for i, name in enumerate(reason.see_also)),
        *((name, reason.at("falls_back_to", i)) for i, name in enumerate(reason.falls_back_to)),
    ]
    if reason.deprecated and reason.deprecated.replaced_by:
        named.append((reason.deprecated.replaced_by, reason.at("deprecated", "replaced_by")))
    for name, at in named:
        check_letters(name, at, problems)
    return check_letters(reason.name, reason.at("reason"), problems)


def is_look_alike(span: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether a code span looks like what *pattern* describes, but is written otherwise."""
    return not span.isascii() and pattern.fullmatch(latin(span)) is not None
