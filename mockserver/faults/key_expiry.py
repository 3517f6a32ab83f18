"""A user's API keys end while a client works with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fauxdoo.mockserver.faults.base import Fault, Moment

__all__ = ["KeyExpiry"]


@dataclass(slots=True)
class KeyExpiry(Fault):
    """Whoever shows credentials for the nth time finds the user's keys over; they stay so until the reset.

    Passwords are counted as well, and go on to work.
    """

    key: ClassVar[str] = "key_expiry"

    @property
    def moment(self) -> Moment:
        return "credentials"
