"""The steps: pure functions from shape to shape; they know no system, cluster or web."""
