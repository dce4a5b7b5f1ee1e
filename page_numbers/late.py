import pandas as pd
b = "/tmp/out/too_late/"
t = pd.read_csv(b+"too_late.csv"); t["count"] = (t.restored*t.n).round(2)
print(t.pivot(index="month", columns="lever", values="count").to_string()); print(t.n.unique())
print(pd.read_csv(b+"too_late_summary.csv").round(5).T.to_string()); print(open("/tmp/out/too_late.log").read())
