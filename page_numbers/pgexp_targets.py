import sys, time, numpy as np, pandas as pd
import ccgsim
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sweep import row
T=(("participation",12),("participation",24),("benchmark",24),("stability_persistence",24),("mobility_openness",24))
TRUTH={"policy.dialogue":.5,"insecurity.withholding":.55,"ties.base_loss":.025}
R={k:{"low":0.01,"high":.9 if k!="ties.base_loss" else .06} for k in TRUTH}
e=experiment({"scenario":"site_b","months":24,"measures":sorted({m for m,_ in T}),"uncertainties":R})
for first in map(int,sys.argv[1:]):
    t=time.time()
    rows=[]
    for s in range(first,first+10):
        x=row.series(e,TRUTH,s); rows.append([x[m].iloc[k] for m,k in T])
    a=np.array(rows)
    print(first,a.mean(0).round(4),(a.std(0,ddof=1)/10**.5).round(5),f"{time.time()-t:.1f}s",flush=True)
