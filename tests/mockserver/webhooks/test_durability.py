"""What was committed is delivered: after a kill, and to a receiver that fails at random, in order per record."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from fauxdoo.harness.clients import JsonRpc, Target
from fauxdoo.harness.receiver import Answer, WebhookReceiver
from fauxdoo.mockserver import FakeOdoo

PROGRAM = "from fauxdoo.harness.cli import main; main()"


@contextmanager
def _serving(store: Path) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any]]]:
    command = [sys.executable, "-c", PROGRAM, "serve", "--port", "0", "--json", "--store", str(store)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield process, json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    """Killed between commit and delivery, the server sends when it is started again."""
    with WebhookReceiver() as receiver:
        receiver.answer(usually=Answer(drop=True))
        with _serving(tmp_path / "odoo.db") as (process, access):
            client = JsonRpc(Target(access["url"], access["db"]))
            vals = {"model": "res.partner", "trigger": "create", "url": receiver.url, "fields": "name"}
            client.call("ir.webhook", "create", vals)
            partner = client.call("res.partner", "create", {"name": "Ada"})
            process.send_signal(signal.SIGKILL)
            client.close()
        receiver.clear()
        with _serving(tmp_path / "odoo.db"):
            received = receiver.wait_for(event="create", timeout=60)
        assert (received.id, received.payload["fields"]) == (partner, {"name": "Ada"})


def test_all_arrive_in_order(tmp_path: Path) -> None:
    """A receiver that fails one time in three gets every change, those of a record in order."""
    odoo, random = FakeOdoo(), Random(7)
    odoo.clock.freeze()
    seen: dict[int, list[int]] = defaultdict(list)
    with WebhookReceiver() as receiver:
        odoo.webhooks.register("res.partner", "write", receiver.url, fields=["color"], max_attempts=30)
        ids = odoo.env["res.partner"].create([{"name": str(number)} for number in range(100)]).ids
        receiver.answer(*(random.choice((200, 200, 500)) for _ in range(600)))
        for color in range(1, 4):
            odoo.env["res.partner"].browse(ids).write({"color": color})
        while any(delivery.state == "pending" for delivery in odoo.webhooks.deliveries):
            odoo.clock.move(seconds=60)
        done = {each.payload["delivery"] for each in receiver.received}
        for each in receiver.received:
            if each.payload["fields"]["color"] not in seen[each.id]:
                seen[each.id].append(each.payload["fields"]["color"])
    assert len(done) == 300
    assert all(seen[id] == [1, 2, 3] for id in ids)
    odoo.close()
