"""Messages, followers, activities and aliases."""

from fauxdoo.mockserver.models.mail import (
    ir_actions_server,
    mail_activity,
    mail_activity_mixin,
    mail_activity_plan,
    mail_alias_mixin,
    mail_compose_message,
    mail_followers,
    mail_message,
    mail_message_state,
    mail_thread,
    mail_thread_phone,
    mail_tracking,
)

__all__ = [
    "ir_actions_server",
    "mail_activity",
    "mail_activity_mixin",
    "mail_activity_plan",
    "mail_alias_mixin",
    "mail_compose_message",
    "mail_followers",
    "mail_message",
    "mail_message_state",
    "mail_thread",
    "mail_thread_phone",
    "mail_tracking",
]
