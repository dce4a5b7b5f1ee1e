import sys, numpy as np, pandas as pd
from pathlib import Path
from ccgsim.studies import transfer as T
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.changes import by_section
from ccgsim.lab.validation import judging
d=Path(sys.argv[1]); N=int(sys.argv[2]) if len(sys.argv)>2 else 60
fit=pd.read_csv(d/"fit.csv"); P=[c for c in fit if c.split(".")[0] in("ties","turnover")]
best=fit.loc[fit.loss.idxmin()]; print("points",len(fit),fit.stage.value_counts().to_dict(),"best at",fit.loss.idxmin())
targets=[c for c in fit if c not in ("stage","loss",*P)]
for w,r in (("default",fit.iloc[0]),("fitted",best)):
    print(w,"loss",round(r.loss,3),"persistence",round(r.persistence,3),"bridges",round(r["bridges over embedded"],3),"rest (survey)",round(r.loss-r.persistence-r["bridges over embedded"],3)); print(r[targets].astype(float).round(3).to_dict())
for p in P: print(f"| `{p}` | {fit.iloc[0][p]:g} | | {best[p]:.4f}")
pr=pd.read_csv(d/"prediction.csv"); names=list(pr.numbers.unique())
COUNT={"practices","PCT","acute providers","regional NHS","community providers","local authorities","others","all outside ties","PCT ties, month 12 less 0"}
def f2(x,n=2):
    s=f"{x:.{n}f}"
    return s.replace("0.",".",1) if abs(x)<1 and n==2 else s
for st in pr.statistic.unique():
    cells=[]
    for n in names:
        r=pr[(pr.numbers==n)&(pr.statistic==st)]
        if r.empty: cells.append(""); continue
        r=r.iloc[0]
        if np.isnan(r.world_low): c=f"{r.value:.1f} ({r.low:.1f} to {r.high:.1f})"
        elif st in COUNT: c=f"{r.value:.1f} [{r.world_low:.0f}, {r.world_high:.0f}]"
        else: c=f"{f2(r.value)} [{f2(r.world_low)}, {f2(r.world_high)}]"
        if st in COUNT and pd.notna(r.source) and not r.world_low<=r.source<=r.world_high: c=f"**{c}**"
        cells.append(c)
    print("|",st,"| ",pr[pr.statistic==st].source.iloc[0],"|"," | ".join(cells),"|")
for n in names[:2]: print(n,"PCT mean interval",pr[(pr.numbers==n)&(pr.statistic=="PCT")][["value","low","high"]].round(2).values.tolist())
print(pr.round(3).to_string())
b=Bench(range(5000,5000+N),workers=1)
fitted=by_section({p:float(best[p]) for p in P})
K=("practices","pct","acute","regional","community","local_authorities","other","board")
for w,ch in (("default",{}),("fitted",fitted)):
    a,bb=T.worlds_of(b,"site_a",ch),T.worlds_of(b,"site_b",ch)
    print("==",w,"A persistence",round(a[T.PERSISTENCE].mean(),3),"B",round(bb[T.PERSISTENCE].mean(),3),"B<A share",round((bb[T.PERSISTENCE]<a[T.PERSISTENCE]).mean(),2))
    print("gap>0",round((bb[T.GAP].dropna()>0).mean(),3),"practices>15",(bb.ties_to_practices>15).mean(),"acute>3",round((bb.ties_to_acute>3).mean(),3),"PCT 90%",[round(x,2) for x in judging.t_interval(bb.ties_to_pct.to_numpy(float),.9)],"practices", sorted(bb.ties_to_practices.astype(int).tolist())[-8:])
    print("A means",a.mean().round(2).to_dict())
    fa,fb=(T.factors_of(b,s,ch) for s in("site_a","site_b"))
    print("A",dict(zip(K,fa.round(3)))); print("B",dict(zip(K,fb.round(3)))); print("A/B",dict(zip(K,(fa/fb).round(3))))
