"""The wiring: one file a command, and the only place that knows Dask."""
