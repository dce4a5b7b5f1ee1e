"""Which findings of the sources does the model show by its own dynamics? Judges every pattern on common seeds.

python experiments/patterns.py [--seeds 60] [--only P1,P11] [--out docs/patterns.json] [--quick]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ccgsim.lab.patterns import Finding
from ccgsim.lab.validation import merged, validate


def tell(finding: Finding) -> None:
    """Print a finding: the pattern, then each of its parts."""
    without = {None: "", True: "; holds without its mechanism too", False: "; fails without its mechanism"}
    pattern, fate = finding.pattern, "holds" if finding.held else "does not hold"
    print(f"{pattern.id:4} {pattern.claim} ({pattern.origin}): {fate}{without[finding.held_without]}")
    for verdict in finding.verdicts:
        mark = "+" if verdict.held else "-"
        interval = f"{verdict.value:.3f} [{verdict.low:.3f}, {verdict.high:.3f}]"
        print(f"   {mark} {verdict.statistic}: {interval}, {verdict.tolerance}")


def main() -> None:
    """Judge, print, and write the document where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--only")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--quick", action="store_true", help="two patterns on four seeds, to see that it runs")
    asked = parser.parse_args()
    only = ("P1", "P33") if asked.quick else asked.only.split(",") if asked.only else None
    for finding, document in validate(4 if asked.quick else asked.seeds, only):
        tell(finding)
        if asked.out is not None:  # pattern by pattern, so that what is done is kept
            old = json.loads(asked.out.read_text(encoding="utf-8")) if asked.out.exists() else {}
            asked.out.write_text(json.dumps(merged(old, document), indent=1) + "\n", encoding="utf-8")
    print(f"{document['shown']} of {document['emergent']} emergent patterns shown")


if __name__ == "__main__":
    main()
