import pandas as pd, numpy as np
b = "/tmp/out/phases/"
print(pd.read_csv(b+"areas.csv").round(4).to_string())
print(pd.read_csv(b+"ramp_folds.csv").round(4).to_string())
w = pd.read_csv(b+"ways.csv")
for n, x in w.groupby("ramp", sort=False):
    for way in ("up", "down"):
        y = x[x.way == way].sort_values("value"); print(n, way, "at low value", y.participation.iloc[0].round(3), "at high value", y.participation.iloc[-1].round(3), "max", y.participation.max().round(3), "at", y.value.iloc[y.participation.argmax()].round(3), "min", y.participation.min().round(3))
print(pd.read_csv(b+"times.csv").round(2).to_string())
s = pd.read_csv(b+"warning.csv"); s["factor"] = np.exp(s.rise); print(s.round(3).to_string())
