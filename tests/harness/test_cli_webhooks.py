"""`fauxdoo webhooks`: listen and forward, trigger, resend, list."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fauxdoo.harness.cli import main
from fauxdoo.harness.receiver import WebhookReceiver
from fauxdoo.mockserver import FakeOdoo


def _webhooks(odoo: FakeOdoo, command: str, *arguments: Any) -> Result:
    return CliRunner().invoke(main, ["webhooks", command, "--url", odoo.url, *map(str, arguments)])


def test_listen_and_forward(odoo: FakeOdoo, odoo_webhooks: WebhookReceiver) -> None:
    """What comes is printed and sent on as it came; afterwards the server has no webhook left."""
    results: list[Result] = []
    arguments = ["--forward-to", odoo_webhooks.url, "--fields", "name", "--count", 1, "res.partner.create"]
    listener = threading.Thread(target=lambda: results.append(_webhooks(odoo, "listen", *arguments)))
    listener.start()
    while listener.is_alive() and not odoo.env["ir.webhook"].search_count([]):
        time.sleep(0.02)
    partner = odoo.env["res.partner"].create({"name": "Ada"})
    listener.join(30)
    assert results[0].exit_code == 0
    assert f"res.partner.create of {partner.id}  {{'name': 'Ada'}}  -> 200" in results[0].output
    assert [(each.id, each.signed) for each in odoo_webhooks.received] == [(partner.id, True)]
    assert not odoo.env["ir.webhook"].search_count([])


def test_trigger_list_resend(odoo: FakeOdoo, odoo_webhooks: WebhookReceiver) -> None:
    """An event by hand, what became of it, and the same again."""
    odoo.webhooks.register("res.partner", "write", odoo_webhooks.url)
    assert _webhooks(odoo, "trigger", "res.partner.write", "--id", 3).output == "1 webhooks\n"
    odoo_webhooks.wait_for(model="res.partner", id=3)
    odoo.webhooks.flush()
    listed = _webhooks(odoo, "list").output
    assert "done     res.partner.write of 3  1 attempts" in listed
    assert _webhooks(odoo, "resend", listed.split()[0]).exit_code == 0
    odoo_webhooks.wait_for(model="res.partner", id=3, count=2)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["trigger", "write", "--id", "3"], "is not MODEL.EVENT"),
        (["trigger", "res.partner.write", "--id", "4711"], "No such record"),
        (["resend", "4711"], "No such delivery"),
    ],
)
def test_wrong_usage(odoo: FakeOdoo, command: list[str], message: str) -> None:
    """Exit code 2, and why."""
    result = _webhooks(odoo, *command)
    assert (result.exit_code, message in result.output) == (2, True)


def test_no_server() -> None:
    """Exit code 3."""
    assert CliRunner().invoke(main, ["webhooks", "list", "--url", "http://127.0.0.1:9"]).exit_code == 3
