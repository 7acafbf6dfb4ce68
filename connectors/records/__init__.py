"""Records systems (ESDH): one protocol, and the systems that speak it."""
