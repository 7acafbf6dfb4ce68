"""The file formats: one module a format, each from blocks or pages to bytes."""
