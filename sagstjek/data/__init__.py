"""Taxonomy and rules as data."""
