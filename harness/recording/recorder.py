"""Performs cases on a server and notes what it answers: each twice, so that what changes from run to run is masked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator

from fauxdoo.harness.clients import Outcome, Target
from fauxdoo.harness.performer import Performer
from fauxdoo.harness.recording.masking import Masks
from fauxdoo.harness.recording.redaction import Redaction
from fauxdoo.harness.recordings import Case, Step

__all__ = ["Recorder", "RecordingFailed", "alike", "same_outcome"]

_TICK = 1.1

_ANSWERS_IDS = frozenset({"copy", "create", "name_create", "name_search", "search", "web_name_search"})
"""Methods whose result is ids, or begins with one."""


class RecordingFailed(Exception):
    """A step got no answer at all; the message says which, and why."""


class Recorder:
    """Records on one server; `close` ends its connections."""

    def __init__(self, target: Target, redaction: Redaction | None = None, via: str | None = None) -> None:
        self._performer = Performer(target, via)
        self._redaction = redaction or Redaction(target)

    def record(self, cases: Iterable[Case]) -> Iterator[Case]:
        """The cases with what the server answers in `expect`. Raises RecordingFailed.

        All are run once, then all again, at least a second later: times are told to the second.
        """
        chosen, started = [*cases], time.monotonic()
        first = [self._run(case) for case in chosen]
        time.sleep(max(0.0, _TICK - (time.monotonic() - started)) if chosen else 0)
        for case, outcomes in zip(chosen, first, strict=True):
            yield self._redaction.redacted(_expecting(case, outcomes, self._run(case)))

    def close(self) -> None:
        """End all connections."""
        self._performer.close()

    def _run(self, case: Case) -> list[Outcome]:
        uniq, outcomes = self._performer.perform(case)
        for index, outcome in enumerate(outcomes):
            if "broken" in outcome:
                raise RecordingFailed(f"{case['case']} step {index}: {outcome['broken']}")
        plain: list[Outcome] = json.loads(json.dumps(outcomes).replace(uniq, "{{uniq}}"))
        return plain


def alike(case: Case, first: list[Outcome], second: list[Outcome]) -> bool:
    """Whether two runs of a case ended the same but for ids."""
    masks = Masks()
    return all(same_outcome(masks, *step) for step in zip(case["steps"], first, second, strict=True))


def same_outcome(masks: Masks, step: Step, first: Outcome, second: Outcome) -> bool:
    """Whether two outcomes of a step are the same but for ids; `masks` knows those of the steps before."""
    try:
        return "$any" not in json.dumps(_common(masks, step, first, second))
    except RecordingFailed:
        return False


def _expecting(case: Case, first: list[Outcome], second: list[Outcome]) -> Case:
    masks = Masks()
    steps = zip(case["steps"], first, second, strict=True)
    return {**case, "steps": [{**step, "expect": _common(masks, step, *pair)} for step, *pair in steps]}


def _common(masks: Masks, step: Step, first: Outcome, second: Outcome) -> Outcome:
    """What two outcomes of a step have in common. Raises RecordingFailed where one is an error and the other not."""
    if first.keys() != second.keys():
        raise RecordingFailed(f"two runs of {step.get('method') or step.get('path')} end differently")
    ids = step.get("method") in _ANSWERS_IDS
    return {key: masks.common(value, second[key], ids=ids and key == "result") for key, value in first.items()}
