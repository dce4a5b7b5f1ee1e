"""Which parameters matter: indices by Morris and Sobol' with intervals."""
