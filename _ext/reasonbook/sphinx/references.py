"""What is said of a reference that leads nowhere."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.util import logging

from reasonbook.diagnostics.suggestions import nearest
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain

logger = logging.getLogger(__name__)


def warn_missing_reference(app: Sphinx, domain: Domain, node: nodes.Element) -> bool | None:
    """Warn of an unknown or ambiguous target, with what may have been meant."""
    if not isinstance(domain, ErrSphinxDomain):
        return None
    kind, target = node["reftype"], node["reftarget"]
    having = domain.having(kind, target)
    if having:
        choices = ", ".join(f"{api.name}/{target}" for api in having)
        message = f"the {kind} {target!r} is ambiguous; choose one of {choices}"
    else:
        names = domain.names(kind)
        near = nearest(target, [*names, *(name.partition("/")[2] for name in names)])
        message = f"there is no {kind} {target!r}"
        message += f"; did you mean {near!r}?" if near else ""
    logger.warning("%s", message, location=node, type="ref", subtype="err")
    return True
