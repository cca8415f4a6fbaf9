"""Made-up catalogues of any size, as realistic as the shipped ones, and the same for a seed.

Four APIs of two kinds: one has canonical statuses and a list of its operations, the other codes of
two levels. With more reasons they have more domains, each of 25 reasons about 4 things.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

SEED = 15
APIS = ("acme-billing", "borealis", "corvus-cloud", "delta-voice")
DOMAIN_REASONS, DOMAIN_THINGS = 25, 4

_WORDS = yaml.safe_load(Path(__file__).with_name("vocabulary.yaml").read_text(encoding="utf-8"))
_METHODS = {"": ("GET", "POST"), "/{id}": ("GET", "PUT", "DELETE")}


def write_catalogue(root: Path, reasons: int, seed: int = SEED) -> None:
    """Write a catalogue of so many reasons; of fewer than four APIs, where these are too few."""
    for number, name in enumerate(APIS):
        share = reasons // len(APIS) + (number < reasons % len(APIS))
        if share:
            api = _Api(name, is_deep=number % 2 == 1, draw=Random(f"{seed} {name}"))
            folder = root / name
            folder.mkdir(parents=True)
            for file, data in api.files(share):
                text = json.dumps(data, indent=2) if file.endswith("json") else _yaml_text(data)
                (folder / file).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class _Code:
    """A reason that is still to be described."""

    thing: str  # such as "shared mailbox"
    fault: Mapping[str, Any]  # what is wrong with it
    reason: str
    sub_reason: str | None = None
    sends: tuple[str, ...] = ()  # the members of its details

    @property
    def name(self) -> str:
        return f"{self.reason}/{self.sub_reason}" if self.sub_reason else self.reason

    @property
    def path(self) -> str:
        return f"/{self.thing.replace(' ', '_')}s"

    @property
    def operations(self) -> list[str]:
        return [f"{m} {self.path}{rest}" for rest, methods in _METHODS.items() for m in methods]


@dataclass(frozen=True)
class _Api:
    """Says everything about one API; what it draws depends on its own seed alone."""

    name: str
    is_deep: bool  # its codes have two levels
    draw: Random

    def files(self, reasons: int) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the content of every file, by its name."""
        domains = dict(self._domains(reasons))
        yield "envelope.schema.json", self._schema()
        yield "api.yaml", self._about(domains)
        if not self.is_deep:
            yield "operations.json", _operations(domains.values())
        for name, codes in domains.items():
            yield f"{name}.yaml", self._domain(name, codes)

    def _domains(self, reasons: int) -> Iterator[tuple[str, list[_Code]]]:
        """Yield domains with the codes in each, until there are enough."""
        all_things = [f"{word} {noun}" for word in _WORDS["qualifiers"] for noun in _WORDS["nouns"]]
        self.draw.shuffle(all_things)
        for start in range(0, len(all_things), DOMAIN_THINGS):
            things = all_things[start : start + DOMAIN_THINGS]
            codes = [code for thing in things for code in self._codes(thing)]
            if not self.is_deep:  # else a second level would lose its first
                self.draw.shuffle(codes)
            yield f"{things[0].replace(' ', '-')}-manager", codes[: min(reasons, DOMAIN_REASONS)]
            reasons -= DOMAIN_REASONS
            if reasons <= 0:
                return
        raise ValueError("the vocabulary has no words for so many reasons")

    def _codes(self, thing: str) -> Iterator[_Code]:
        stem, faults = thing.replace(" ", "_"), _WORDS["faults"]
        if self.is_deep:
            faults = self.draw.sample(faults, 6)
            yield _Code(thing, faults[0], f"{stem}_refused")
        for fault in faults:
            code = fault["code"]
            sends = fault.get("sends", ()) if self.draw.random() < 0.4 else ()
            if self.is_deep:
                yield _Code(thing, fault, f"{stem}_refused", code, sends)
            else:
                yield _Code(thing, fault, f"{stem}_{code}".upper(), sends=sends)

    def _about(self, domains: Mapping[str, list[_Code]]) -> dict[str, Any]:
        title = self.name.replace("-", " ").title()
        address = f"https://{self.name}.example.com"
        places = {"reason": "/error/reason", "status": "/error/status"}
        if self.is_deep:
            places = {"reason": "/error/code", "sub_reason": "/error/decline_code"}
        for member in ("message", "request_id", "details"):
            places[member] = f"/error/{member}"
        said: dict[str, Any] = {
            "format": 2,
            "api": self.name,
            "title": title,
            "summary": f"Every error of the made-up API {title}, what it means and how to fix it.",
            "source": {"url": f"{address}/docs", "as_of": "2026-04-25"},
            "base_url": f"{address}/v1",
            "envelope": {
                "schema": "envelope.schema.json",
                **places,
                "field_code": "/error/details/*/code",
                "example": self._body(next(iter(domains.values()))[0]),
            },
            "http": {
                str(code): {
                    "title": name,
                    "meaning": f"What went wrong is of the kind {name.lower()}.",
                    "fixes": ["Read the message; it often names the parameter or field."],
                    "remedy": {"actor": "unknown", "retry": "unknown"},
                }
                for code, name in _WORDS["http"].items()
            },
            "response_headers": [
                {"name": "X-Request-Id", "equals": "/error/request_id"},
                {"name": "Retry-After", "http": [429], "pattern": "[0-9]+"},
            ],
            "ai_context": "- Branch on the reason, never on the message.\n"
            "- Repeat a request that changes something only with the same idempotency key.\n",
            "schema_version": 1,
            "domains": [*domains],
        }
        if self.is_deep:
            return said | {"reason_pattern": "[a-z][a-z_]*"}
        statuses = {
            fault["status"]: {
                "http": fault["http"],
                "when": f"It stands for {_WORDS['http'][fault['http']].lower()}.",
            }
            for fault in _WORDS["faults"]
        }
        return said | {"statuses": statuses}

    def _schema(self) -> dict[str, Any]:
        own = ("code", "decline_code") if self.is_deep else ("status", "reason")
        error = {
            "type": "object",
            "required": [own[0], "message", "request_id"],
            "properties": {
                **{member: {"type": "string"} for member in own},
                "message": {"description": "The cause in words, for people.", "type": "string"},
                "request_id": {"description": "Identifies this request.", "type": "string"},
                "details": {
                    "description": "Data for programs.",
                    "type": "array",
                    "items": {"type": "object"},
                },
            },
        }
        return {"type": "object", "required": ["error"], "properties": {"error": error}}

    def _domain(self, name: str, codes: list[_Code]) -> dict[str, Any]:
        things = ", ".join(dict.fromkeys(f"{code.thing}s" for code in codes))
        return {
            "domain": name,
            "title": f"{things[0].upper()}{things[1:]}",
            "summary": f"What can go wrong with {things}.",
            "ai_context": f"Read the state of the {codes[0].thing} before you change it.",
            "notes": [{"kind": "note", "text": f"All {things} of an account share one limit."}],
            "reasons": [self._reason(code, codes) for code in codes],
        }

    def _reason(self, code: _Code, others: list[_Code]) -> dict[str, Any]:
        chance, fault = self.draw.random, code.fault
        causes, fixes = self._texts(code)
        names = [other.name for other in others if other is not code]
        see_also = self.draw.sample(names, min(len(names), self.draw.randrange(4)))
        if see_also and chance() < 0.3:
            fixes.append(f"If that does not help, see `{see_also[0]}`.")
        senders = self.draw.sample(code.operations, self.draw.randrange(1, 5))
        reads = {"next": [{"request": f"GET {code.path}/{{id}}"}]} if chance() < 0.4 else {}
        lifecycle = self.draw.choices(("active", "planned", "deprecated"), (18, 1, 1))[0]
        said = {
            "reason": code.reason,
            "sub_reason": code.sub_reason,
            "message": f"The {code.thing} could not be handled: {{cause}}.",
            **({"http": fault["http"]} if self.is_deep else {"status": fault["status"]}),
            "lifecycle": lifecycle,
            "since": f"{self.draw.randrange(2019, 2026)}-{self.draw.randrange(1, 13):02}-01",
            "cause": causes if chance() < 0.1 else self.draw.choice(causes),
            "fix": fixes,
            "remedy": fault["remedy"] | reads,
            "raised_by": senders,
            "see_also": see_also,
        }
        if lifecycle == "deprecated":
            said["deprecated"] = {"since": "2026-01-01", "remove_after": "2027-01-01"}
        if chance() < 0.3:
            said["ai_context"] = f"Do not repeat it blindly: a {code.thing} may cost money."
        if chance() < 0.5:
            said["docs_url"] = f"https://{self.name}.example.com/docs/{code.name.lower()}"
        if code.sends:
            said["details"] = _details(code)
        if "code" in code.sends:
            said["field_codes"] = _WORDS["field_codes"]
        if lifecycle != "planned":
            titles = ["As it usually comes", "Sent by a batch", "After a retry"]
            titles = titles[: self.draw.choices((1, 2, 3), (6, 3, 1))[0]]
            said["examples"] = [self._example(code, title, senders) for title in titles]
        return {key: value for key, value in said.items() if value}

    def _texts(self, code: _Code) -> tuple[list[str], list[str]]:
        """Return possible causes, and the steps of the fix."""
        words = {
            "thing": code.thing,
            "things": f"{code.thing}s",
            "path": code.path,
            "limit": self.draw.randrange(10, 1000, 10),
            "days": self.draw.randrange(2, 90),
            **{
                name: self.draw.choice(_WORDS[f"{name}s"]) for name in ("field", "state", "service")
            },
            "other": self.draw.choice(_WORDS["fields"]),
        }
        causes, fixes = code.fault["causes"], code.fault["fixes"]
        return [text.format(**words) for text in causes], [text.format(**words) for text in fixes]

    def _example(self, code: _Code, title: str, senders: list[str]) -> dict[str, Any]:
        body = self._body(code)
        headers = {"X-Request-Id": json.loads(body)["error"]["request_id"]}
        if code.fault["http"] == 429:
            headers["Retry-After"] = str(self.draw.randrange(1, 60))
        request = self.draw.choice(senders).replace("{id}", f"{self.draw.getrandbits(64):016x}")
        said = {"title": title, "origin": "constructed", "request": request}
        return {**said, "headers": headers, "body": body}

    def _body(self, code: _Code) -> str:
        error = {"status": code.fault["status"], "reason": code.reason}
        if self.is_deep:
            second = {"decline_code": code.sub_reason} if code.sub_reason else {}
            error = {"code": code.reason, **second}
        error["message"] = f"The {code.thing} could not be handled: {code.fault['code']}."
        error["request_id"] = f"req_{self.draw.getrandbits(128):032x}"
        if code.sends:
            values = _WORDS["details"]
            sent = {name: self.draw.choice(values[name]["values"]) for name in code.sends}
            error["details"] = [sent]
        return json.dumps({"error": error}, indent=2) + "\n"


def _operations(domains: Iterable[list[_Code]]) -> dict[str, Any]:
    statuses: dict[str, set[int]] = {}
    for code in (code for codes in domains for code in codes):
        for operation in code.operations:
            statuses.setdefault(operation, set()).add(code.fault["http"])
    return {"operations": {name: sorted(found) for name, found in sorted(statuses.items())}}


def _details(code: _Code) -> dict[str, Any]:
    members = {}
    for name in code.sends:
        schema = _WORDS["details"][name]["schema"]
        members[name] = {**schema, "description": schema["description"].format(thing=code.thing)}
    item = {"type": "object", "required": [*code.sends], "properties": members}
    return {"type": "array", "minItems": 1, "items": item}


class _Dumper(yaml.CSafeDumper):
    """Writes YAML as people do: several lines as a block, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _yaml_text(data: dict[str, Any]) -> str:
    return str(yaml.dump(data, Dumper=_Dumper, sort_keys=False, width=110, allow_unicode=True))
