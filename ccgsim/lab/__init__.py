"""The laboratory: designs, sweeps, comparisons, sensitivity, calibration, patterns and the theory beside them."""
