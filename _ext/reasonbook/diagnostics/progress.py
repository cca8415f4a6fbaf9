"""How far a long run is: the core hands out its lists, and whoever shows progress counts along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
#: Gives the items of a list one by one, and shows what is done with them.
Show = Callable[[Sequence[Any], str], Iterable[Any]]

_show: ContextVar[Show | None] = ContextVar("show", default=None)


def tracked(items: Sequence[T], doing: str) -> Iterable[T]:
    """Return the items of a list whose work may take long; *doing* says what is done with them."""
    show = _show.get()
    return show(items, doing) if show else items


@contextmanager
def shown_by(show: Show) -> Iterator[None]:
    """Let *show* have the lists of :func:`tracked` for a while, as Sphinx's ``status_iterator``."""
    token = _show.set(show)
    try:
        yield
    finally:
        _show.reset(token)
