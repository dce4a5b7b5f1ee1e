import pandas as pd
c = pd.read_csv("/tmp/out/regimes/claims.csv"); m = pd.read_csv("/tmp/out/regimes/measures.csv")
def f(x, pct): 
    if pct: return f"{100*x:+.0f}%"
    return f"{x:+.2f}".replace("0.", ".")
for k, g in c.groupby(["regime","measure","against"], sort=False):
    pct = g.smallest.iloc[0].endswith("%"); out = []
    for r in g.itertuples():
        b = (lambda x: f"{100*x:.0f}") if pct else (lambda x: f"{x:.2f}".replace("0.", "."))
        out.append(f"{f(r.effect,pct)} [{b(r.low)}, {b(r.high)}]")
    print("|".join(k), "|", " | ".join(out), "| then", "; ".join(f(x,pct) for x in g.without_effect), "| held", list(g.held), "without held", list(g.without_held), "shown", list(g.shown))
print(m.pivot(index="regime", columns="measure", values="mean").round(3).to_string()); print(m.pivot(index="regime", columns="measure", values="worlds").to_string())
print(c[["block","regime","measure","against","without_effect","without_low","without_high"]].to_string())
