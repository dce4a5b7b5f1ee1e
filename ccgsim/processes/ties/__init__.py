"""How ties form, fade and are balanced: the network is an outcome."""
