"""Calibration: the posterior of chosen parameters given targets, by approximate Bayesian computation (ABC-SMC)."""
