"""Which parameters matter: Morris and Sobol' indices with intervals."""
