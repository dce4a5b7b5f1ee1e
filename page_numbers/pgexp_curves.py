import sys, numpy as np, pandas as pd
from pathlib import Path
from scipy.stats import t
base=sys.argv[2] if len(sys.argv)>2 else "/tmp/out"
SUB=sys.argv[3] if len(sys.argv)>3 else "12_seeds"
def load(n):
    d=Path(base)/f"curves_{n}"
    if not d.exists(): d=Path(base)/"curve"
    return pd.read_csv(d/f"{n}.csv"), pd.read_parquet(d/n/SUB/"table.parquet")
def ci(v):
    v=np.asarray(v,float); v=v[~np.isnan(v)]; h=t.ppf(.975,len(v)-1)*v.std(ddof=1)/len(v)**.5
    return f"{v.mean():+.4f} [{v.mean()-h:+.4f}, {v.mean()+h:+.4f}] n{len(v)}"
def col(tb,by,b,over,o,m):
    x=tb[np.isclose(tb[by].astype(float),b)&np.isclose(tb[over].astype(float),o)]
    return x.groupby("seed")[m].mean()
def show(n,over,by):
    s,tb=load(n)
    for m in s["measure"].unique():
        x=s[s["measure"]==m]
        print("##",m)
        x=x.assign(c=[f"{a:.4f} [{l:.3f},{h:.3f}]" for a,l,h in zip(x["mean"],x["low"],x["high"])])
        print(x.pivot(index=by,columns=over,values="c").to_string())
    os_,bs=sorted(tb[over].astype(float).unique()),sorted(tb[by].astype(float).unique())
    print("-- last less first along", over)
    for m in s["measure"].unique():
        for b in bs: print(m,by,b,ci(col(tb,by,b,over,os_[-1],m)-col(tb,by,b,over,os_[0],m)))
    print("-- each less first along", over)
    for m in s["measure"].unique():
        for b in bs: print(m,by,b,"; ".join(f"{o:g}: {ci(col(tb,by,b,over,o,m)-col(tb,by,b,over,os_[0],m))}" for o in os_[1:]))
    print("-- each line less first line, by",over)
    for m in s["measure"].unique():
        for b in bs[1:]: print(m,by,b,"; ".join(f"{o:g}: {ci(col(tb,by,b,over,o,m)-col(tb,by,bs[0],over,o,m))}" for o in os_))
    return s,tb,os_,bs
w=sys.argv[1]
if w=="size":
    o,b="site.practices","site.localities"; s,tb,os_,bs=show("size_by_localities",o,b)
    for m in s["measure"].unique():
        print("12 less 6:",m,"; ".join(f"{x:g}: {ci(col(tb,b,12,o,x,m)-col(tb,b,6,o,x,m))}" for x in os_))
        print("6 less 3:",m,"; ".join(f"{x:g}: {ci(col(tb,b,6,o,x,m)-col(tb,b,3,o,x,m))}" for x in os_))
if w=="density":
    o,b="site.density","ties.closure"; s,tb,os_,bs=show("density_by_closure",o,b)
    print("pooled over closure"); print(s.groupby(["measure",o])["mean"].mean().unstack())
    for m in s["measure"].unique():
        p=lambda x: sum(col(tb,b,y,o,x,m) for y in bs)/len(bs)
        print(m,"densest less sparsest, pooled",ci(p(os_[-1])-p(os_[0])))
if w=="broker": show("broker_exits_by_reliance","turnover.broker_exits","site.top_brokerage")
if w=="uncertainty":
    o,b="policy.uncertainty","policy.dialogue"; s,tb,os_,bs=show("uncertainty_by_dialogue",o,b)
    for x in bs: print("worlds with managers > .5, dialogue",x,{y:int((col(tb,b,x,o,y,"final_manager_control")>.5).sum()) for y in os_})
    for x in bs: print("worlds' control, dialogue",x,{y:col(tb,b,x,o,y,"final_manager_control").round(2).sort_values().tolist() for y in os_})
if w=="step":
    o,b="stepping_in.steepness","stepping_in.tolerance"; s,tb,os_,bs=show("step_in_steepness",o,b)
    c0=s[(s["measure"]=="final_manager_control")&(s[o]==0)]["mean"]; print(c0.tolist())
    for k in (.5,.53,round(c0.mean(),2)):
        for x in bs: print("worlds with managers >",k,"tolerance",x,{y:int((col(tb,b,x,o,y,"final_manager_control")>k).sum()) for y in os_})
    for x in bs: print("control, tolerance",x,{y:col(tb,b,x,o,y,"final_manager_control").round(2).sort_values().tolist() for y in os_})
