"""Pixelwise depth metrics of one pair after least squares, in NumPy, median over reps. Prints ONE JSON line.
The alignment is Marigold's (src/util/alignment.py), the metrics are those of BTS (pytorch/bts_eval.py), Marigold and KITTI.
usage: $PY bench_depth.py --gt gt.npy --pred pred.npy [--reps 20] [--dtype float32|float64]"""
import argparse, json, os, statistics, time
ap = argparse.ArgumentParser()
ap.add_argument("--gt", required=True); ap.add_argument("--pred", required=True)
ap.add_argument("--reps", type=int, default=20); ap.add_argument("--dtype", default="float32")
a = ap.parse_args()
import numpy as np

LOW, HIGH = 1e-3, 80.0


def align(g, p, mask):
    gm, pm = g[mask].reshape(-1, 1), p[mask].reshape(-1, 1)
    x = np.linalg.lstsq(np.concatenate([pm, np.ones_like(pm)], axis=-1), gm, rcond=None)[0]
    return p * x[0] + x[1]


def metrics(g, p):
    thresh = np.maximum(g / p, p / g)
    err = np.log(p) - np.log(g)
    inv = 1 / p - 1 / g
    return dict(delta1=(thresh < 1.25).mean(), delta2=(thresh < 1.25 ** 2).mean(), delta3=(thresh < 1.25 ** 3).mean(),
                absrel=np.mean(np.abs(g - p) / g), sqrel=np.mean((g - p) ** 2 / g), mae=np.mean(np.abs(g - p)),
                rmse=np.sqrt(np.mean((g - p) ** 2)), rmse_log=np.sqrt(np.mean((np.log(g) - np.log(p)) ** 2)),
                log10=np.mean(np.abs(np.log10(p) - np.log10(g))),
                silog=np.sqrt(np.mean(err ** 2) - np.mean(err) ** 2) * 100,
                imae=1000 * np.mean(np.abs(inv)), irmse=1000 * np.sqrt(np.mean(inv ** 2)))


def run(g, p):
    mask = (g > LOW) & (g < HIGH)
    aligned = np.clip(align(g, p, mask), LOW, HIGH)
    return metrics(g[mask], aligned[mask])


g, p = (np.load(f).astype(a.dtype) for f in (a.gt, a.pred))
values = run(g, p)
wall, cpu = [], []
for _ in range(a.reps):
    t0, c0 = time.perf_counter(), time.process_time()
    run(g, p)
    wall.append(time.perf_counter() - t0); cpu.append(time.process_time() - c0)
print(json.dumps(dict(peer="numpy-" + np.__version__, dtype=a.dtype, h=g.shape[0], w=g.shape[1], reps=a.reps,
                      ms=round(statistics.median(wall) * 1e3, 4), cpu_ms=round(statistics.median(cpu) * 1e3, 4),
                      best_cpu_ms=round(min(cpu) * 1e3, 4), load1=os.getloadavg()[0],
                      **{k: float(v) for k, v in values.items()})))
