"""Which keys are one: ties between them, minus those that a person cut."""

from __future__ import annotations


class Ties:
    """Sets of keys that grow together. A pair kept `apart` never ends up in one set."""

    def __init__(self, apart: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._above: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, key: str) -> str:
        """The key that stands for the set of `key`."""
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def members(self, key: str) -> set[str]:
        """All keys of the set of `key`."""
        root = self.root(key)
        return self._members.get(root, {root})

    def are_apart(self, one: str, other: str) -> bool:
        """Whether joining their sets would join what a person keeps apart."""
        if not self._apart:
            return False
        theirs = self.members(other)
        return any(not theirs.isdisjoint(self._apart.get(key, ())) for key in self.members(one))

    def tie(self, one: str, other: str) -> bool:
        """Make two sets one, unless they are kept apart. The smaller key stands for both."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if self.are_apart(a, b):
            return False
        self._members[a] = self.members(a) | self.members(b)
        self._above[b] = a
        return True
