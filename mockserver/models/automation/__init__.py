"""Automation rules: server actions that run when records change, and the webhooks of a real Odoo."""

from fauxdoo.mockserver.models.automation import (
    base,
    base_automation,
    base_automation_timed,
    base_automation_triggers,
    ir_actions_server,
    ir_actions_server_fields,
    mail_thread,
    payloads,
)

__all__ = [
    "base",
    "base_automation",
    "base_automation_timed",
    "base_automation_triggers",
    "ir_actions_server",
    "ir_actions_server_fields",
    "mail_thread",
    "payloads",
]
