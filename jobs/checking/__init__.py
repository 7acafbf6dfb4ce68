"""The check sample: what people look at to tell how often the machine errs."""
