"""Who is told when a transaction leaves something to be sent: nobody, until a server sends webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fauxdoo.mockserver.orm.environment import Environment

__all__ = ["OutboxListener"]


class OutboxListener:
    """Does nothing."""

    def before_commit(self, env: Environment) -> None:
        """The transaction is complete, but nobody else sees it yet."""

    def committed(self) -> None:
        """What was put into the outbox is there for all."""
