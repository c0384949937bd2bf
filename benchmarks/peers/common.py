"""Shared by the golden generators: random weights, hooks, saving."""
import json, os, math, hashlib
import numpy as np, torch
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
G = os.environ.get("GOLDENS") or os.path.join(HERE, "..", "target", "goldens")
SRC = os.environ.get("PEER_SRC") or os.path.join(HERE, "..", "target", "peer-sources")

def seed_init(model, seed, head_scale=None):
    """Non-degenerate random weights. Deterministic given seed (parameters visited in state_dict order)."""
    g = torch.Generator().manual_seed(seed)
    rn = lambda t: torch.randn(t.shape, generator=g)
    norm_types = (torch.nn.LayerNorm, torch.nn.GroupNorm, torch.nn.BatchNorm2d)
    with torch.no_grad():
        norm_params = set()
        for mn, m in model.named_modules():
            if isinstance(m, norm_types):
                for pn, _ in m.named_parameters(recurse=False): norm_params.add((mn + "." if mn else "") + pn)
        for n, p in model.state_dict().items():
            if n.endswith("num_batches_tracked"): p.fill_(7); continue
            if n.endswith("running_mean"): p.copy_(0.2 * rn(p)); continue
            if n.endswith("running_var"): p.copy_(0.5 + torch.rand(p.shape, generator=g)); continue
            if not torch.is_floating_point(p): continue
            if n in norm_params:
                p.copy_(1 + 0.2 * rn(p)) if n.endswith("weight") else p.copy_(0.1 * rn(p)); continue
            if "lambda1" in n or "lambda_1" in n or "lambda_2" in n: p.copy_(0.3 + 0.9 * torch.rand(p.shape, generator=g)); continue
            if "position_embedding" in n or "cls_token" in n or "mask_token" in n: p.copy_(0.4 * rn(p)); continue
            if "relative_position_bias_table" in n: p.copy_(0.5 * rn(p)); continue
            if p.dim() >= 2:
                fan_in = p[0].numel() if p.dim() > 1 else p.numel()
                p.copy_(rn(p) * (1.2 / math.sqrt(fan_in)))
            else:
                p.copy_(0.1 * rn(p))

def load_rgb(name):
    return Image.open(f"{G}/images/{name}.png").convert("RGB")

def npy(path, a):
    a = a.detach().cpu().numpy() if torch.is_tensor(a) else np.asarray(a)
    if a.dtype == np.float64: a = a.astype(np.float32)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    np.save(path, np.ascontiguousarray(a))

def article_post(pred, size_wh):
    """predicted_depth [1,h,w] -> bicubic float map (H,W) and the article's inverted 8-bit map."""
    out = torch.nn.functional.interpolate(pred.unsqueeze(1), size=size_wh[::-1], mode="bicubic", align_corners=False)
    out = out.squeeze().cpu().numpy()
    formatted = (255 - out * 255 / np.max(out)).astype(np.uint8)
    return out, formatted

class Taps:
    """forward hooks that keep outputs by module name"""
    def __init__(self, model, names):
        self.v = {}; self.h = []
        mods = dict(model.named_modules())
        for n in names:
            self.h.append(mods[n].register_forward_hook(self._mk(n)))
    def _mk(self, n):
        def f(m, i, o):
            if hasattr(o, "last_hidden_state") and o.last_hidden_state is not None: o = o.last_hidden_state
            elif hasattr(o, "last_hidden_states") and o.last_hidden_states is not None: o = o.last_hidden_states
            if isinstance(o, (tuple, list)):
                for k, x in enumerate(o):
                    if torch.is_tensor(x): self.v[f"{n}.{k}"] = x.detach().clone()
            elif torch.is_tensor(o): self.v[n] = o.detach().clone()
        return f
    def close(self):
        for h in self.h: h.remove()

def tensor_table(sd, path):
    with open(path, "w") as f:
        json.dump({k: [str(v.dtype).replace("torch.", ""), list(v.shape)] for k, v in sd.items()}, f, indent=0)

def stats(a):
    a = np.asarray(a, dtype=np.float64)
    return dict(min=float(a.min()), max=float(a.max()), mean=float(a.mean()), std=float(a.std()), zeros=float((a == 0).mean()))

def dir_size(d):
    return sum(os.path.getsize(os.path.join(r, f)) for r, _, fs in os.walk(d) for f in fs)
