"""What docs/regimes.md looks at afterwards (list under the figure), 60 seeds. python /tmp/pgc/regimes_posthoc.py [seeds]"""
import sys
import numpy as np
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation import judging
from ccgsim.scenario.scenario import load
from ccgsim.studies import regimes as R

def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    bench = Bench(range(n))
    fund, pilot, trust, groups, ccg, foot = (load(r) for r in R.REGIMES)
    def say(name, here, there, measure, month=60):
        a, b = R.at(bench, here, measure, month), R.at(bench, there, measure, month)
        x = a - b; ok = np.isfinite(x)
        m, lo, hi = judging.t_interval(x[ok], .95)
        print(f"{name}: {measure} {m:+.3f} [{lo:+.3f}, {hi:+.3f}] ({ok.sum()} worlds; {np.nanmean(a):.3f} against {np.nanmean(b):.3f})", flush=True)
    near = dict(site={"localities": ccg.site.localities}, redesign={"coordination": ccg.redesign.coordination, "override": 0.0})
    gen = {k: getattr(ccg.engagement, k) for k in ("disposition_sd", "time_cost")}
    say("fundholding", fund, ccg, R.GINI)
    say("fundholding, base's localities and coordination", fund.with_(**near), ccg, R.GINI)
    say("fundholding, besides all opt in", fund.with_(**near, engagement=gen), ccg, R.GINI)
    seats = {"board": ccg.site.board, "secondary_care": ccg.site.secondary_care}; low = {"low": ccg.stepping_in.low}
    say("trust", trust, ccg, "vision_clinical")
    say("trust, CCG's seats", trust.with_(site=seats, events=[]), ccg, "vision_clinical")
    say("trust, CCG's least control", trust.with_(stepping_in=low), ccg, "vision_clinical")
    say("trust, both", trust.with_(site=seats, events=[], stepping_in=low), ccg, "vision_clinical")
    no = dict(decisions={"course": 0.0})
    say("course 0", trust.with_(**no), ccg.with_(**no), "vision_clinical")
    say("course 0, CCG's seats", trust.with_(**no, site=seats, events=[]), ccg.with_(**no), "vision_clinical")
    say("trust, CCG's least control", trust.with_(stepping_in=low), ccg, "participation")
    held = {"low": trust.stepping_in.low}
    say("groups", groups, trust, "participation")
    say("groups, trust's least control", groups.with_(stepping_in=held), trust, "participation")
    say("groups, besides one locality", groups.with_(stepping_in=held, site={"localities": 1}), trust, "participation")
    say("groups, besides no access through leads in either", groups.with_(stepping_in=held, ablation={"no_locality_access": True}), trust.with_(ablation={"no_locality_access": True}), "participation")
    blind = dict(ablation={"size_free": True})
    say("footprint without size", foot.with_(**blind), ccg.with_(**blind), "participation")
    say("footprint without size", foot.with_(**blind), ccg.with_(**blind), "efficacy")
    for name, world in (("fundholding", fund), ("ccg", ccg)):
        print(name, "participation months 0 to 36", judging.t_interval(bench.mean(world, "participation", 0, 36), .95))
    print("live projects nowhere: pilot", int(np.isnan(R.at(bench, pilot, "adoption", 60)).sum()), "none taken up: fund", int(np.isnan(R.at(bench, fund, R.GINI, 60)).sum()))
if __name__ == "__main__": main()
