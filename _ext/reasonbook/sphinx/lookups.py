"""Which documents an edit of the catalogue reaches, besides those made from the edited file.

Sphinx reads a document again when a file that it depends on changes. That does not cover what a
document only asks of the catalogue: does this reason exist, and where; is this code span one? So
every question is kept with its answer, and another answer makes the document outdated.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from reasonbook.format.prose import Code, Reference
from reasonbook.render.facts.statements import inlines
from reasonbook.render.facts.whole import everything
from reasonbook.sphinx.nodes.custom import code_name
from reasonbook.sphinx.nodes.reason import reason_accordion, reason_rows
from reasonbook.sphinx.sphinx_domain import NAME, ErrSphinxDomain


def _note_questions(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what the document just read asked; a handler of ``doctree-read``."""
    sphinx_domain = ErrSphinxDomain.of(app.env)
    docname = app.env.docname
    for place in doctree.findall(reason_accordion):
        reason, api = sphinx_domain.state.reason(place["reason"])
        sphinx_domain.note_question(docname, "reason", place["reason"])
        for part in inlines(everything(reason, api)):
            if isinstance(part, Reference):
                sphinx_domain.note_question(docname, part.kind, part.target)
            elif isinstance(part, Code) and not part.whole:
                sphinx_domain.note_question(docname, "word", part.text)
    for rows in doctree.findall(reason_rows):
        for kind, target in rows["asks"]:
            sphinx_domain.note_question(docname, kind, target)
    for reference in doctree.findall(addnodes.pending_xref):
        if reference.get("refdomain") == NAME:
            sphinx_domain.note_question(docname, reference["reftype"], reference["reftarget"])
    for code in doctree.findall(code_name):
        sphinx_domain.note_question(docname, "word", code.astext())
    if questions := [*sphinx_domain.questions.pop(docname, ())]:
        # Packed, since a reason asks some ten.
        answers = sphinx_domain.answers(docname, questions)
        sphinx_domain.notes.asked[docname] = (pickle.dumps(questions), answers)


def _outdated_documents(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> Iterable[str]:
    """Yield the documents to read again; a handler of ``env-get-outdated``."""
    sphinx_domain = ErrSphinxDomain.of(env)
    for docname, (questions, answers) in sphinx_domain.notes.asked.items():
        if sphinx_domain.answers(docname, pickle.loads(questions)) != answers:
            yield docname


def _pages_with_old_surroundings(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name every document when the plan of the site changed; a handler of ``env-get-updated``.

    Themes repeat the navigation on each page, and references lead to where reasons are shown, but
    Sphinx writes only what it read anew.
    """
    sphinx_domain = ErrSphinxDomain.of(env)
    plan = [
        (
            docname,
            str(env.titles[docname]),
            env.toctree_includes.get(docname),
            sphinx_domain.notes.shown.get(docname),
        )
        for docname in sorted(env.found_docs)
    ]
    if sphinx_domain.data["plan"] == plan:
        return ()
    sphinx_domain.data["plan"] = plan
    return sorted(env.found_docs)


def setup_lookups(app: Sphinx) -> None:
    """Have the questions kept, and asked again before the next build."""
    app.connect("doctree-read", _note_questions)
    app.connect("env-get-outdated", _outdated_documents)
    app.connect("env-get-updated", _pages_with_old_surroundings)
