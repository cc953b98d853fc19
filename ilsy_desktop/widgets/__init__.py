"""Reusable views that know records and signals, and no service."""
