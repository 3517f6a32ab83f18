from dataclasses import dataclass

from fauxdoo.mockserver.errors import UserError
from fauxdoo.mockserver.faults import Fault


@dataclass(slots=True)
class Tired(Fault):
    """The work is undone late at night, by the server's clock."""

    key = "tired"
    hour: int = 22

    def commit(self, scene):
        if scene.clock.now().hour >= self.hour:
            raise UserError("not at this hour")
