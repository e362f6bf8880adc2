"""Sets of keys that grow together, and what a person keeps apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.identity.keys import Ties

key = st.sampled_from("abcdef")
pairs = st.lists(st.tuples(key, key), max_size=8)


def test_members_are_all_that_were_tied() -> None:
    ties = Ties()
    assert ties.tie("b", "a") and ties.tie("d", "c") and ties.tie("d", "b")
    assert ties.members("c") == set("abcd")
    assert {ties.root(one) for one in "abcd"} == {"a"}
    assert ties.members("e") == {"e"}


@given(pairs, pairs)
def test_what_is_apart_stays_apart(
    same: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    cut = frozenset((min(pair), max(pair)) for pair in apart if pair[0] != pair[1])
    ties = Ties(cut)
    for one, other in same:
        done = ties.tie(one, other)
        assert done == (ties.root(one) == ties.root(other))
    for one, other in cut:
        assert ties.root(one) != ties.root(other)
    for one in "abcdef":
        assert ties.members(one) == {k for k in "abcdef" if ties.root(k) == ties.root(one)}
