"""Template filters of the performance report."""
