"""Counts over seeds that cases.csv does not hold."""
import sys, numpy as np
from ccgsim.lab.validation.bench import Bench
from ccgsim.scenario.scenario import load
from ccgsim.studies.claims import effects, cases
from ccgsim.foundation import vocabulary as v
def using_the_latest(world): return float(world.projects.adopters[-1] / world.ccgs.practices[0])
def needed(world): return 0.
F, G = Bench(range(60), workers=1), Bench(range(1000, 1060), workers=1)
if __name__ == "__main__":
    for name in ("gp_and_paramedic","gp_higher_standard","gp_standards","gynaecology_clinic","mental_health_alliances"):
        for b, bench in (("first", F), ("fresh", G)):
            e = effects(bench, load(name), {})
            ok = e[np.isfinite(e)]
            print(name, b, "n finite", len(ok), "dropped", 60-len(ok), "mean", ok.mean(), "right sign", (np.sign(ok)==np.sign(load(name).claim.size)).sum(), "same", (ok==0).sum(), "sorted ends", np.sort(ok)[:2].round(2), np.sort(ok)[-3:].round(2), "mean without largest", np.sort(ok)[:-1].mean(), "without smallest", np.sort(ok)[1:].mean(), flush=True)
    st = load("gp_standards")
    a = F.at(st, "adoption", 54)
    print("gp_standards at 54 live", np.isfinite(a).sum(), "min max", np.nanmin(a), np.nanmax(a), "all=1", (a==1).sum())
    lo = st.with_(redesign={"needed": .45})
    b = F.at(lo, "adoption", 54)
    print(" needed .45 live", np.isfinite(b).sum(), np.nanmin(b))
    one = st.with_(site={"localities": 1})
    b = F.at(one, "adoption", 54)
    print(" one locality live", np.isfinite(b).sum(), np.nanmin(b))
    u = F.probe(load("gp_higher_standard"), [78], using_the_latest)[:, 0]
    print("higher: mean", u.mean(), "over half", (u > .5).sum())
    hs = load("gp_higher_standard"); h = F.at(hs, "adoption", 78)
    print("higher std worlds with any live", np.isfinite(h).sum())
    p = F.at(load("extended_primary_care_funded"), "projects_live", 72); q = F.at(load("extended_primary_care"), "projects_live", 72)
    print("funded live", p.mean(), "unfunded", q.mean())
    for name in ("federations", "threatened_provider", "delegated_commissioning","hybrid_officer","stp_footprints","referral_pathways","extended_primary_care"):
        for b, bench in (("first", F), ("fresh", G)):
            c = load(name).claim
            e = effects(bench, load(name), {}); s = np.sign(c.size)
            print(name, b, "mean", e.mean().round(4), "right", (s*e>0).sum(), "same", (e==0).sum(), "wrong", (s*e<0).sum(), flush=True)
    print("ref w/o", [effects(b, load("referral_pathways"), load("referral_pathways").claim.without).mean() for b in (F,G)])
