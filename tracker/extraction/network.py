"""The reader's network: ids of delexicalised tokens → role scores per token, kind scores per brief.

    ids ─► one embedding per column ─► mix ─► residual convolutions ─┬─► (token + whole brief) ─► roles
                                                                     ├─► whole brief ─► kind
                                                                     └─► the most telling token ─► kind

The kind is the sum of three views: the brief on the whole, its one most telling place (a round told
amid much else is a round), and its word pieces.

Small on purpose: it runs in a fraction of a millisecond per brief on one core.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.util import registry
from thinc.api import (
    Dropout,
    HashEmbed,
    Linear,
    Maxout,
    Model,
    SparseLinear_v2,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    with_array,
)
from thinc.types import Floats2d

from tracker.extraction.blas import blas_ops

BAG_SIZE = 2**17
Features = list[Any]
"""Per brief: ids of shape (tokens, columns), and the ids of its word pieces in any number."""
Scores = tuple[list[Floats2d], Floats2d]
"""Role scores per token of each brief, and kind scores of shape (briefs, kinds)."""


@registry.architectures("tracker.BriefReader.v1")
def build_reader(
    width: int,
    depth: int,
    embed_width: int,
    rows: list[int],
    n_roles: int | None = None,
    n_kinds: int | None = None,
    dropout: float = 0.2,
) -> Model[Features, Scores]:
    """The network; `rows` are the table sizes of the feature columns, in their order."""
    with blas_ops():
        embed = concatenate(*[HashEmbed(embed_width, n, column=i) for i, n in enumerate(rows)])
        mix = Maxout(nO=width, nI=embed_width * len(rows), nP=2, normalize=True, dropout=dropout)
        layer = chain(
            expand_window(window_size=1),
            Maxout(nO=width, nI=width * 3, nP=2, normalize=True, dropout=dropout),
        )
        trunk = with_array(chain(embed, mix, clone(residual(layer), depth)), pad=depth)
        roles = chain(
            Maxout(nO=width, nI=width * 3, nP=2, normalize=True, dropout=dropout),
            Linear(nO=n_roles, nI=width),
        )
        kinds = chain(
            Dropout(dropout),
            Maxout(nO=width, nI=width * 2, nP=2, normalize=True, dropout=dropout),
            Linear(nO=n_kinds, nI=width),
        )
        triggers = chain(Dropout(dropout), Linear(nO=n_kinds, nI=width))
        bag = SparseLinear_v2(nO=n_kinds, length=BAG_SIZE)
        return Model(
            "brief_reader",
            _forward,
            init=_initialize,
            layers=[trunk, roles, kinds, triggers, bag],
            refs={"trunk": trunk, "roles": roles, "kinds": kinds, "triggers": triggers, "bag": bag},
            dims={"nI": None, "nO": None},
            attrs={"width": width},
        )


def set_sizes(model: Model[Features, Scores], n_roles: int, n_kinds: int) -> None:
    """Fix the number of roles and kinds before the weights are made or loaded."""
    for name, size in (("roles", n_roles), ("kinds", n_kinds), ("triggers", n_kinds)):
        last = model.get_ref(name).layers[-1]
        if last.has_dim("nO") is None:
            last.set_dim("nO", size)
    bag = model.get_ref("bag")
    if bag.has_dim("nO") is None:
        bag.set_dim("nO", n_kinds)


def _initialize(model: Model[Features, Scores], X: Any = None, Y: Any = None) -> None:
    width = model.attrs["width"]
    sample = model.ops.alloc2f(2, width * 3)
    model.get_ref("roles").initialize(X=sample)
    model.get_ref("kinds").initialize(X=model.ops.alloc2f(2, width * 2))
    model.get_ref("triggers").initialize(X=model.ops.alloc2f(2, width))
    model.get_ref("bag").initialize()
    if X is not None:
        model.get_ref("trunk").initialize(X=[ids for ids, _ in X])


_KEEP_PIECES = 0.6
_KEEP_WORDS = 0.9


def _bag(features: Features, is_train: bool) -> Any:
    """(keys, values, lengths) of the briefs' word pieces, for the sparse layer.

    In training a part of the pieces is left out each time, so that no single word decides.
    """
    bags = [bag for _, bag in features]
    if is_train:
        bags = [bag[np.random.random(len(bag)) < _KEEP_PIECES] for bag in bags]
    counts = np.array([len(bag) for bag in bags], dtype="i")
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype("f")
    return np.concatenate(bags), values, counts


def _columns(features: Features, is_train: bool) -> list[Any]:
    """The token ids; in training some words are blanked, so that place and shape count too."""
    if not is_train:
        return [ids for ids, _ in features]
    blanked = []
    for ids, _ in features:
        ids = ids.copy()
        ids[np.random.random(len(ids)) > _KEEP_WORDS, 0] = 0
        blanked.append(ids)
    return blanked


def _soft_maximum(scores: Any, lengths: Any, owner: Any) -> tuple[Any, Any]:
    """(log of the summed exponentials of each brief's tokens, each token's share in it)."""
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    top = np.maximum.reduceat(scores, starts, axis=0)
    share = np.exp(scores - top[owner])
    total = np.add.reduceat(share, starts, axis=0)
    return top + np.log(total), share / total[owner]


def _forward(model: Model[Features, Scores], features: Features, is_train: bool) -> Any:
    ops = model.ops
    width = model.attrs["width"]
    hidden, back_trunk = model.get_ref("trunk")(_columns(features, is_train), is_train)
    lengths = np.array([len(h) for h in hidden], dtype="i")
    flat = ops.flatten(hidden)
    mean = ops.reduce_mean(flat, lengths)
    peak, which = ops.reduce_max(flat, lengths)
    summary = ops.xp.hstack([mean, peak])
    owner = np.repeat(np.arange(len(lengths)), lengths)
    bag, back_bag = model.get_ref("bag")(_bag(features, is_train), is_train)
    role_scores, back_roles = model.get_ref("roles")(
        ops.xp.hstack([flat, summary[owner]]), is_train
    )
    kind_scores, back_kinds = model.get_ref("kinds")(summary, is_train)
    told, back_triggers = model.get_ref("triggers")(flat, is_train)
    loudest, share = _soft_maximum(told, lengths, owner)
    kind_scores = kind_scores + bag + loudest

    def backprop(d: tuple[Floats2d, Floats2d]) -> Features:
        d_roles, d_kinds = d
        d_in = back_roles(d_roles)
        d_flat = ops.as_contig(d_in[:, :width])
        back_bag(d_kinds)
        d_summary = back_kinds(d_kinds)
        added = ops.alloc2f(*d_summary.shape)
        np.add.at(added, owner, d_in[:, width:])
        d_summary = d_summary + added
        d_flat = d_flat + ops.backprop_reduce_mean(ops.as_contig(d_summary[:, :width]), lengths)
        d_flat = d_flat + ops.backprop_reduce_max(
            ops.as_contig(d_summary[:, width:]), which, lengths
        )
        d_flat = d_flat + back_triggers(ops.as_contig(d_kinds[owner] * share))
        back_trunk(ops.unflatten(d_flat, lengths))
        return []

    return (ops.unflatten(role_scores, lengths), kind_scores), backprop
