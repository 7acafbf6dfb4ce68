"""The ground: the words of the field, as shapes that every other package shares."""

__version__ = "0.1.0"
