"""Sequences of calls on a fake and a real Odoo, and the shortest after which they differ. Needs `hypothesis`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fauxdoo.harness.clients import Outcome, Target
from fauxdoo.harness.performer import UNREFERRED, Performer
from fauxdoo.harness.recording import Recorder, RecordingFailed, alike
from fauxdoo.harness.recordings import Case, Step
from fauxdoo.harness.reduction import reduced
from fauxdoo.harness.strategies import Call, Values, calls
from fauxdoo.harness.verifier import Difference, verify

__all__ = ["Found", "Fuzzer", "case_of"]

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A recording of the real one that the fake does not keep to."""

    case: Case
    differences: Sequence[Difference]


class Fuzzer:
    """Compares two servers, both of which are written to; every sequence ends by deleting what it made."""

    def __init__(self, real: Target, fake: Target, *, examples: int = 200, seed: int = 0) -> None:
        self._targets = real, fake
        self._real, self._fake = Performer(real), Performer(fake)
        self._examples, self._seed = examples, seed
        self.tried = 0
        """Sequences that were made, those on the way to the shortest not among them."""

    def run(
        self, model: str, fields: Mapping[str, Mapping[str, Any]], tell: Callable[[], None] = lambda: None
    ) -> Found | None:
        """The shortest sequence on the model that the fake answers otherwise, None if none was found.

        `fields` are those to be written and read, as `fields_get` describes them; `tell` is called after each try.
        Raises RecordingFailed where the real one breaks off.
        """
        names = self._settled(model, [*fields])
        differing: list[list[Call]] = []

        def some(chosen: list[str]) -> st.SearchStrategy[list[Call]]:
            # a few fields, so that they are written more than once; and a record to begin with
            return calls(fields, *chosen, min_size=3).map(lambda sequence: [("create", [[{}]]), *sequence])

        @seed(self._seed)
        @settings(
            max_examples=self._examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[*HealthCheck],
        )
        @given(st.lists(st.sampled_from(names), min_size=1, max_size=4, unique=True).flatmap(some))
        def compare(sequence: list[Call]) -> None:
            if not differing:
                self.tried += 1
                tell()
                if self._differ(model, names, sequence):
                    differing.append(sequence)

        compare()
        return self._shortest(model, names, differing[0]) if differing else None

    def close(self) -> None:
        """End all connections."""
        self._real.close()
        self._fake.close()

    def _shortest(self, model: str, names: list[str], sequence: list[Call]) -> Found | None:
        shortest = reduced(sequence, lambda shorter: self._differ(model, names, shorter))
        for name in [*names]:  # what is read besides only hides what matters
            fewer = [other for other in names if other != name]
            if fewer and self._differ(model, fewer, shortest):
                names = fewer
        recorder = Recorder(self._targets[0])
        try:
            (case,) = recorder.record([self._case(model, names, shortest)[0]])
        finally:
            recorder.close()
        report = verify(self._targets[1], [case])
        return None if report.ok else Found(case, report.differences)

    def _settled(self, model: str, names: list[str]) -> list[str]:
        """The fields of which a new record does not have the time of day."""
        _case, (made, *read) = self._case(model, names, [("create", [[{}]])])
        row = (read[0].get("result") or [{}])[0] if "result" in made else {}
        return [name for name in names if not _MOMENT.match(str(row.get(name) or ""))]

    def _differ(self, model: str, names: list[str], sequence: list[Call]) -> bool:
        """Whether the two answer otherwise, but for ids."""
        case, real = self._case(model, names, sequence)
        _uniq, fake = self._fake.perform(case)
        return not alike(case, real, fake)

    def _case(self, model: str, fields: list[str], sequence: Sequence[Call]) -> tuple[Case, list[Outcome]]:
        """The calls as a case, and what the real one answers; where it makes no records, later steps do without."""
        case = case_of(model, fields, sequence)
        outcomes = self._performed(case)
        created = [(step, outcome) for step, outcome in zip(case["steps"], outcomes, strict=True) if "save" in step]
        refused = {step["save"] for step, outcome in created if "result" not in outcome}
        if not refused:
            return case, outcomes
        unlink = {"do": "call", "model": model, "method": "unlink"}
        for _step, outcome in created:
            left = [{**unlink, "args": [[id]]} for id in outcome.get("result", ())]
            self._real.perform({"case": "", "steps": left})
        case = case_of(model, fields, sequence, refused)
        return case, self._performed(case)

    def _performed(self, case: Case) -> list[Outcome]:
        outcomes = self._real.perform(case)[1]
        for outcome in outcomes:
            if "broken" in outcome and outcome["broken"] != UNREFERRED:
                raise RecordingFailed(f"{self._targets[0].url} broke off: {outcome['broken']}")
        return outcomes


def case_of(model: str, fields: list[str], sequence: Sequence[Call], refused: Collection[str] = ()) -> Case:
    """The calls as a case whose records refer to those that earlier steps made.

    At the end it reads what is left, and deletes it. `refused` are the names of the steps that make none.
    """
    steps: list[Step] = []
    made: list[dict[str, str]] = []
    for turn, (method, args) in enumerate(sequence):
        step: Step = {"do": "call", "model": model, "method": method}
        if method == "create":
            name = f"made{turn}"
            steps.append({**step, "args": [[_named(vals, fields) for vals in args[0]]], "save": name})
            made += [{"$ref": f"{name}.{place}"} for place in range(len(args[0])) if name not in refused]
        elif method == "search":
            steps.append({**step, "args": [[["id", "in", [*made]], *args[0]]]})
        elif made:
            places = dict.fromkeys(place % len(made) for place in args[0])
            chosen = [made[place] for place in places]
            steps.append({**step, "args": [chosen, *args[1:]]})
            if method == "unlink":
                made = [each for each in made if each not in chosen]
    if made:
        steps.append({"do": "call", "model": model, "method": "read", "args": [made, fields]})
        steps.append({"do": "call", "model": model, "method": "unlink", "args": [made]})
    return {"case": f"fuzz/{model}", "steps": steps}


def _named(vals: Values, fields: list[str]) -> Values:
    """The values with a name, without which most models make nothing."""
    return {**vals, "name": vals.get("name") or "x"} if "name" in fields else vals
