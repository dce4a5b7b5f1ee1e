import pandas as pd, numpy as np
b = "/tmp/out/phases/"
d = pd.read_csv(b+"draws.csv"); s = pd.read_csv(b+"sampled.csv")
for c in ("gap_at_0","gap_at_0.1","gap_at_0.2"): print(c, (d[c] >= .2).mean(), (d[c] >= .2).sum())
win = d.expected_gap >= .2; st = d["stepping_in.steepness"]; no = d["engagement.noise"]
print("steep<10", win[st < 10].mean(), win[st<10].sum(), (st<10).sum(), ">20", win[st>20].mean(), (st>20).sum())
q = no >= no.quantile(.75); print("noisiest quarter", win[q].mean(), win[q].sum(), q.sum())
s["w"] = s.expected_gap >= .2; s["sim"] = s.simulated_gap >= .2
print("agree", (s.w == s.sim).sum(), len(s), "with", (s.w & s.sim).sum(), s.w.sum(), "without", (~s.w & ~s.sim).sum(), (~s.w).sum())
print("without: gaps", sorted(s[~s.w].simulated_gap.round(3))); print("with, missing", sorted(s[s.w & ~s.sim].simulated_gap.round(3)))
print("smaller where expected", (s[s.w].simulated_gap < s[s.w].expected_gap).sum(), "of", s.w.sum(), "corr", np.corrcoef(s.expected_gap, s.simulated_gap)[0,1])
print(s.round(3).to_string())
