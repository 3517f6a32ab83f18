"""Leads, opportunities and sales teams."""
