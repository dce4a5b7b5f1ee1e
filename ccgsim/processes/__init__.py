"""One file a process: its parameters, equations, acts and sweep. Processes never import each other."""
