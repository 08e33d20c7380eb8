"""Forms of the performance report, one module an area."""
