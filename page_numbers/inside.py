import numpy as np
from ccgsim.studies import phases
amb = phases.board_ambiguity(); folds = phases.declared_folds(); n = 0
for g in (0, .4, .8):
    for p in (0, .05, .1, .15, .2, .25, .3):
        u = np.round(np.arange(.05, 1.0001, .05), 3); per, pr = phases.felt(np.full_like(u, p), u, g, amb); a, b = folds.beyond(per, pr)
        n += ((a >= 0) & (b < 0)).sum()
print(n, amb)
