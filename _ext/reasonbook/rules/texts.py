"""Rules for causes and fixes: no text that only fills the space."""

from __future__ import annotations

import re

from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Reason

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
# Words in place of a text until someone writes it; in capitals, since "to do" begins many.
# XXX and TBC are codes of currencies, too.
_LATER = re.compile(r"[^\w`]*(?:(?:TODO|TBD|TBA|FIXME)\b|(?:XXX|TBC)\s*(?:[:.,!)\]]|$))")
# Of each character of ASCII what counts of it.
_WORDS = {n: chr(n).lower() if re.match(r"\w", chr(n)) else " " for n in range(128)}


def _is_quoted(text: str) -> bool:
    """Tell whether a text is marked as the words of the source."""
    return text.startswith(("“", '"')) and text.rstrip(".").endswith(("”", '"'))


def check_texts(_: Api, reason: Reason, problems: Problems) -> None:
    """Report a cause and a fix that say nothing, and a fix that only repeats the cause."""
    causes = [_words(cause) for cause in reason.causes]
    for index, (cause, words) in enumerate(zip(reason.causes, causes, strict=True)):
        if (_FILLER_CAUSE.fullmatch(words) and words and not _is_quoted(cause)) or _LATER.match(
            cause
        ):
            problems.add(
                Rule.FILLER_TEXT,
                reason.at("cause", index),
                f"The cause of {reason.name} fits any error: {_line(cause)}",
                "Say what is specific to this error; or quote the source: “An error occurred.”",
            )
    for index, step in enumerate(reason.fix):
        fix = _words(step)
        if fix and (
            _FILLER_CAUSE.fullmatch(fix) or _FILLER_FIX.fullmatch(fix) or _LATER.match(step)
        ):
            problems.add(
                Rule.FILLER_TEXT,
                reason.at("fix", index),
                f"The fix of {reason.name} fits any error: {_line(step)}",
                "Say what a reader can do about this error.",
            )
        elif fix and fix in causes:
            problems.add(
                Rule.FILLER_TEXT,
                reason.at("fix", index),
                f"The fix of {reason.name} only repeats its cause.",
                "Say what a reader can do about it.",
            )


def _words(text: str) -> str:
    """Return the words of a text without capitals and punctuation, to compare it with others."""
    if text.isascii():
        return " ".join(text.translate(_WORDS).split())
    return " ".join(re.findall(r"\w+", text.lower()))


def _line(text: str) -> str:
    return shorten(" ".join(text.split()))
