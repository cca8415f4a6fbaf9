"""Where the catalogue is in a repository, by what themes read of ``html_context``."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from sphinx.builders.html import StandaloneHTMLBuilder

from reasonbook.format.model import Reason

#: By host: where it is if nothing else is said, and how it shows a line of a file.
_HOSTS = {
    "github": ("github.com", "https://{host}/{user}/{repo}/blob/{version}/{path}#L{line}"),
    "gitlab": ("gitlab.com", "https://{host}/{user}/{repo}/-/blob/{version}/{path}#L{line}"),
    "bitbucket": (
        "bitbucket.org",
        "https://{host}/{user}/{repo}/src/{version}/{path}#lines-{line}",
    ),
}


def source_address(builder: StandaloneHTMLBuilder, reason: Reason) -> str:
    """Return the address of a reason's lines; empty where no repository is named."""
    said = builder.config.html_context
    for name, (usual, form) in _HOSTS.items():
        user, repo, version = (said.get(f"{name}_{key}") for key in ("user", "repo", "version"))
        if user and repo and version:
            at = reason.at("reason")
            inside = os.path.relpath(Path(at.path).resolve(), Path(builder.confdir).resolve())
            folder = posixpath.join("/", str(said.get("conf_py_path") or ""))
            path = posixpath.normpath(posixpath.join(folder, Path(inside).as_posix()))
            host = said.get(f"{name}_host") or usual
            names = {"host": host, "user": user, "repo": repo, "version": version}
            return form.format(**names, path=path.lstrip("/"), line=at.line)
    return ""
