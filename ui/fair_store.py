"""The rule by which sessions share memory that is not enough for all: whoever holds most gives first.

A session alone may have everything. Where there are several, one that holds no more than its equal share never loses
anything to another that walks through a hundred large pictures. A plain LRU was rejected, since there the busiest
session takes all; fixed quotas were, since they leave most of the memory empty most of the time.
"""

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

_NOBODY = ("",)
"""What nobody owns, such as what is computed from samples, is as if one more session had it."""


@dataclass(frozen=True, eq=False)
class _Entry(Generic[Value]):
    value: Value
    group: Hashable
    size_bytes: int


class FairStore(Generic[Value]):
    """Values by key within `max_bytes`, in groups that sessions own; for one thread at a time.

    `owners_of` gives the sessions that own a group; what several own counts for each with its part.
    """

    def __init__(self, max_bytes: int, owners_of: Callable[[Hashable], Collection[str]]) -> None:
        self.max_bytes = max_bytes
        self.used_bytes = 0
        self._owners_of = owners_of
        self._entries: OrderedDict[Hashable, _Entry[Value]] = OrderedDict()  # the one used longest ago is the first
        self._group_bytes: Counter[Hashable] = Counter()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._entries

    def get(self, key: Hashable) -> Value | None:
        """The value under `key`, which makes it the latest used."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry.value

    def put(self, key: Hashable, group: Hashable, value: Value, size_bytes: int) -> None:
        """Keeps `value`, unless it is larger than the whole store; others make room as the rule says."""
        if size_bytes > self.max_bytes:
            return
        self._drop(key)
        self._entries[key] = _Entry(value, group, size_bytes)
        self._count(group, size_bytes)
        while self.used_bytes > self.max_bytes:
            self._drop(self._next_to_go(key))

    def drop_group(self, group: Hashable) -> None:
        """Forgets everything in `group`."""
        for key in [key for key, entry in self._entries.items() if entry.group == group]:
            self._drop(key)

    def clear(self) -> None:
        """Forgets everything."""
        self._entries.clear()
        self._group_bytes.clear()
        self.used_bytes = 0

    def _next_to_go(self, newest: Hashable) -> Hashable:
        """Of the session that holds most, what it used longest ago; never what has only just come."""
        held: defaultdict[str, float] = defaultdict(float)
        owners = {group: self._owners_of(group) or _NOBODY for group in self._group_bytes}
        for group, size_bytes in self._group_bytes.items():
            for owner in owners[group]:
                held[owner] += size_bytes / len(owners[group])
        for heaviest in sorted(held, key=held.__getitem__, reverse=True):
            for key, entry in self._entries.items():
                if key != newest and heaviest in owners[entry.group]:
                    return key
        raise AssertionError("What is larger than the store is not put into it.")

    def _drop(self, key: Hashable) -> None:
        if entry := self._entries.pop(key, None):
            self._count(entry.group, -entry.size_bytes)

    def _count(self, group: Hashable, size_bytes: int) -> None:
        self.used_bytes += size_bytes
        self._group_bytes[group] += size_bytes
        if not self._group_bytes[group]:
            del self._group_bytes[group]
