import sys, json, time, numpy as np
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.patterns.pattern import world_of
first, n = int(sys.argv[1]), int(sys.argv[2])
t=time.time()
for a in sys.argv[3:]:
    ch=json.loads(a); b=Bench(list(range(first,first+n)), workers=2)
    hi,lo=(world_of("site_b",{"patients":{"structure":s}},ch) for s in (.8,.2))
    d=b.at(hi,"board_density",60)-b.at(lo,"board_density",60); e=b.at(hi,"coherence_external",60)-b.at(lo,"coherence_external",60)
    A,B=(b.at(world_of(s,ch),"outside_share_top2",12) for s in ("site_a","site_b"))
    da,db=(b.at(world_of(s,ch),"board_density",12) for s in ("site_a","site_b"))
    pct=b.at(world_of("site_b",ch),"ties_to_pct",12)
    c,o=(world_of(s,ch) for s in ("vicious_circle","vicious_circle_no_shock"))
    st=b.at(c,"stability",60)-b.at(o,"stability",60); mo=b.at(c,"knowledge_mobility",60)-b.at(o,"knowledge_mobility",60)
    pr=b.at(c,"ties_to_practices",60).mean()/b.at(o,"ties_to_practices",60).mean()
    se=lambda x: x.std()/n**.5
    print(f"{a}\n   P21 dens {d.mean():.4f} ({se(d):.4f}) ext {e.mean():.3f} | P5 A {A.mean():.3f} in>.5 {np.mean(A>.5):.2f} A-B {np.mean(A-B):.3f} >0 {np.mean(A>B):.2f} | P1 A {da.mean():.3f} B {db.mean():.3f} ({se(db):.4f}) pctB {pct.mean():.2f} | P40 {st.mean():.4f} ({se(st):.4f}) mob {mo.mean():.3f} pract {pr:.3f}  {time.time()-t:.0f}s", flush=True)
