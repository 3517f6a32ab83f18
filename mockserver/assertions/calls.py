"""The calls a test looks at, and what it says about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from fauxdoo.mockserver.assertions.differences import differences
from fauxdoo.mockserver.assertions.sequences import found_in_order, named
from fauxdoo.mockserver.assertions.telling import arguments_told, call_told, listing
from fauxdoo.mockserver.journal import Entry

if TYPE_CHECKING:
    from fauxdoo.mockserver.assertions.arguments import Arguments

__all__ = ["Calls"]

_NEAREST = 3


class Calls:
    """The calls in the journal, oldest first; `of` and `where` pick some of them.

    It is a view: it always shows the journal as it is now. Assertions raise AssertionError with the nearest calls and
    how they differ.
    """

    def __init__(
        self,
        source: Callable[[], list[Entry]],
        arguments: Arguments,
        model: str | None = None,
        method: str | None = None,
    ) -> None:
        self._source, self.named_by = source, arguments
        self._model, self._method = model, method

    # ---------------------------------------------------------------- picking

    def of(self, model: str | None = None, method: str | None = None) -> Calls:
        """Those of a model, of a method, or of a method of a model."""
        return Calls(self._source, self.named_by, model or self._model, method or self._method)

    def where(self, condition: Callable[[Entry], bool]) -> Calls:
        """Those a function says yes to: `odoo.calls.where(lambda call: call.protocol == "rest")`."""
        return Calls(lambda: list(filter(condition, self._source())), self.named_by, self._model, self._method)

    def arguments(self, entry: Entry) -> dict[str, Any]:
        """Arguments of a call by name, whatever protocol it came over: `ids` for methods of records, then their own."""
        return self.named_by.of(entry)

    def _entries(self) -> list[Entry]:
        return [e for e in self._source() if self._model in (None, e.model) and self._method in (None, e.method)]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries())

    def __len__(self) -> int:
        return len(self._entries())

    def __getitem__(self, index: int) -> Entry:
        return self._entries()[index]

    def __repr__(self) -> str:
        return f"<{len(self)} calls of {self._name}>"

    # ---------------------------------------------------------------- saying

    def assert_called(self, *args: Any, **kwargs: Any) -> None:
        """There was such a call, or several: with these arguments, as `execute_kw` takes them or by name."""
        __tracebackhide__ = True
        wanted = self._wanted(args, kwargs)
        if not self._matching(wanted):
            raise AssertionError(self._not_found(wanted, "was to be called"))

    def assert_called_once(self, *args: Any, **kwargs: Any) -> None:
        """There was just one such call; calls with other arguments do not matter.

        Arguments that are not named may be anything, a dictionary is matched by one that has at least its keys.
        """
        __tracebackhide__ = True
        self.assert_called_times(1, *args, **kwargs)

    def assert_called_times(self, times: int, /, *args: Any, **kwargs: Any) -> None:
        """There were so many such calls."""
        __tracebackhide__ = True
        wanted = self._wanted(args, kwargs)
        found = self._matching(wanted)
        if len(found) == times:
            return
        often = "once" if times == 1 else f"{times} times"
        if not found:
            raise AssertionError(self._not_found(wanted, f"was to be called {often}"))
        head = f"{self._told(wanted)} was to be called {often} and was called {_times(len(found))}"
        raise AssertionError(listing(f"{head}:", map(self._line, found)))

    def assert_not_called(self, *args: Any, **kwargs: Any) -> None:
        """There was no such call."""
        __tracebackhide__ = True
        wanted = self._wanted(args, kwargs)
        found = self._matching(wanted)
        if found:
            head = f"{self._told(wanted)} was not to be called and was called {_times(len(found))}:"
            raise AssertionError(listing(head, map(self._line, found)))

    def assert_no_errors(self) -> None:
        """No call failed."""
        __tracebackhide__ = True
        failed = [entry for entry in self._entries() if entry.state == "failed"]
        if failed:
            raise AssertionError(listing(f"{len(failed)} of {len(self)} calls failed:", map(self._line, failed)))

    def assert_sequence(self, *steps: str, gaps: bool = True) -> None:
        """These were called in this order: `assert_sequence("res.partner.create", "sale.order.create")`.

        Other calls may lie between them unless `gaps=False`. Raises ValueError for a step without a model.
        """
        __tracebackhide__ = True
        entries = self._entries()
        found = found_in_order(steps, entries, gaps=gaps)
        if len(found) < len(steps):
            raise AssertionError(self._sequence_not_found(steps, entries, found))

    # ---------------------------------------------------------------- telling

    @property
    def _name(self) -> str:
        return f"{self._model or 'any model'}.{self._method or '*'}"

    def _wanted(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        return self.named_by.wanted(self._model or "", self._method or "", args, kwargs)

    def _matching(self, wanted: dict[str, Any]) -> list[Entry]:
        return [entry for entry in self._entries() if not differences(wanted, self.arguments(entry))]

    def _told(self, wanted: dict[str, Any]) -> str:
        return f"{self._name}({arguments_told(wanted, 200)})"

    def _line(self, entry: Entry) -> str:
        return call_told(entry, self.arguments(entry))

    def _not_found(self, wanted: dict[str, Any], expectation: str) -> str:
        calls = self._entries()
        head = f"{self._told(wanted)} {expectation} and was not"
        if calls:
            return f"{head}.\n{self._nearest_arguments(wanted, calls)}"
        others = self._nearest_names()
        return f"{head}; nothing was called at all." if not others else listing(f"{head}. Calls like it:", others)

    def _nearest_arguments(self, wanted: dict[str, Any], calls: list[Entry]) -> str:
        """The calls of the same method whose arguments differ least, each with the differences."""
        told = [(differences(wanted, self.arguments(entry)), self._line(entry)) for entry in calls]
        told.sort(key=lambda pair: len(pair[0]))
        lines = [line for differing, call in told[:_NEAREST] for line in (call, *(f"    {each}" for each in differing))]
        return listing(f"The nearest of {_calls(len(calls))}:", lines, most=len(lines))

    def _nearest_names(self) -> list[str]:
        entries = sorted(self._source(), key=self._likeness, reverse=True)
        return [self._line(entry) for entry in entries[:_NEAREST]]

    def _likeness(self, entry: Entry) -> float:
        name = f"{self._model or entry.model}.{self._method or entry.method}"
        return SequenceMatcher(None, name, f"{entry.model}.{entry.method}").ratio()

    def _sequence_not_found(self, steps: tuple[str, ...], entries: list[Entry], found: list[int]) -> str:
        missing = steps[len(found)]
        wanted = f"Step {len(found) + 1} of {len(steps)}, {missing}, did not come"
        called = any((entry.model, entry.method) == named(missing) for entry in entries)
        hint = ": it was called, but not then." if called else ": it was not called."
        marks = {place: str(number) for number, place in enumerate(found, 1)}
        lines = (f"{marks.get(place, '-'):>2} {self._line(entry)}" for place, entry in enumerate(entries))
        return "\n".join(filter(None, [wanted + hint, listing("The calls, found steps numbered:", lines, most=30)]))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"
