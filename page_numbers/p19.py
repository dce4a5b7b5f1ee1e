import sys, json
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns import PATTERNS
from ccgsim.lab.validation.patterns.pattern import background, verdicts
p=next(p for p in PATTERNS if p.id=="P19")
for a in sys.argv[1:]:
    b=Bench(list(range(3000,3240)),workers=2)
    with background(json.loads(a)):
        x=verdicts(p,b)[0]; y=verdicts(p,b,intact=False)[0]
    print(a, f"with {x.value:.3f} [{x.low:.3f},{x.high:.3f}] without {y.value:.3f} [{y.low:.3f},{y.high:.3f}]",flush=True)
