import sys, pandas as pd
from pathlib import Path
d=Path(sys.argv[1] if len(sys.argv)>1 else "/tmp/out/robust")
for m in ("participation","coherence","stability"):
    x=pd.read_csv(d/f"{m}.csv"); print("##",m); print(x.round(4).to_string())
    print("by mean:",x.sort_values("mean")[["set","mean"]].head(4).round(4).values.tolist())
    s=x.set_index("set")
    for a in s.index:
        if "localities" not in a: 
            for w in (f"{a} + localities",f"localities + {a}","localities" if a=="nothing" else ""):
                if w in s.index: print("  ",a,round(s.loc[a,"mean"],4),"with localities",round(s.loc[w,"mean"],4),"worst",round(s.loc[a,"worst"],4),round(s.loc[w,"worst"],4))
for f in d.rglob("table.csv"):
    t=pd.read_csv(f); print(f,len(t))
