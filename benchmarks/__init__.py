"""Speed of the engine beside its peers on the same work; `python -m benchmarks.run`."""
