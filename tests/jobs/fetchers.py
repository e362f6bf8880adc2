"""Fetchers that hold what a test gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tracker.errors import FetchFailed
from tracker.fetch import Fetched, Fetcher, FetchProblem
from tracker.records import StoredSource

Item = str | Exception | FetchProblem


class Box:
    """Letters one after the other; state: how many were handed out. An exception is raised."""

    kind = "folder"

    def __init__(self, items: Sequence[Item], name: str = "box") -> None:
        self.source = name
        self._items = items
        self._at = 0

    def fetch(self, state: Mapping[str, Any]) -> Iterator[Fetched | FetchProblem]:
        self._at = int(state.get("at", 0))
        for number in range(self._at, len(self._items)):
            item = self._items[number]
            if isinstance(item, Exception):
                raise item
            self._at = number + 1
            if isinstance(item, FetchProblem):
                yield item
            else:
                yield Fetched(
                    item.encode(), f"{number}.txt", f"{self.source}/{number}", key=str(number)
                )

    def state(self) -> dict[str, Any]:
        return {"at": self._at}


def opener(boxes: Mapping[str, Sequence[Item]]) -> Callable[[StoredSource], Fetcher]:
    """Opens the box of a source's name."""

    def open_box(source: StoredSource) -> Fetcher:
        return Box(boxes[source.name], source.name)  # type: ignore[return-value]

    return open_box


def unreachable(name: str) -> FetchFailed:
    return FetchFailed(name, "no server answers there")
