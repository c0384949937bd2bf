"""Copies the records of other toolkits whose inputs may be published from a full folder into goldens/protocols.
   usage: pack_protocols.py FULL_FOLDER goldens/protocols
   Kept are cases whose inputs are synthetic or have a free licence: edge_*, synth*, planes*, fastdepth_* (MIT) and lingbot* (Apache-2.0)."""
import json, os, re, shutil, sys

SOURCE, TARGET = sys.argv[1:3]
FREE = re.compile(r"(edge_|synth|planes|ibims|fastdepth_|lingbot)")
cases = json.load(open(os.path.join(SOURCE, "cases.json")))


def files(case): return {v for v in case.values() if isinstance(v, str) and v.endswith(".npy")}


kept = {k: v for k, v in cases.items() if FREE.match(k) and all(re.match(r"(edge_|synth|planes|paras_|calib|fastdepth_|lingbot)", f) for f in files(v))}
expected = json.load(open(os.path.join(SOURCE, "expected.json")))
results = [r for r in expected["results"] if all(c in kept for c in r["case"].split("+"))]
used = {r["settings"] for r in results}
os.makedirs(os.path.join(TARGET, "inputs"), exist_ok=True)
for name in sorted(set().union(*map(files, kept.values()))): shutil.copyfile(os.path.join(SOURCE, "inputs", name), os.path.join(TARGET, "inputs", name))
json.dump(kept, open(os.path.join(TARGET, "cases.json"), "w"), indent=1)
settings = {k: v for k, v in expected["settings"].items() if k in used}
with open(os.path.join(TARGET, "expected.json"), "w") as f:
    f.write('{"meta": ' + json.dumps(expected["meta"]) + ',\n"settings": {\n' + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in settings.items()) + '\n},\n"results": [\n' + ",\n".join(json.dumps(r) for r in results) + "\n]}\n")
print(len(kept), "of", len(cases), "cases,", len(results), "of", len(expected["results"]), "records")
