"""Readers, one file a format: from bytes to lazy pages and attachments."""
