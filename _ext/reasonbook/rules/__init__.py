"""The rules of a loaded API: every check, listed once.

A new rule is a record in ``diagnostics/rules.py``, a function here, and its case in the corpus.
"""

from __future__ import annotations

from collections.abc import Callable

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.progress import tracked
from reasonbook.format.model import Api, Reason
from reasonbook.rules.code_scan import check_code_scan
from reasonbook.rules.completeness import (
    check_arrival,
    check_details_sent,
    check_envelope_names,
    check_example_statuses,
    check_levels,
    check_outside,
    check_required,
)
from reasonbook.rules.corrections import check_corrections
from reasonbook.rules.examples import check_examples, check_header_names, check_header_patterns
from reasonbook.rules.lifecycle import check_lifecycle
from reasonbook.rules.names import check_field_codes, check_names, check_status_names
from reasonbook.rules.observed import check_observed
from reasonbook.rules.operations import check_operations, check_request_lines
from reasonbook.rules.prose import check_prose
from reasonbook.rules.references import check_fallbacks, check_references, check_successors
from reasonbook.rules.remedies import check_remedies
from reasonbook.rules.texts import check_texts

#: What is checked of an API as a whole.
API_CHECKS: tuple[Callable[[Api, Problems], None], ...] = (
    check_names,
    check_levels,
    check_envelope_names,
    check_outside,
    check_status_names,
    check_references,
    check_fallbacks,
    check_successors,
    check_remedies,
    check_operations,
    check_code_scan,
    check_observed,
    check_header_patterns,
    check_prose,
)
#: What is checked of each reason.
REASON_CHECKS: tuple[Callable[[Api, Reason, Problems], None], ...] = (
    check_required,
    check_arrival,
    check_details_sent,
    check_example_statuses,
    check_field_codes,
    check_texts,
    check_lifecycle,
    check_corrections,
    check_request_lines,
    check_examples,
    check_header_names,
)


def check_api(api: Api, problems: Problems) -> None:
    """Check what one file alone cannot show."""
    for check in API_CHECKS:
        check(api, problems)
    for domain in tracked(api.domains, f"Checking reasons of {api.name}"):
        for reason in domain.reasons:
            for check_reason in REASON_CHECKS:
                check_reason(api, reason, problems)
