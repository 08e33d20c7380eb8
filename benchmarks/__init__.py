"""One script for each performance promise; `make bench` runs them all."""
