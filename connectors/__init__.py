"""The edge: everything that talks to a disk, a database or another system."""
