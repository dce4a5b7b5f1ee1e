import numpy as np, sys
from ccgsim.course import Course
from ccgsim.foundation.vocabulary import GP
from ccgsim.lab.validation.patterns.circle import HIGH, LOW, still_world
from ccgsim.run import watched
xs, ys = [], []
months = 60; seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
for level in (.05, .25, .4, .55, .75, .95):
    for name, start in (("H", HIGH), ("L", LOW)):
        e, r = [], []
        for s in seeds:
            c = Course(still_world(level, start, {}), s); watched(c, months); w = c.world
            gps = (w.actors.kind == GP) & (w.actors.active == 1)
            e.append(float(w.ccgs.engagement[0])); r.append(float(w.actors.results[gps].mean()))
        xs += e; ys += r
        print(level, name, "participation", np.round(np.mean(e), 3), "results", np.round(np.mean(r), 3), "line", np.round(.22 + 1.59*np.mean(e), 3), flush=True)
x, y = np.array(xs), np.array(ys)
b, a = np.polyfit(x, y, 1); print("fit", round(a, 3), round(b, 3), "rmse", np.sqrt(np.mean((y - a - b*x)**2)).round(3), "rmse of the line in use", np.sqrt(np.mean((y - .22 - 1.59*x)**2)).round(3), "bias", np.mean(y - .22 - 1.59*x).round(3), "at high", np.mean((y - .22 - 1.59*x)[x > .6]).round(3), "at low", np.mean((y - .22 - 1.59*x)[x < .4]).round(3))
