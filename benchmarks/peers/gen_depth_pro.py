"""Golden folder depth_pro: Depth Pro in the layout of apple/DepthPro-hf, small, random weights. usage: . ./env.sh; $PY gen_depth_pro.py
The model, config and image processor are transformers' own (models/depth_pro at commit 9a6be63f, 4.49.0.dev0), put into the package of 4.43.4, whose Dinov2 they use."""
import sys, os, copy, json, shutil, types, importlib
import numpy as np, torch
import newer as N, common as C
from newer import wjson, Keep
import transformers
COMMIT = "9a6be63fdb77af107b340cfbdcc3f0d9d47d7c9c"
pk = types.ModuleType("transformers.models.depth_pro"); pk.__path__ = [f"{C.SRC}/transformers-depth_pro/src/transformers/models/depth_pro"]; pk.__package__ = "transformers.models.depth_pro"; sys.modules["transformers.models.depth_pro"] = pk
MD, CF, IP = (importlib.import_module("transformers.models.depth_pro." + n) for n in ("modeling_depth_pro", "configuration_depth_pro", "image_processing_depth_pro"))
DepthPro, Config, Processor = MD.DepthProForDepthEstimation, CF.DepthProConfig, IP.DepthProImageProcessor

def config(hidden=32, layers=4, heads=4, vit_patch=16, patch=128, mlp=2, fusion=16, hooks=(2, 1), dims=(24, 24, 16), idims=(16, 16), pad=1, **k):
    v = dict(attention_probs_dropout_prob=0.0, drop_path_rate=0.0, hidden_act="gelu", hidden_dropout_prob=0.0, hidden_size=hidden, image_size=patch, initializer_range=0.02, layer_norm_eps=1e-06, layerscale_value=1.0, mlp_ratio=mlp, model_type="dinov2", num_attention_heads=heads, num_channels=3, num_hidden_layers=layers, patch_size=vit_patch, qkv_bias=True, use_mask_token=False, use_swiglu_ffn=False)
    return dict(architectures=["DepthProForDepthEstimation"], fov_model_config=dict(v), fusion_hidden_size=fusion, image_model_config=dict(v), initializer_range=0.02, intermediate_feature_dims=list(idims), intermediate_hook_ids=list(hooks), merge_padding_value=pad, model_type="depth_pro", num_fov_head_layers=2, patch_model_config=dict(v), patch_size=patch, scaled_images_feature_dims=list(dims),
        scaled_images_overlap_ratios=[0.0, 0.5, 0.25], scaled_images_ratios=[0.25, 0.5, 1], torch_dtype="float32", transformers_version="4.49.0.dev0", use_batch_norm_in_fusion_residual=False, use_bias_in_fusion_residual=True, use_fov_model=True, **k)
prep = lambda s: {"do_normalize": True, "do_rescale": True, "do_resize": True, "image_mean": [0.5] * 3, "image_processor_type": "DepthProImageProcessor", "image_std": [0.5] * 3, "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": s, "width": s}}
build = lambda cfg: DepthPro(Config(**{k: v for k, v in copy.deepcopy(cfg).items() if k not in ("model_type", "transformers_version")})).eval()

def calibrate(m, pxs, fovs=(55.0, 9.0), top=1.6, low=1.0):
    """inverse depth: about low % of the pixels at 0, maximum near top; field of view around fovs[0] degrees, spread fovs[1] over the inputs"""
    c, f = m.head.layers[4], m.fov_model.head.layers[-1]; o, q = [], []; hs = [c.register_forward_hook(lambda mm, i, r: o.append(r.detach())), f.register_forward_hook(lambda mm, i, r: q.append(float(r)))]
    with torch.no_grad(): [m(pixel_values=p) for p in pxs]
    [h.remove() for h in hs]; a = torch.cat([x.flatten() for x in o]).numpy(); lo = float(np.percentile(a, low)); s = top / (float(a.max()) - lo)
    with torch.no_grad(): c.weight.mul_(s); c.bias.copy_((c.bias - lo) * s); k = fovs[1] / max(float(np.std(q)), 1e-3); f.weight.mul_(k); f.bias.copy_((f.bias - float(np.mean(q))) * k + fovs[0])

def save(d, m, cfg, pre, fmt="f32"):
    wjson(d, "config.json", cfg); wjson(d, "preprocessor_config.json", pre); sd = {k: v for k, v in N.state(m, fmt=fmt).items() if not k.endswith("mask_token")}; N.save_file(sd, f"{d}/model.safetensors", metadata={"format": "pt"}); C.tensor_table(sd, f"{d}/tensor_names.json"); return sd
def load(d):
    m, info = DepthPro.from_pretrained(d, output_loading_info=True); assert all(k.endswith("mask_token") for k in info["missing_keys"]) and not info["unexpected_keys"] and not info["mismatched_keys"], info
    return m.float().eval(), Processor.from_pretrained(d)

CASES = ["a_131x97", "c_120x200", "b_640x480"]
def depth_pro():
    d = f"{C.G}/depth_pro"; shutil.rmtree(d, ignore_errors=True); cfg = config(); pre = prep(512); m = build(cfg); N.init(m, 821); P = Processor(**{k: v for k, v in pre.items() if k != "image_processor_type"})
    calibrate(m, [P(images=C.load_rgb(i), return_tensors="pt")["pixel_values"] for i in CASES]); sd = save(d, m, dict(cfg, torch_dtype="float16"), pre, "f16"); m, P = load(d); m64 = copy.deepcopy(m).double(); put = Keep(60_000); tap = Keep(30_000)
    man = {"name": "depth_pro", "commit": COMMIT, "torch": torch.__version__, "transformers": transformers.__version__, "params": sum(v.numel() for v in sd.values()), "images": {}}
    for i, im in enumerate(CASES):
        pil = C.load_rgb(im); px = P(images=pil, return_tensors="pt")["pixel_values"]; e = f"{d}/expected/{im}"; v, hs = {}, []
        if i == 0:
            E = "depth_pro.encoder."; v, hs = N.hooks(m, [E + "patch_encoder.model.embeddings", E + "patch_encoder.model.encoder.layer.0", E + "patch_encoder.model", E + "patch_encoder", E + "image_encoder.model", E + "image_encoder", "depth_pro.neck.feature_upsample.image_block", "depth_pro.neck.fuse_image_with_low_res", "depth_pro.neck", "fusion_stage", "head.layers.0", "fov_model.fov_encoder", "fov_model.conv", "fov_model.head"])
            hs.append(m.depth_pro.encoder.patch_encoder.model.register_forward_pre_hook(lambda mm, a: v.__setitem__(E + "patch_encoder.patches", a[0].detach().clone())))
            hs.append(m.depth_pro.encoder.image_encoder.register_forward_hook(lambda mm, a, o: v.__setitem__(E + "image_encoder.features", o.features.detach().clone())))
        with torch.no_grad(): o = m(pixel_values=px); o64 = m64(pixel_values=px.double())
        [h.remove() for h in hs]; v = {k: x for k, x in v.items() if x.is_floating_point()}
        if i == 0:
            tiles = v.pop(E + "patch_encoder.patches").double(); man["tiles"] = dict(what="the patch encoder's input for this image: [n,3,p,p] and each tile's sum of pixels, in the order in which they are fed (5x5 of the full image row by row, 3x3 of the half, 1 of the quarter)", image=im, shape=list(tiles.shape), sums=tiles.sum((1, 2, 3)).tolist())
            for k, x in v.items(): tap(f"{e}/tap.{k}", x)
        post = P.post_process_depth_estimation(o, target_sizes=[pil.size[::-1]])[0]; pd, fov = o.predicted_depth, o.field_of_view
        put(f"{e}/pixel_values", px) if i == 0 else None; put(f"{e}/predicted_depth", pd); np.save(f"{e}/field_of_view.npy", fov.numpy()); put(f"{e}/post_depth", post["predicted_depth"])
        nz, nf = N.noise(pd, o64.predicted_depth), float((o64.field_of_view - fov).abs().max()); inv = 1 / post["predicted_depth"]; rng = float(pd.max() - pd.min()); f = float(post["focal_length"])
        man["images"][im] = dict(size_wh=list(pil.size), pixel_values=N.px_digest(px), predicted_depth_shape=list(pd.shape), predicted_depth=C.stats(pd), field_of_view_degrees=float(fov), focal_length_px=f, post_depth=C.stats(post["predicted_depth"]), post_inverse_depth=C.stats(inv), float64_vs_float32=dict(predicted_depth=nz, field_of_view=nf),
            accept=dict(predicted_depth=N.accept(rng, nz["max_abs"]), field_of_view=max(1e-4, 20 * nf), inverse_of_post_depth=float(f"{N.accept(rng, nz['max_abs']) * pil.size[0] / f + 3e-5 * float(inv.max()):.2g}")))
        print("depth_pro", im, tuple(px.shape), tuple(pd.shape), "inv %.3f..%.3f zeros %.4f fov %.4f f %.3f" % (float(pd.min()), float(pd.max()), float((pd == 0).float().mean()), float(fov), f), "post %.3f..%.3f" % (float(post["predicted_depth"].min()), float(post["predicted_depth"].max())), "noise %.1e %.1e" % (nz["max_abs"], nf))
    wjson(d, "manifest.json", man)
    open(f"{d}/README.md", "w").write(f"""# golden: depth_pro
Made by peers/gen_depth_pro.py; transformers' models/depth_pro at 9a6be63f (4.49.0.dev0; its forward is unchanged up to the end of 2025) on 4.43.4's Dinov2, torch {torch.__version__}, CPU float32. seed 821.
- config.json, preprocessor_config.json, model.safetensors: layout of apple/DepthPro-hf (no embeddings.mask_token: use_mask_token is false). patch_size 128, ViT patch 16, network input 512x512: 25 + 9 + 1 = 35 tiles of 128 px, token grid 8x8 per tile, merge_padding_value 1 (the published 3 on 24x24), everything else as published but smaller.
- expected/<image>/: predicted_depth [1,512,512] = canonical INVERSE depth; field_of_view [1] in degrees; post_depth [H,W] = the processor's post_process_depth_estimation with target_sizes: depth in metres = 1 / clamp(resize(inverse * W / focal), 1e-4, 1e4), focal = W / (2 tan(fov / 2)). First image also pixel_values and tap.*: forward hooks; patch_encoder.0..4 = the five merged feature maps before the neck (lowest resolution first, then the two hooks), tap.depth_pro.neck.0..4 and tap.fusion_stage.0..4 in the order in which they are fused; tap.*model = last hidden state after the final norm.
- `.s4.npy`: x[..., ::4, ::4] of an array above 60 KB (taps 30 KB; for token arrays that is tokens and channels); `.s8.npy`: x[..., ::8, ::8] of one above 1.9 MB.
- manifest.json: tiles (order and sums of the 35 tiles), digests of pixel_values, ranges, focal length, float64_vs_float32 noise, accept (max abs). Compare post_depth through its inverse: where predicted_depth is 0 the depth is up to 10000.
""")
    print("depth_pro KB", C.dir_size(d) // 1024)
if __name__ == "__main__": depth_pro()
