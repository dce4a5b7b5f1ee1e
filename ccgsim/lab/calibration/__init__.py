"""Calibration: the posterior of chosen parameters against targets, by sequential Monte Carlo without likelihoods."""
