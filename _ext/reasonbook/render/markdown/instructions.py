"""What an agent is told so that it looks errors up: a prompt, a paragraph, a skill."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reasonbook import limits
from reasonbook.format.model import Catalogue
from reasonbook.render import wording
from reasonbook.render.facts.whereabouts import whereabouts
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls

#: What names the skill, for the programs that load it.
SKILL = "api-errors"


def prompt(catalogue: Catalogue, urls: SiteUrls) -> str:
    """Return one line for a system prompt."""
    apis = ", ".join(_apis(catalogue, urls))
    return (
        f"When a call of one of these APIs fails, fetch {urls.reason_pattern()} and do what its"
        f' line "Retry:" says. APIs: {apis}. {_levels(catalogue)}{_otherwise(urls)}\n'
    )


def paragraph(catalogue: Catalogue, urls: SiteUrls) -> str:
    """Return a section for ``AGENTS.md`` or the like."""
    return "\n\n".join(["## API errors", *_steps(catalogue, urls)]) + "\n"


def skill(catalogue: Catalogue, urls: SiteUrls) -> str:
    """Return a skill file: its name, when to use it, and what to do."""
    names = ", ".join(
        md.escape(f"{api.title} ({api.base_url})" if api.base_url else api.title, first=False)
        for api in [*catalogue.apis.values()][: limits.LISTED_CHOICES]
    )
    use = f"What to do about an error of an API, such as whether to retry, and when. For {names}."
    head = f"---\nname: {SKILL}\ndescription: >-\n  {' '.join(use.split())}\n---"
    return "\n\n".join([head, "# API errors", *_steps(catalogue, urls)]) + "\n"


#: The texts by their name: that of the argument of the directive that shows them.
INSTRUCTIONS: Mapping[str, Callable[[Catalogue, SiteUrls], str]] = {
    "prompt": prompt,
    "paragraph": paragraph,
    "skill": skill,
}


def _steps(catalogue: Catalogue, urls: SiteUrls) -> list[str]:
    return [
        "Branch on the reason in the error body, never on its message. For an error of one of these"
        " APIs:",
        "\n".join(f"- {api}" for api in _apis(catalogue, urls)),
        f"Fetch {urls.reason_pattern()} (`.json` for data), and do what its line `Retry:` says."
        f" {urls.code_pattern()} names the APIs that have a reason.",
        _levels(catalogue) + _otherwise(urls),
    ]


def _levels(catalogue: Catalogue) -> str:
    """Say how to go by codes on two levels, and by several errors in a body, if there are such."""
    envelopes = [
        envelope
        for api in catalogue.apis.values()
        for envelope in (api.envelope, *api.envelopes.values())
    ]
    said = ""
    if any(each.sub_reason is not None for each in envelopes):
        said += wording.SECOND_LEVEL + " "
    if any("*" in str(place) for each in envelopes for place in each.reason):
        said += wording.SEVERAL_ERRORS + " "
    return said


def _otherwise(urls: SiteUrls) -> str:
    unknown = urls.markdown(urls.addresses.unknown("API"))
    return (
        f"If the reason is missing or unknown, or there is no such page, fetch {unknown} and do"
        " what it says of the HTTP status. Never repeat a request otherwise, and send none that is"
        ' marked "ask a person first" without asking.'
    )


def _apis(catalogue: Catalogue, urls: SiteUrls) -> list[str]:
    apis = [*catalogue.apis.values()]
    named = [
        f"{api.name} ({BriefMarkdown(api, urls).line(*whereabouts(api))})"
        for api in apis[: limits.LISTED_CHOICES]
    ]
    return [*named, f"and those in {urls.index()}"] if len(named) < len(apis) else named
