"""A preview for authors: what is wrong with the catalogue is said in the browser, over the pages.

It is for a server that builds again after every edit, and never for a site that is published. What
can be read is shown in spite of its errors, so that a half-written reason can be looked at. Where
something cannot be shown, the pages stay as they were, and the message alone is new.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from reasonbook.checking import Checked
from reasonbook.diagnostics.problems import Problem, Problems, printable
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.placeholders import has_marks
from reasonbook.render import wording

SCRIPT = "reasonbook-preview.js"
#: What only a preview copies into its output.
STATIC = Path(__file__).parent / "preview_files/static"
#: What the script shows on every page: nothing, where nothing is wrong.
NOTICE = "_static/reasonbook-preview.html"

_NOTICE = """<aside class="rb-preview" role="alert">
<style>
.rb-preview {{ margin: 0; max-height: 40vh; overflow: auto; padding: 0.75rem 1rem; background: #fff4d6; color: #3d2b00; font: 1rem/1.5 sans-serif; overflow-wrap: anywhere; }}
.rb-preview code {{ background: none; border: 0; color: inherit; font: 0.9em monospace; padding: 0; white-space: normal; }}
.rb-preview ul {{ margin: 0.5rem 0 0; padding-inline-start: 1.25rem; }}
.rb-draft {{ outline: 2px dashed #b8730a; }}
</style>
<strong>{headline}</strong>
<ul>
{problems}
</ul>
</aside>
"""  # noqa: E501 (a rule of CSS on a line)
_PROBLEM = "<li><code>{at}</code>: {severity}[{rule}]: {message}<br>hint: {hint}</li>"


def previews(app: Sphinx, checked: Checked) -> bool:
    """Tell the browser what is wrong; return whether pages are to be made in spite of errors.

    Without the setting it is silent, and they are not.
    """
    if not app.config.reasonbook_preview:
        return False
    if any(problem.rule is Rule.UNFILLED_TEXT for problem in checked.problems):
        for reason in checked.catalogue.reasons():
            reason.link(is_draft=has_marks(reason.node))
    notice = Path(app.outdir, NOTICE)
    notice.parent.mkdir(parents=True, exist_ok=True)
    text = notice_text(checked.problems, is_shown=checked.is_showable)
    notice.write_text(text, encoding="utf-8")
    front = Path(app.outdir, f"{app.config.root_doc}.html")
    if not checked.is_showable and not front.exists():
        front.write_text(f"<!doctype html>\n<title>Preview</title>\n{text}", encoding="utf-8")
    return checked.is_showable


def notice_text(problems: Problems, *, is_shown: bool) -> str:
    """Return the problems as HTML; *is_shown* says whether the pages show what they are about."""
    if not len(problems):
        return ""
    count = wording.number(len(problems), "problem")
    if is_shown:
        headline = f"Preview. {count} in the catalogue:"
    else:
        headline = f"{count} in the catalogue. Until they are fixed, the pages stay as they were."
    return _NOTICE.format(headline=headline, problems="\n".join(map(_problem, problems)))


def _problem(problem: Problem) -> str:
    return _PROBLEM.format(
        at=escape(printable(str(problem.location))),
        severity=problem.severity,
        rule=problem.rule.label,
        message=escape(printable(problem.message)),
        hint=escape(printable(problem.hint)),
    )


def _add_script(app: Sphinx, config: Config) -> None:
    if config.reasonbook_preview:
        config.html_static_path.append(str(STATIC))
        app.add_js_file(SCRIPT, loading_method="defer")


def setup_preview(app: Sphinx) -> None:
    """Register the setting, which is for a command line and not for ``conf.py``."""
    app.add_config_value("reasonbook_preview", False, "env", frozenset({bool}))
    app.connect("config-inited", _add_script)
