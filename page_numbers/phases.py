"""Numbers of the section on phases; and the theory."""
import pandas as pd, numpy as np, sys
from ccgsim.studies import phases
d = pd.read_csv("/tmp/out/phases/phases.csv"); l = pd.read_csv("/tmp/out/phases/lasting.csv")
amb = phases.board_ambiguity(); folds = phases.declared_folds()
d["keep"] = d["either"] >= .5
print("keep", d.keep.sum(), "of", len(d), "all ten:", (d["either"] == 1).sum(), f"{d.keep.mean():.3f}", "seeds", d.n.unique())
inside = []
for r in d.itertuples():
    per, pr = phases.felt(np.array([r.pressure]), np.array([r.uncertainty]), r.dialogue, amb)
    a, b = folds.beyond(per, pr); inside.append(bool(a[0] >= 0 and b[0] < 0))
d["inside"] = inside
print("inside", d.inside.sum(), "keep", (d.inside & d.keep).sum(), "| outside", (~d.inside).sum(), "keep", (~d.inside & d.keep).sum())
print("inside not keep: high", ((d.inside & ~d.keep) & (d.high > d.low)).sum(), "low", ((d.inside & ~d.keep) & (d.high < d.low)).sum())
for g in d.dialogue.unique():
    x = d[(d.dialogue == g) & (d.pressure == 0)]; i = x.gap.idxmax(); print("pressure 0 dialogue", g, x.loc[i, ["uncertainty","gap","gap_low","gap_high"]].round(3).tolist())
for g in d.dialogue.unique():
    x = d[(d.dialogue == g)]; i = x.gap.idxmax(); print("any pressure dialogue", g, x.loc[i, ["pressure","uncertainty","gap","gap_low","gap_high"]].round(3).tolist())
i = d.gap.idxmax(); print("largest", d.loc[i].round(3).to_dict())
for g in d.dialogue.unique():
    x = d[(d.dialogue == g) & np.isclose(d.pressure, .1)]; print("band at .10, dialogue", g, x[x.keep].uncertainty.tolist())
f = pd.read_csv("/tmp/out/phases/folds.csv"); lo, up = [], []
for (g, p), x in d.groupby(["dialogue", "pressure"]):
    line = f[(f.dialogue == g)]; low = np.interp(p, line.pressure, line.lower); high = np.interp(p, line.pressure, line.upper)
    band = x[x.keep].uncertainty
    # interp with nan: nearest
    w = np.linspace(0, 1, 4001); per, pr = phases.felt(np.full_like(w, p), w, g, amb); a, b = folds.beyond(per, pr)
    low = w[np.flatnonzero(a >= 0)[0]] if (a >= 0).any() and a[0] < 0 else np.nan
    high = w[np.flatnonzero(b >= 0)[0]] if (b >= 0).any() and b[0] < 0 else np.nan
    s, e = (band.min(), band.max()) if len(band) else (np.nan, np.nan)
    print(f"d {g} p {p}: folds {low:.3f} {high:.3f} band {s} {e}", "whole" if len(band) == round((e-s)/.05)+1 else "HOLES", f"{s-low:+.3f} {e-high:+.3f}")
    if s > .051: lo.append(s - low)
    if e < .999: up.append(e - high)
print("begins above lower fold by", np.nanmean(lo), np.count_nonzero(np.isfinite(lo)), "ends relative to upper", np.nanmean(up), np.count_nonzero(np.isfinite(up)))
print(l.round(3).to_string())
# levels against theory
from ccgsim.lab.validation.mean_field import MeanField
th = MeanField(); rows = []
curves = {}
for r in d[d.inside].itertuples():
    per, pr = phases.felt(np.array([r.pressure]), np.array([r.uncertainty]), r.dialogue, amb)
    k = round(float(pr[0]), 4)
    c = curves.setdefault(k, th.curve(k, 197)); side = c.uncertainty > per[0]
    st = np.flatnonzero(np.isfinite(c.uncertainty[:-1]) & side[:-1] & ~side[1:])
    if len(st) > 1: rows.append((c.participation[st].max(), c.participation[st].min(), r.from_high, r.from_low))
a = np.array(rows); print("inside window: theory high, low; simulated from high, from low:", a.mean(0).round(3), len(a))
