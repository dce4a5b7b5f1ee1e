from ccgsim.studies.ramps import Ramp, loops, ramped
from ccgsim.studies.phases import Place
def main():
    CUT = {"stepping_in": {"steepness": 0.0}}
    ramp, unseen = Ramp("uncertainty", 0.05, 0.95, 240), CUT | {"engagement": {"results": 0.0, "results_worth": 0.0}}
    print(loops({"cut and unseen": (ramped(Place(0.1, 0.3), ramp, unseen), ramp)}, range(8))[1].round(4).to_string())
if __name__ == "__main__": main()
