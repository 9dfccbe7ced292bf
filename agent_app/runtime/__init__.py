"""Works round Qt and Python: the loop, the collector, imports, signals."""
