import sys, json, time
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.lab.validation.patterns.pattern import background, verdicts
first, n, ids = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].split(",")
for a in sys.argv[4:]:
    ch=json.loads(a); b=Bench(list(range(first,first+n)), workers=1); t=time.time()
    print(a, flush=True)
    with background(ch):
     for p in PATTERNS:
        if p.id in ids:
            for q in verdicts(p, b):
                print("  ", p.id, q.statistic[:60], "|", f"{'' if q.held else '*'}{q.value:.3f} [{q.low:.3f},{q.high:.3f}]", q.tolerance, flush=True)
    print(f"  {time.time()-t:.0f}s", flush=True)
