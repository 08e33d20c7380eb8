"""Jobs that take their time, so that a test can kill the worker in the middle."""
