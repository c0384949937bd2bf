"""Golden folders da3_mono and da3_metric: Depth Anything 3's monocular models (github ByteDance-Seed/Depth-Anything-3), small, random weights.
usage: . ./env.sh; $PY gen_da3.py [da3_mono|da3_metric]"""
import sys, os, copy, json, shutil
import numpy as np, torch
import newer as N, common as C
from newer import wjson, Keep
from PIL import Image
import depth_anything_3.model.dinov2.dinov2 as DN
from depth_anything_3.model.dinov2.vision_transformer import DinoVisionTransformer
from depth_anything_3.cfg import create_object
from depth_anything_3.utils.io.input_processor import InputProcessor
from depth_anything_3.utils.io.output_processor import OutputProcessor
from depth_anything_3.utils.alignment import apply_metric_scaling, compute_sky_mask
COMMIT = "2c21ea849ceec7b469a3e62ea0c0e270afc3281a"

def config(name, out_layers, features, out_channels, dim):
    """config.json as on the hub: the preset's name and its resolved yaml"""
    o = lambda p, n: {"args": "as_params", "name": n, "path": p}
    return {"model_name": name, "config": {"__object__": o("depth_anything_3.model.da3", "DepthAnything3Net"),
        "net": {"__object__": o("depth_anything_3.model.dinov2.dinov2", "DinoV2"), "name": "vitl", "out_layers": out_layers, "alt_start": -1, "qknorm_start": -1, "rope_start": -1, "cat_token": False},
        "head": {"__object__": o("depth_anything_3.model.dpt", "DPT"), "dim_in": dim, "output_dim": 1, "features": features, "out_channels": out_channels}}}

def build(cfg, vit):
    """the library's own factory, but "vitl" has our sizes: vit = dict(embed_dim, depth, num_heads, mlp_ratio, img_size)"""
    DN.vit_large = lambda img_size=518, patch_size=14, **k: DinoVisionTransformer(patch_size=patch_size, **{**vit, **k})
    return create_object(N.DictConfig(copy.deepcopy(cfg["config"]))).eval()

def calibrate(m, pxs, fmt="f32", depth_mid=(0.6, 0.55), sky_share=0.2):
    """last 1x1 convolutions: log depth gets this mean and spread on the first input; sky crosses 0.3 on about this share of its pixels, with the bias among 601 near values whose sky maps of all inputs stay farthest from 0.3"""
    s = m.head.scratch; a, b = s.output_conv2[-1], s.sky_output_conv2[-1]
    def logits(conv, px):
        st = []; h = conv.register_forward_hook(lambda mm, i, o: st.append(o.detach()))
        with torch.no_grad(): m(px[None])
        h.remove(); return st[0]
    d, t = logits(a, pxs[0]), logits(b, pxs[0])
    with torch.no_grad():
        k = depth_mid[1] / float(d.std()); a.weight.mul_(k); a.bias.copy_((a.bias - d.mean()) * k + depth_mid[0])
        k = 0.35 / float(t.std()); q = float(np.quantile(t.numpy(), 1 - sky_share)); b.weight.mul_(k); b.bias.copy_((b.bias - q) * k + 0.3)
    half = (lambda t: t.half().float()) if fmt == "f16" else (lambda t: t)
    with torch.no_grad(): [p.copy_(half(p)) for p in m.parameters()]
    L = [logits(b, px) for px in pxs]; offs = [float(half(b.bias.detach() + float(o)) - b.bias.detach()) for o in np.linspace(-0.06, 0.06, 601)]; off = max(offs, key=lambda o: min(float((x + o - 0.3).abs().min()) for x in L))
    with torch.no_grad(): b.bias.add_(off)

def load(d, cfg, vit):
    m = build(cfg, vit); sd = {k: v.float() for k, v in N.load_file(f"{d}/model.safetensors").items()}; assert all(k.startswith("model.") for k in sd)
    m.load_state_dict({k[6:]: v for k, v in sd.items()}, strict=True); return m

def forward(m, pil, res, method="upper_bound_resize", K=None):
    """InputProcessor -> network in float32 -> OutputProcessor; also the maps before the sky step"""
    px, _, Kp = InputProcessor()([pil], None, None if K is None else [np.array(K, dtype=np.float32)], res, method, sequential=True)
    got = {}; h = m.head.register_forward_hook(lambda mm, i, o: got.update({k: v.detach().clone() for k, v in o.items()}))
    with torch.no_grad(): out = m(px[None].float(), export_feat_layers=[])
    h.remove(); raw, sky = got["depth"], got["sky"]; final = out.depth.clone(); pr = OutputProcessor()(out)
    mask = compute_sky_mask(sky, 0.3); n = int(mask.sum()); acted = n > 10 and int((~mask).sum()) > 10
    return dict(px=px, raw=raw[0], sky=sky[0], depth=final[0], pred=pr, K=Kp, out=out, non_sky=n, acted=acted, sampled=acted and n > 100000, sky_depth=float(final[~mask][0]) if acted else None, margin=float((sky - 0.3).abs().min()))

def sky_step(raw, sky):
    """our own statement of the sky step without the random sampling, checked against the library where that does not sample"""
    keep = sky < 0.3
    if keep.sum() <= 10 or (~keep).sum() <= 10: return raw
    o = raw.clone(); o[~keep] = torch.quantile(raw[keep], 0.99); return o

IMGS = [("a_131x97", 84, "upper_bound_resize"), ("c_120x200", 140, "upper_bound_resize"), ("b_640x480", 112, "lower_bound_resize"), ("c_120x200", 120, "upper_bound_crop"), ("a_131x97", 504, "upper_bound_resize")]
def golden(name, cfg, vit, seed, small, text, fmt="f32", focal=None, cases=IMGS):
    d = f"{C.G}/{name}"; shutil.rmtree(d, ignore_errors=True); m = build(cfg, vit); N.init(m, seed, small)
    calibrate(m, [InputProcessor()([C.load_rgb(im)], None, None, res, method, sequential=True)[0] for im, res, method in cases if res < 300], fmt); wjson(d, "config.json", cfg)
    sd = N.state(m, "model.", fmt); N.save_file(sd, f"{d}/model.safetensors", metadata={"format": "pt"}); C.tensor_table(sd, f"{d}/tensor_names.json")
    m = load(d, cfg, vit); m64 = copy.deepcopy(m).double(); put = Keep(60_000); man = {"name": name, "commit": COMMIT, "torch": torch.__version__, "params": sum(v.numel() for v in sd.values()), "vit": vit, "cases": {}}
    for i, (im, res, method) in enumerate(cases):
        pil = C.load_rgb(im); w, h = pil.size; K = None if focal is None else [[focal[0], 0, w / 2], [0, focal[1], h / 2], [0, 0, 1]]
        case = f"{im}_{res}" + ("" if method == "upper_bound_resize" else "_" + method); e = f"{d}/expected/{case}"; v, hs = {}, []
        if i == 0:
            L = vit["depth"] - 1; p = "backbone.pretrained."
            v, hs = N.hooks(m, [p + "patch_embed", p + "blocks.0.attn", p + "blocks.0", f"{p}blocks.{L}", "head.projects.0", "head.resize_layers.0", "head.resize_layers.1", "head.resize_layers.3", "head.scratch.layer1_rn", "head.scratch.layer4_rn", "head.scratch.refinenet4", "head.scratch.refinenet3", "head.scratch.refinenet1", "head.scratch.output_conv1", "head.scratch.output_conv2", "head.scratch.sky_output_conv2"])
            hs.append(m.backbone.register_forward_hook(lambda mm, ii, o: v.update({f"backbone.feature.{k}": f[0].detach().clone() for k, f in enumerate(o[0])})))
        torch.manual_seed(0); r = forward(m, pil, res, method, K); [x.remove() for x in hs]
        if i == 0:
            with torch.no_grad(): v["backbone.pretrained.tokens"] = m.backbone.pretrained.prepare_tokens_with_masks(r["px"][None])
            for k, x in v.items(): put(f"{e}/tap.{k}", x)
            C.npy(f"{e}/pixel_values.npy", r["px"])
        with torch.no_grad(): g = {}; hh = m64.head.register_forward_hook(lambda mm, ii, o: g.update({k: x.clone() for k, x in o.items()})); torch.manual_seed(0); o64 = m64(r["px"][None].double(), export_feat_layers=[]); hh.remove()
        own = sky_step(r["raw"], r["sky"])
        if not r["sampled"]: assert torch.equal(own, r["depth"]), case
        (put(f"{e}/predicted_depth_raw", r["raw"]) if i == 0 or res > 300 else None); put(f"{e}/sky", r["sky"]); put(f"{e}/predicted_depth", own)
        assert np.array_equal(r["pred"].depth, r["depth"].numpy()) and np.array_equal(r["pred"].sky, r["sky"].numpy() >= 0.5)
        rng = float(r["raw"].max() - r["raw"].min()); nz = N.noise(r["raw"], g["depth"][0]); ns = N.noise(r["sky"], g["sky"][0])
        row = dict(image=im, process_res=res, process_res_method=method, size_wh=[w, h], pixel_values=N.px_digest(r["px"]), predicted_depth_shape=list(own.shape), predicted_depth_raw=C.stats(r["raw"]), sky=C.stats(r["sky"]), sky_share_above_0_3=1 - r["non_sky"] / r["sky"].numel(), sky_share_at_least_0_5=float((r["sky"] >= 0.5).float().mean()), sky_depth=float(own[r["sky"] >= 0.3].max()) if r["acted"] else None,
            smallest_distance_of_sky_from_0_3=r["margin"], float64_vs_float32=dict(depth_raw=nz, sky=ns), accept=dict(predicted_depth_raw=N.accept(rng, nz["max_abs"]), sky=N.accept(float(r["sky"].max()), ns["max_abs"]), predicted_depth="as predicted_depth_raw on all pixels" if r["margin"] > 20 * ns["max_abs"] else "as predicted_depth_raw, but at most 0.01 % of the pixels may fall on the other side of the sky threshold"))
        if r["sampled"]: row["sampled"] = dict(why="more than 100000 pixels below the threshold: the library takes the quantile of 100000 random ones; predicted_depth here uses all of them", sky_depth_of_one_random_draw=r["sky_depth"])
        if K is not None:
            Kp = r["K"]; me = apply_metric_scaling(own[None], Kp[None])[0]; put(f"{e}/metric_depth", me); row.update(intrinsics=K, intrinsics_processed=Kp[0].tolist(), focal_processed=float((Kp[0, 0, 0] + Kp[0, 1, 1]) / 2), metric_depth=C.stats(me))
        man["cases"][case] = row
        print(name, case, list(own.shape), "raw %.3f..%.3f" % (float(r["raw"].min()), float(r["raw"].max())), "sky>0.3 %.3f" % row["sky_share_above_0_3"], "sky depth", row["sky_depth"], r["sky_depth"], "noise %.1e %.1e margin %.1e" % (nz["max_abs"], ns["max_abs"], r["margin"]))
    wjson(d, "manifest.json", man)
    if name == "da3_mono":
        P = []
        for im in ("a_131x97", "b_640x480", "c_120x200", "d_grey_75x58", "e_rgba_64x64"):
            for method in ("upper_bound_resize", "upper_bound_crop", "lower_bound_resize", "lower_bound_crop"):
                for res in (98, 131, 200, 504):
                    if res == 504 and method.startswith("lower"): continue
                    px = InputProcessor()([Image.open(f"{C.G}/images/{im}.png")], None, None, res, method, sequential=True)[0]; P.append(dict(image=im, process_res=res, process_res_method=method, hw=list(px.shape[-2:]), sum=float(px.double().sum()), sum_sq=float(px.double().pow(2).sum()), corner=px[0, :, 0, 0].tolist(), middle=px[0, :, px.shape[2] // 2, px.shape[3] // 2].tolist()))
        wjson(d, "preprocess.json", P)
    open(f"{d}/README.md", "w").write(f"""# golden: {name}
Made by peers/gen_da3.py; ByteDance-Seed/Depth-Anything-3 at {COMMIT[:8]} (InputProcessor, DepthAnything3Net, OutputProcessor; its own classes), torch {torch.__version__}, CPU float32 (the library's API would use bfloat16 autocast in the backbone; not here).
{text}
- config.json: the hub's layout (model_name + config = the resolved preset). model.safetensors: the hub's tensor names, `model.` in front. The sizes of the ViT (embed_dim {vit['embed_dim']}, depth {vit['depth']}, MLP {int(vit['embed_dim'] * vit['mlp_ratio'])}, position grid {vit['img_size'] // 14}x{vit['img_size'] // 14}) are NOT in config.json and not those of the name vitl: take them from the tensors; heads = embed_dim / 64, as in every published size.
- expected/<image>_<process_res>[_<method>]/: predicted_depth_raw [1,h,w] = exp(logit) (first and 504 case only; elsewhere it equals predicted_depth where sky < 0.3); sky [1,h,w] = relu(logit); predicted_depth = after the sky step (what the API returns){'; metric_depth = predicted_depth * focal / 300 with the focal of the PROCESSED image (manifest: intrinsics given for the image, intrinsics_processed)' if focal else ''}. First case also pixel_values and tap.* (forward hooks; tap.backbone.feature.N = the N-th tap after the final norm, without class token; tap.backbone.pretrained.tokens = input of block 0).
- `.s4.npy`: x[..., ::4, ::4] of an array above 60 KB.
- manifest.json: per case the processing arguments, digests of pixel_values (float64 sums), ranges, float64_vs_float32 noise, accept (max abs). {'preprocess.json: sizes (exact) and digests of 70 preprocessings (a pixel may be one 8-bit level off where a resize is not bit-equal to that of OpenCV).' if name == 'da3_mono' else ''}
- The sky step: if more than 10 pixels have sky < 0.3 and more than 10 do not, the latter get the 0.99 quantile (linear interpolation, torch.quantile) of the raw depth of the former. Above 100000 pixels the library draws 100000 at random; the 504 case shows such a draw and stores the value over all pixels.
""")
    print(name, "KB", C.dir_size(d) // 1024)

VIT = dict(embed_dim=128, depth=4, num_heads=2, mlp_ratio=0.25, img_size=70)
def da3_mono():
    golden("da3_mono", config("da3mono-large", [0, 1, 2, 3], 16, [12, 16, 24, 20], 128), VIT, 801, 0.02, "DA3MONO-LARGE layout. seed 801. Embeddings and layer scales are small, so that the eps of the layer norms matters: 1e-6 inside the blocks, 1e-5 in the final norm. Weights stored as F16.", fmt="f16")
def da3_metric():
    golden("da3_metric", config("da3metric-large", [1, 2, 4, 5], 16, [12, 16, 24, 20], 128), dict(VIT, depth=6, mlp_ratio=0.5), 802, None, "DA3METRIC-LARGE layout (same network as da3_mono, taps with gaps), weights stored as F16 (widen, then compute in float32). seed 802.", fmt="f16", focal=(140.0, 150.0), cases=[("a_131x97", 98, "upper_bound_resize"), ("c_120x200", 140, "upper_bound_resize"), ("b_640x480", 126, "upper_bound_resize")])
ALL = dict(da3_mono=da3_mono, da3_metric=da3_metric)
if __name__ == "__main__":
    for n in (sys.argv[1:] or ALL): ALL[n]()
