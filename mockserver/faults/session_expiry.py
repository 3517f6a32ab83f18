"""A session ends while its client works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Moment, Scene
from fauxdoo.mockserver.protocols.identity import session_id

__all__ = ["SessionExpiry"]


@dataclass(slots=True)
class SessionExpiry(Fault):
    """The session of a request is over before it is looked at; requests without a logged in one are not counted."""

    key: ClassVar[str] = "session_expiry"

    @property
    def moment(self) -> Moment:
        return "arrival"

    def concerns(self, scene: Scene) -> bool:
        assert scene.request is not None
        return scene.request.odoo.sessions.get(session_id(scene.request)).uid is not None

    def arrive(self, scene: Scene) -> None:
        assert scene.request is not None
        scene.request.odoo.sessions.end(session_id(scene.request))
