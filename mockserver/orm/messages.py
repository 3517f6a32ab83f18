"""What Odoo says when a constraint of the database is broken, of models whose class does not say it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["SQL_MESSAGES"]

_TAG = "Tag name already exists!"
_PATH = "Path to show in the URL must be unique! Please choose another one."
_NAME = "The name must be unique"

SQL_MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "account_account_tag_name_uniq": "A tag with the same name and applicability already exists in this country.",
        "account_fiscal_position_account_account_src_dest_uniq": (
            "An account fiscal position could be defined only one time on same accounts."
        ),
        "account_group_check_length_prefix": ("The length of the starting and the ending code prefix must be the same"),
        "account_journal_code_company_uniq": "Journal codes must be unique per company.",
        "account_journal_group_uniq_name": "A Ledger group name must be unique per company.",
        "account_payment_method_name_code_unique": "The combination code/payment type already exists!",
        "account_report_expression_domain_engine_subformula_required": (
            "Expressions using 'domain' engine should all have a subformula."
        ),
        "account_report_expression_line_label_uniq": "The expression label must be unique per report line.",
        "account_report_line_code_uniq": "A report line with the same code already exists.",
        "calendar_event_type_name_uniq": _TAG,
        "calendar_filters_user_id_partner_id_unique": "A user cannot have the same contact twice.",
        "calendar_recurrence_month_day": "The day must be between 1 and 31",
        "crm_recurring_plan_check_number_of_months": "The number of month can't be negative.",
        "discuss_channel_from_message_id_unique": "Messages can only be linked to one sub-channel",
        "discuss_channel_group_public_id_check": (
            "Group authorization and group auto-subscription are only supported on channels."
        ),
        "discuss_channel_member_partner_or_guest_exists": "A channel member must be a partner or a guest.",
        "discuss_channel_uuid_unique": "The channel UUID must be unique",
        "hr_employee_barcode_uniq": ("The Badge ID must be unique, this one is already assigned to another employee."),
        "hr_employee_category_name_uniq": _TAG,
        "hr_employee_user_uniq": "A user cannot be linked to multiple employees in the same company.",
        "hr_job_name_company_uniq": "The name of the job position must be unique per department in company!",
        "hr_job_no_of_recruitment_positive": "The expected number of new employees must be positive.",
        "hr_resume_line_date_check": "The start date must be anterior to the end date.",
        "hr_skill_level_check_level_progress": "Progress should be a number between 0 and 100.",
        "ir_act_client_path_unique": _PATH,
        "ir_act_report_xml_path_unique": _PATH,
        "ir_act_url_path_unique": _PATH,
        "ir_act_window_path_unique": _PATH,
        "ir_actions_path_unique": _PATH,
        "ir_mail_server_certificate_requires_tls": "Certificate-based authentication requires a TLS transport",
        "ir_sequence_date_range_unique_range_per_sequence": (
            "You cannot create two date ranges for the same sequence with the same date range."
        ),
        "ir_ui_view_inheritance_mode": (
            "Invalid inheritance mode: if the mode is 'extension', the view must extend an other view"
        ),
        "ir_ui_view_qweb_required_key": "Invalid key: QWeb view should have a key",
        "mail_alias_domain_bounce_email_uniques": "Bounce emails should be unique",
        "mail_alias_domain_catchall_email_uniques": "Catchall emails should be unique",
        "mail_blacklist_unique_email": "Email address already exists!",
        "mail_message_reaction_partner_or_guest_exists": ("A message reaction must be from a partner or from a guest."),
        "mail_notification_notification_partner_required": "Customer is required for inbox / email notification",
        "mail_push_device_endpoint_unique": "The endpoint must be unique !",
        "payment_transaction_reference_uniq": "Reference must be unique!",
        "phone_blacklist_unique_number": "Number already exists",
        "product_attribute_check_multi_checkbox_no_variant": (
            "Multi-checkbox display type is not compatible with the creation of variants"
        ),
        "product_attribute_custom_value_sol_custom_value_unique": (
            "Only one Custom Value is allowed per Attribute Value per Sales Order Line."
        ),
        "product_uom_barcode_uniq": "A barcode can only be assigned to one packaging.",
        "project_collaborator_unique_collaborator": (
            "A collaborator cannot be selected more than once in the project sharing access. "
            "Please remove duplicate(s) and try again."
        ),
        "project_task_user_rel_project_personal_stage_unique": (
            "A task can only have a single personal stage per user."
        ),
        "rating_rating_rating_range": "Rating should be between 0 and 5",
        "res_country_group_check_code_uniq": "The country group code must be unique!",
        "res_users_settings_unique_user_id": "One user should only have one user settings.",
        "resource_resource_check_time_efficiency": "Time efficiency must be strictly positive",
        "sale_order_template_line_accountable_product_id_required": (
            "Missing required product and UoM on accountable sale quote line."
        ),
        "sale_order_template_line_non_accountable_fields_null": (
            "Forbidden product, quantity and UoM on non-accountable sale quote line"
        ),
        "sms_sms_uuid_unique": "UUID must be unique",
        "stock_location_inventory_freq_nonneg": ("The inventory frequency (days) for a location must be non-negative"),
        "stock_package_type_barcode_uniq": "A barcode can only be assigned to one package type!",
        "stock_package_type_positive_height": "Height must be positive",
        "stock_package_type_positive_length": "Length must be positive",
        "stock_package_type_positive_max_weight": "Max Weight must be positive",
        "stock_package_type_positive_width": "Width must be positive",
        "stock_picking_name_uniq": "Reference must be unique per company!",
        "stock_scrap_reason_tag_name_uniq": _TAG,
        "stock_storage_category_capacity_positive_quantity": "Quantity should be a positive number.",
        "stock_storage_category_capacity_unique_package_type": "Multiple capacity rules for one package type.",
        "stock_storage_category_capacity_unique_product": "Multiple capacity rules for one product.",
        "stock_storage_category_positive_max_weight": "Max weight should be a positive number.",
        "stock_warehouse_orderpoint_product_location_check": (
            "A replenishment rule already exists for this product on this location."
        ),
        "utm_campaign_unique_name": _NAME,
        "utm_medium_unique_name": _NAME,
        "utm_source_unique_name": _NAME,
        "utm_tag_name_uniq": _TAG,
    }
)
"""By name of the constraint."""
