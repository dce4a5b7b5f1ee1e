import sys, json, time, numpy as np
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns.pattern import world_of
from ccgsim.measures.catalogue import NAMES
first, n = int(sys.argv[1]), int(sys.argv[2])
changes = [json.loads(a) for a in sys.argv[3:]] or [{}]
t=time.time()
for ch in changes:
    b = Bench(list(range(first, first+n)))
    c = b.measures(world_of("vicious_circle", ch), 60); o = b.measures(world_of("vicious_circle_no_shock", ch), 60)
    print(ch, f"{time.time()-t:.0f}s", flush=True)
    for m in ("stability","stability_persistence","stability_retention","stability_resilience","knowledge_mobility","participation","coherence","board_density"):
        if m not in NAMES: continue
        k = NAMES.index(m)
        row=[]
        for mo in (12,24,30,36,42,48,54,60):
            d = c[:,mo,k]-o[:,mo,k]; row.append(f"{np.nanmean(d):+.3f}")
        d = c[:,60,k]-o[:,60,k]
        print(f"  {m:24s}", *row, f"| none {np.nanmean(o[:,60,k]):.3f} sd {np.nanstd(d):.3f} se {np.nanstd(d)/n**.5:.4f} neg {np.mean(d<0):.2f}")
    k = NAMES.index("ties_to_practices"); print("   ties_to_practices ratio", round(c[:,60,k].mean()/o[:,60,k].mean(),3))
