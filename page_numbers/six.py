import numpy as np
from ccgsim.run import series_of
from ccgsim.scenario.scenario import load
out={}
for s in "abcdef":
    sc=load(f"site_{s}")
    v=np.array([series_of(sc,seed,140)["participation"].iloc[-1] for seed in range(100)])
    out[s]=float((v>.42).mean()); print(s,out[s],flush=True)
print(np.mean(list(out.values())))
