from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from reasonbook.examples.runner import check_examples
from reasonbook.format.model import Catalogue
from reasonbook.schema import compile as schema_check

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from .originals import Original

EXAMPLES = 10_000
SECONDS = 2.0


def large_catalogue(originals: list[Original], root: Path) -> Catalogue:
    """Two real APIs with each example many times over, no two bodies alike."""
    apis = {o.api.name: o.api for o in originals if o.api.name in ("vobiz", "voipbin")}
    reasons = [reason for api in apis.values() for reason in api.reasons.values()]
    copies = -(-EXAMPLES // sum(len(reason.examples) for reason in reasons))

    def grown(name: str) -> object:
        api = apis[name]
        domains = []
        for domain in api.domains:
            changed = []
            for reason in domain.reasons:
                examples = []
                for example in reason.examples:
                    for number in range(copies):
                        body = json.loads(example.body)
                        body["error"]["message"] += f" {number}"
                        text = json.dumps(body, indent=2, ensure_ascii=False)
                        examples.append(example.model_copy(update={"body": text}))
                changed.append(reason.model_copy(update={"examples": tuple(examples)}))
            domains.append(domain.model_copy(update={"reasons": tuple(changed)}))
        copy = api.model_copy(update={"loaded_domains": tuple(domains)})
        copy.__dict__.pop("reasons", None)  # which was made of the domains before
        return copy

    return Catalogue(root, {name: grown(name) for name in apis})


def test_ten_thousand_examples_are_checked_in_two_seconds(
    originals: list[Original],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    catalogue = large_catalogue(originals, project / "catalogue")
    compiled = []
    compile_schema = schema_check.Validator

    def compile_once(schema: object, **options: object) -> object:
        compiled.append(schema)
        return compile_schema(schema, **options)

    bodies = {e.body for reason in catalogue.reasons() for e in reason.examples}
    assert len(bodies) >= EXAMPLES

    with monkeypatch.context() as patched:
        patched.setattr(schema_check, "Validator", compile_once)
        assert [str(problem) for problem in check_examples(catalogue)] == []
    schemas = len(catalogue.apis) + sum(r.details is not None for r in catalogue.reasons())
    assert len(compiled) == schemas

    seconds = min(seconds_for(catalogue) for _ in range(3))
    record_property("mutants", f"{len(bodies):,} examples checked in {seconds:.2f} CPU seconds")
    assert seconds < SECONDS


def seconds_for(catalogue: Catalogue) -> float:
    start = time.process_time()
    check_examples(catalogue)
    return time.process_time() - start
