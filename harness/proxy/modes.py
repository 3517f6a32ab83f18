"""What the proxy does with a request: record the real one's answer, or compare two servers."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from email.message import Message
from io import BytesIO
from threading import Lock
from typing import Any

from werkzeug.wrappers import Request, Response

from fauxdoo.harness import browser
from fauxdoo.harness.clients import Outcome, Target
from fauxdoo.harness.performer import Performer
from fauxdoo.harness.proxy.forwarding import forward, relayed, target_of
from fauxdoo.harness.proxy.shape import differences
from fauxdoo.harness.recording.linking import Links, made_by, with_ids
from fauxdoo.harness.recording.masking import Masks
from fauxdoo.harness.recording.recorder import same_outcome
from fauxdoo.harness.recording.translation import outcome_of, step_of
from fauxdoo.harness.recordings import Case, Step
from fauxdoo.harness.remote import READING
from fauxdoo.mockserver.journal.telling import hidden

__all__ = ["MODES", "Capture", "Diff", "Mode", "Spy"]

_TIMEOUT = 120.0
_TODAY = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$")


class Mode(ABC):
    """One way to serve; `tell` is given a line for everything that is worth one."""

    def __init__(self, upstream: str, tell: Callable[[str], None]) -> None:
        self._upstream, self.tell = upstream, tell
        self._lock = Lock()
        self.calls = 0
        """Calls that were understood."""
        self.differing = 0
        """Calls that the two servers answered otherwise."""

    @abstractmethod
    def serve(self, request: Request) -> Response:
        """The answer for the client. Raises NotReached."""

    def close(self) -> None:  # noqa: B027  (most have nothing to end)
        """End what was begun."""

    def _step(self, request: Request) -> Step | None:
        step = step_of(request.method, target_of(request), request.get_data())
        self.calls += step is not None
        return step

    def _forwarded(self, request: Request) -> browser.Response:
        return forward(request, self._upstream, _TIMEOUT)

    def _told(self, step: Step, lines: list[str]) -> None:
        if lines:
            self.differing += 1
            name = f"{step.get('model') or step.get('service')}.{step['method']}"
            self.tell("\n".join([f"{name} over {step['via']} differs:", *(f"  {line}" for line in lines[:10])]))


class Capture(Mode):
    """The real one answers; `case` has what was called, and what it answered."""

    def __init__(self, upstream: str, tell: Callable[[str], None]) -> None:
        super().__init__(upstream, tell)
        self._links, self._steps = Links(), list[Step]()

    def serve(self, request: Request) -> Response:
        with self._lock:  # in the order in which they are answered, each may refer to the ones before
            answer, step = self._forwarded(request), self._step(request)
            if step is not None:
                self._steps.append(self._links.linked(step, outcome_of(step, answer)))
        return relayed(answer)

    def case(self, name: str) -> Case:
        """What was captured."""
        return {"case": name, "steps": [*self._steps]}


class Diff(Mode):
    """The real one answers; the fake is asked the same, about the records that it made for the same calls."""

    def __init__(self, upstream: str, tell: Callable[[str], None], fake: Target) -> None:
        super().__init__(upstream, tell)
        self._performer, self._masks, self._of_fake = Performer(fake), Masks(), dict[int, int]()

    def serve(self, request: Request) -> Response:
        with self._lock:
            answer, step = self._forwarded(request), self._step(request)
            if step is not None:
                self._compare(step, outcome_of(step, answer))
        return relayed(answer)

    def _compare(self, step: Step, real: Outcome) -> None:
        asked = {name: with_ids(value, self._of_fake) for name, value in step.items()}
        _uniq, (fake,) = self._performer.perform({"case": "", "steps": [asked]})
        self._of_fake |= zip(made_by(step, real), made_by(step, fake), strict=False)
        same = same_outcome(self._masks, step, _timeless(real), _timeless(fake))
        self._told(step, [] if same else [f"real {_short(real)}", f"fake {_short(fake)}"])

    def close(self) -> None:
        self._performer.close()


class Spy(Mode):
    """The fake answers; of what only reads, the real one is asked the same, and the shapes are compared."""

    def __init__(self, upstream: str, tell: Callable[[str], None], app: Callable[..., Any]) -> None:
        super().__init__(upstream, tell)
        self._app = app

    def serve(self, request: Request) -> Response:
        if request.path.startswith("/_fauxdoo"):
            return Response("The proxy has no admin API\n", 404, content_type="text/plain; charset=utf-8")
        request.environ["wsgi.input"] = BytesIO(request.get_data())
        answer, step = Response.from_app(self._app, request.environ, buffered=True), self._step(request)
        if step is not None and (step["do"] == "rpc" or step["method"] in READING):
            headers = Message()
            headers["Content-Type"] = answer.content_type or ""
            fake = outcome_of(step, browser.Response(answer.status_code, headers, answer.get_data()))
            real = outcome_of(step, self._forwarded(request))
            with self._lock:
                self._told(step, [*differences(real, fake)])
        return answer


MODES: Mapping[str, type[Mode]] = {"capture": Capture, "spy": Spy, "diff": Diff}


def _timeless(value: Any) -> Any:
    """The value without times of day, which are never the same."""
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_timeless(item) for item in value]
    return "(a time)" if isinstance(value, str) and _TODAY.match(value) else value


def _short(outcome: Outcome) -> str:
    text = json.dumps(hidden(outcome), ensure_ascii=False)
    return text if len(text) <= 500 else f"{text[:499]}…"
