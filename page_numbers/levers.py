import sys, numpy as np, pandas as pd
from pathlib import Path
from ccgsim.lab.validation.judging import t_interval
D = Path(sys.argv[1]); W = ["calm","under pressure","collapsed"]
out, eff, base = (pd.read_csv(D/f"{n}.csv") for n in ("outcomes","effects","base"))
be = pd.read_csv(D/"break_even.csv"); rk = pd.read_csv(D/"ranks.csv")
def num(x, d, sign=True):
    r = f"{abs(x):.{d}f}"
    r = r[1:] if r.startswith("0.") else r
    zero = float("0"+r if r.startswith(".") else r)==0
    return r if zero else ("−" if x<0 else "+" if sign else "")+r
def cell(r, d):
    if float(f"{abs(r.low):.{d}f}")==0==float(f"{abs(r.high):.{d}f}"): return num(r.effect,d)
    return f"{num(r.effect,d)} ({num(r.low,d,False)} to {num(r.high,d,False)})"
s = eff[eff.second.isna()].set_index(["world","lever","measure"])
dose = {"soft_incentive":"0 to .15","hard_incentive":"0 to .15","backfill":"20 hours for each GP","dialogue":".2 to .6","mandate":".15 a month","structured_feedback":".2 to .6","depository":"0 to .5","coaching":"3 members, x 2.5","pairing":"half of board GPs","colocation":"0 to .5","benchmarking":"0 to .5","provider_seat":"one","alliance":"one pathway, 36 months","executive_support":"there","second_broker":"half of the first","nurse_seat":"one","patient_seat":"one more","localities":"8 instead of 4"}
print("== BASE"); print(base.to_string())
o = out.set_index(["world","lever","second","seed"]) if 0 else out
none = o[o.lever.isna()]
for w in W:
    p = none[none.world==w].participation; print(w, "below .45:", (p<.45).sum(), "of", len(p), "sorted", np.sort(p.to_numpy()).round(2))
order = s.xs("participation",level="measure").effect.groupby("lever").max().sort_values(ascending=False)
print("== ORDER", order.round(4).to_dict())
print("== TABLE")
for l in order.index:
    cells = [cell(s.loc[(w,l,"participation")],3) for w in W]+[cell(s.loc[("under pressure",l,"coherence")],3), cell(s.loc[("collapsed",l,"stability")],3), cell(s.loc[("under pressure",l,"projects_sustained")],2)]
    print(f"| `{l}` | {dose[l]} | "+" | ".join(cells)+" |")
print("== ALL effects")
for m,d in (("participation",3),("coherence",3),("stability",3),("projects_sustained",2)):
    print("--",m)
    for l in order.index: print(f"{l:20s}", *[f"{cell(s.loc[(w,l,m)],d):32s}" for w in W])
print("ratio collapsed/calm", {l: round(s.loc[("collapsed",l,"participation")].effect/s.loc[("calm",l,"participation")].effect,2) for l in order.index})
print("== same projects_sustained as nothing (approx), per lever, of 60")
b = none.set_index(["world","seed"])
for l in order.index:
    x = o[(o.lever==l)&o.second.isna()].set_index(["world","seed"])
    dd = (x.projects_sustained-b.projects_sustained.reindex(x.index))
    print(f"{l:20s} same {(dd.abs()<1e-9).sum()} of {len(dd)}; by world", {w:int((dd.loc[w].abs()<1e-9).sum()) for w in W}, "max", dd.max().round(2), "min", dd.min().round(2), "participation same", (( x.participation-b.participation.reindex(x.index)).abs()<1e-9).sum())
print("== soft - hard")
so,ha = (o[(o.lever==l)&o.second.isna()].set_index(["world","seed"]).participation for l in ("soft_incentive","hard_incentive"))
for w in W: print(w, [round(float(z),3) for z in t_interval((so-ha).loc[w].to_numpy(),.95)])
print("== PAIRS")
p = eff[eff.second.notna()&(eff.measure=="participation")]
sure = p[((p.interaction_low>0)|(p.interaction_high<0))&(p.interaction.abs()>=.005)]
print(len(p), "less", (sure.interaction<0).sum(), "more", (sure.interaction>0).sum(), sure.groupby("world").interaction.agg(lambda z:(int((z<0).sum()),int((z>0).sum()))).to_dict())
pd.set_option("display.width",200)
c=["world","lever","second","interaction","interaction_low","interaction_high"]
print(sure.sort_values("interaction")[c].round(3).to_string())
print("most positive overall"); print(p.sort_values("interaction").tail(6)[c].round(3).to_string())
print("most negative overall"); print(p.sort_values("interaction").head(6)[c].round(3).to_string())
print("== BREAK EVEN (unit none)"); print(be.round(3).to_string())
print("== RANKS"); print(rk.round(3).to_string())
