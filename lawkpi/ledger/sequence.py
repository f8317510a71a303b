"""Rows of the same contents in the order of a date: which of them a row is, and how long after the last.

Blank contents equal nothing. A row whose date or contents are not known might stand before others:
their numbers are not known then, rather than counted without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lawkpi.law.days import NAT, Counts, Days, Flags
from lawkpi.ledger.table import Ledger


@dataclass(frozen=True)
class Sequenced:
    """Each row's place among the rows of the same contents.

    Parameters
    ----------
    number : 1, 2, ... per row
    since : natural days since the row before; 0 for the first
    is_placed : whether the row has contents at all, so that it can be one of several
    unknown : rows whose place is not known
    """

    number: Counts
    since: Counts
    is_placed: Flags
    unknown: Flags

    @property
    def is_known(self) -> Flags:
        """Rows that have a number that can be relied on."""
        return self.is_placed & ~self.unknown


def sequenced(ledger: Ledger, contents: Sequence[str], by: str) -> Sequenced:
    """The rows of a ledger by date, then row id, among those of the same contents.

    Parameters
    ----------
    contents : the columns whose contents are to be the same
    by : the column of the date
    """
    days = _known_days(ledger, by)
    rank = _rank(ledger, days)
    number, since = _numbered(_groups(ledger, contents), rank, days)
    unread = np.column_stack([ledger.unknown_in(name) for name in contents])
    is_blank = ledger.frame[list(contents)].isna().to_numpy() & ~unread
    is_placed = np.asarray(~is_blank.any(axis=1), dtype=bool)
    doubtful = is_placed & (np.isnat(days) | unread.any(axis=1))
    unknown = doubtful | (is_placed & _behind(ledger, contents, unread, rank, doubtful))
    return Sequenced(number, since, is_placed, unknown)


def _known_days(ledger: Ledger, by: str) -> Days:
    days = ledger.frame[by].to_numpy().astype("datetime64[D]")
    return np.where(ledger.unknown_in(by), NAT, days)


def _rank(ledger: Ledger, days: Days) -> Counts:
    """Each row's place by day and row id; rows without a day first, for they might have been."""
    ids, _ = pd.factorize(ledger.frame["row_id"].to_numpy(dtype=object), sort=True)
    rank = np.empty(len(days), dtype=np.int64)
    rank[np.lexsort((ids, days.astype(np.int64)))] = np.arange(len(days))
    return rank


def _numbered(groups: Counts, rank: Counts, days: Days) -> tuple[Counts, Counts]:
    """Each row's number in its group, and the days since the row before it (0 for the first)."""
    order = np.lexsort((rank, groups))
    is_first = np.diff(groups[order], prepend=-2) != 0
    steps = np.diff(days[order], prepend=NAT).astype(np.int64)
    place = np.arange(len(order))
    number, since = np.zeros_like(place), np.zeros_like(place)
    number[order] = place - np.maximum.accumulate(np.where(is_first, place, 0)) + 1
    since[order] = np.where(is_first, 0, steps)
    return number, since


def _groups(ledger: Ledger, contents: Sequence[str]) -> Counts:
    """One number per row, equal where the contents are; -1 where one of them is blank."""
    if not contents:
        return np.zeros(len(ledger), dtype=np.int64)
    numbers = ledger.frame.groupby(list(contents), sort=False).ngroup()
    return np.asarray(numbers.fillna(-1), dtype=np.int64)


def _behind(
    ledger: Ledger, contents: Sequence[str], unread: Flags, rank: Counts, doubtful: Flags
) -> Flags:
    """Rows that a doubtful one might stand before: those that share what is known of its contents."""
    behind = np.zeros(len(ledger), dtype=bool)
    for pattern in np.unique(unread[doubtful], axis=0):
        rows = doubtful & np.equal(unread, pattern).all(axis=1)
        known = [name for name, is_unread in zip(contents, pattern, strict=True) if not is_unread]
        groups = _groups(ledger, known)
        earliest = np.full(len(ledger) + 1, len(ledger))
        np.minimum.at(earliest, groups[rows], rank[rows])
        behind |= (groups >= 0) & (rank > earliest[groups])
    return behind
