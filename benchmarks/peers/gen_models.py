"""HF-style golden folders for DPT, DPT-hybrid, GLPN, Depth Anything, ZoeDepth, DPT-DINOv2 (random weights).
usage: . env.sh; $PY gen_models.py [name ...]"""
import sys, json, os, copy, shutil
import numpy as np, torch
import common as C
from PIL import Image
import transformers, peer_patches
from transformers import (DPTConfig, DPTForDepthEstimation, DPTImageProcessor, GLPNConfig, GLPNForDepthEstimation, GLPNImageProcessor,
    DepthAnythingConfig, DepthAnythingForDepthEstimation, ZoeDepthConfig, ZoeDepthForDepthEstimation, ZoeDepthImageProcessor)
from safetensors.torch import save_file
torch.set_num_threads(2)

def wjson(d, name, o):
    os.makedirs(d, exist_ok=True)
    with open(f"{d}/{name}", "w") as f: f.write(json.dumps(o, indent=2, sort_keys=True) + "\n")

def calibrate_relu_head(model, get_conv, px, target_max=20.0, q=3.0):
    """shift/scale the last 1-channel conv so that ~q% of the pixels meet the final ReLU and the maximum is ~target_max"""
    conv = get_conv(model); store = {}
    h = conv.register_forward_hook(lambda m, i, o: store.__setitem__("o", o.detach()))
    with torch.no_grad(): model(px)
    h.remove(); o = store["o"].numpy(); lo = np.percentile(o, q); s = target_max / (o.max() - lo)
    with torch.no_grad(): conv.weight.mul_(s); conv.bias.copy_((conv.bias - float(lo)) * s)

LIMIT = 300_000
def put(path, t):
    """arrays above LIMIT bytes are stored with a spatial stride of 4 (x[..., ::4, ::4]) as <name>.s4.npy"""
    if t.numel() * 4 > LIMIT: C.npy(path + ".s4.npy", t[..., ::4, ::4])
    else: C.npy(path + ".npy", t)

def finish(name, model, cfg, prep, proc_cls, taps, images, fmt, extra_readme="", tap_images=("a_131x97",), save_px=("a_131x97",), keep_float_post=("a_131x97",), out_post=None):
    d = f"{C.G}/{name}"; os.makedirs(d, exist_ok=True)
    cfg = dict(cfg, torch_dtype="float16") if fmt in ("f16", "bin16") else cfg
    wjson(d, "config.json", cfg); wjson(d, "preprocessor_config.json", prep)
    sd = {k: v.clone().contiguous() for k, v in model.state_dict().items()}
    if fmt in ("f16", "bf16", "bin16"): sd = {k: v.to(torch.bfloat16 if fmt == "bf16" else torch.float16) if v.is_floating_point() else v for k, v in sd.items()}
    if fmt in ("bin", "bin16"): torch.save(sd, f"{d}/pytorch_model.bin")
    elif fmt == "sharded":
        ks = list(sd); parts = [ks[: len(ks) // 2], ks[len(ks) // 2:]]; names = [f"model-{i + 1:05d}-of-00002.safetensors" for i in range(2)]
        for n, p in zip(names, parts): save_file({k: sd[k] for k in p}, f"{d}/{n}", metadata={"format": "pt"})
        wjson(d, "model.safetensors.index.json", {"metadata": {"total_size": sum(v.numel() * v.element_size() for v in sd.values())}, "weight_map": {k: n for n, p in zip(names, parts) for k in p}})
    else: save_file(sd, f"{d}/model.safetensors", metadata={"format": "pt"})
    C.tensor_table(sd, f"{d}/tensor_names.json")
    # reload from disk with the library so that what is compared is what the files say
    proc = proc_cls.from_pretrained(d)
    m2, info = type(model).from_pretrained(d, output_loading_info=True)
    assert not info["missing_keys"] and not info["unexpected_keys"] and not info["mismatched_keys"], info
    m2.eval(); assert m2.dtype == torch.float32, m2.dtype  # half-precision files are widened: the forward is float32
    man = {"name": name, "transformers": transformers.__version__, "torch": torch.__version__, "format": fmt, "params": sum(v.numel() for v in sd.values()), "images": {}}
    for im in images:
        pil = C.load_rgb(im); inp = proc(images=pil, return_tensors="pt"); px = inp["pixel_values"]
        t = C.Taps(m2, taps if im in tap_images else [])
        with torch.no_grad(): out = m2(**inp)
        t.close(); pd = out.predicted_depth
        e = f"{d}/expected/{im}"
        if im in save_px: C.npy(f"{e}/pixel_values.npy", px)
        else: np.save(f"{e}_px_stats.npy", np.array([px.double().sum(), px.double().abs().sum(), (px.double() ** 2).sum()])) if os.makedirs(os.path.dirname(e), exist_ok=True) is None else None
        for k, v in t.v.items(): put(f"{e}/tap.{k}", v)
        put(f"{e}/predicted_depth", pd)
        o, f8 = C.article_post(pd, pil.size)
        if im in keep_float_post: C.npy(f"{e}/post_bicubic.npy", o)
        if f8.size > 100000: Image.fromarray(f8).save(f"{e}/post_uint8.png", optimize=True)
        else: np.save(f"{e}/post_uint8.npy", f8)
        man["images"][im] = {"size_wh": list(pil.size), "pixel_values_shape": list(px.shape), "predicted_depth_shape": list(pd.shape), "predicted_depth": C.stats(pd), "post_uint8": C.stats(f8), "taps": {k: list(v.shape) for k, v in t.v.items()}}
        # noise floor: the same network in float64 on the same pixel_values
        m64 = copy.deepcopy(m2).double()
        with torch.no_grad(): d64 = m64(pixel_values=px.double()).predicted_depth
        o64 = torch.nn.functional.interpolate(d64.unsqueeze(1), size=pil.size[::-1], mode="bicubic", align_corners=False).squeeze().numpy(); f64 = (255 - o64 * 255 / np.max(o64)).astype(np.uint8)
        man["images"][im]["float64_vs_float32"] = {"max_abs": float((d64 - pd).abs().max()), "rms": float((d64 - pd).pow(2).mean().sqrt()), "uint8_pixels_differing": int((f64 != f8).sum()), "uint8_max_diff": int(np.abs(f64.astype(int) - f8).max())}
        for k in out.keys():
            if k not in ("predicted_depth", "loss") and torch.is_tensor(out[k]): C.npy(f"{e}/{k}.npy", out[k])
    wjson(d, "manifest.json", man)
    with open(f"{d}/README.md", "w") as f:
        f.write(f"""# golden: {name}
Made by peers/{os.path.basename(sys.argv[0])} ({name}); transformers {transformers.__version__} (tag v4.43.4, commit 868d36d29ec132deeaaf8571b25b6a1b911d0145), torch {torch.__version__}, numpy {np.__version__}, Pillow from Debian bookworm, python 3.11, CPU float32, 2 threads.
Random weights: common.seed_init(model, seed) (see the script for the seed), then the library wrote/reloaded the files; the outputs are from the RELOADED model in eval().
- `{dict(bin='pytorch_model.bin', bin16='pytorch_model.bin', sharded='model-0000N-of-00002.safetensors + model.safetensors.index.json').get(fmt, 'model.safetensors')}`: weights (names and shapes: tensor_names.json)
- `expected/<image>/pixel_values.npy` [1,3,h,w] float32 after the image processor; `predicted_depth.npy` [1,h,w]; `tap.<module>.npy`: output of that module (forward hook);
  `post_bicubic.npy` = F.interpolate(predicted_depth[:,None], (H,W), bicubic, align_corners=False); `post_uint8.npy` = (255 - out*255/max(out)).astype(uint8)
- arrays above {LIMIT // 1000} KB are kept with a spatial stride of 4, x[..., ::4, ::4], as `*.s4.npy`; big uint8 maps as PNG (lossless)
- `expected/<image>_px_stats.npy`: float64 [sum, sum|x|, sum x^2] of pixel_values where the array itself is not kept.
Images: ../images. Shapes and ranges: manifest.json; there, float64_vs_float32 = the same network run in float64 on the same pixel_values (how far float32 itself is from exact: use it to choose tolerances).
{extra_readme}""")
    print(name, "KB", C.dir_size(d) // 1024, json.dumps({k: [v["pixel_values_shape"], v["predicted_depth_shape"], {a: round(b, 3) for a, b in v["predicted_depth"].items()}] for k, v in man["images"].items()}))

IMGS = ["a_131x97", "b_640x480", "c_120x200"]
DPT_LARGE_PREP = lambda s: {"do_normalize": True, "do_resize": True, "ensure_multiple_of": 1, "feature_extractor_type": "DPTFeatureExtractor", "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "keep_aspect_ratio": False, "resample": 2, "size": s}

def dpt_vit(name="dpt_vit", fmt="safetensors"):
    # config.json with the key set of the hub's Intel/dpt-large (older: no is_hybrid / backbone_* keys)
    cfg = {"architectures": ["DPTForDepthEstimation"], "attention_probs_dropout_prob": 0.0, "auxiliary_loss_weight": 0.4, "backbone_out_indices": [1, 2, 4, 5],
        "fusion_hidden_size": 24, "head_in_index": -1, "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "hidden_size": 48, "image_size": 96, "initializer_range": 0.02,
        "intermediate_size": 96, "layer_norm_eps": 1e-12, "model_type": "dpt", "neck_hidden_sizes": [16, 24, 32, 40], "num_attention_heads": 4, "num_channels": 3,
        "num_hidden_layers": 6, "patch_size": 16, "qkv_bias": True, "readout_type": "project", "reassemble_factors": [4, 2, 1, 0.5], "semantic_classifier_dropout": 0.1,
        "semantic_loss_ignore_index": 255, "torch_dtype": "float32", "transformers_version": "4.18.0.dev0", "use_auxiliary_head": True, "use_batch_norm_in_fusion_residual": False}
    prep = DPT_LARGE_PREP(96)
    m = DPTForDepthEstimation(DPTConfig.from_dict(cfg)).eval(); C.seed_init(m, 101)
    px = DPTImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    calibrate_relu_head(m, lambda m: m.head.head[4], px)
    taps = ["dpt.embeddings", "dpt.encoder.layer.0.attention", "dpt.encoder.layer.0", "dpt.encoder.layer.5", "neck.reassemble_stage", "neck.convs.0", "neck.convs.3", "neck.fusion_stage", "head.head.0"]
    finish(name, m, cfg, prep, DPTImageProcessor, taps, IMGS, fmt, "DPT-large style: ViT, readout 'project', backbone_out_indices are 0-based layer numbers. seed 101. preprocessor_config in the hub's OLD layout (size is an int, feature_extractor_type, no do_rescale => default true 1/255).\nHead calibrated (gen_models.calibrate_relu_head) so ~3% of the pixels meet the last ReLU.\n")

def hybrid_cfg():
    c = json.load(open(f"{C.HERE}/dpt_hybrid_layout.json")); c["architectures"] = ["DPTForDepthEstimation"]; c["torch_dtype"] = "float32"
    b = c["backbone_config"]; b["depths"] = [1, 2, 2]; b["embedding_size"] = 16; b["hidden_sizes"] = [32, 48, 64, 128]; b["num_groups"] = 8
    c.update(backbone_featmap_shape=[1, 64, 6, 6], backbone_out_indices=[0, 1, 2, 3], fusion_hidden_size=24, hidden_size=48, image_size=96, intermediate_size=96,
        neck_hidden_sizes=[32, 48, 40, 40], num_attention_heads=4, num_hidden_layers=4)
    return c

def dpt_hybrid(name="dpt_hybrid", fmt="f16", imgs=None, taps=None):
    cfg = hybrid_cfg()
    prep = {"do_normalize": True, "do_rescale": True, "do_resize": True, "ensure_multiple_of": 1, "image_mean": [0.5] * 3, "image_processor_type": "DPTFeatureExtractor", "image_std": [0.5] * 3,
        "keep_aspect_ratio": False, "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": 96, "width": 96}}
    m = DPTForDepthEstimation(DPTConfig.from_dict(cfg)).eval(); C.seed_init(m, 202)
    px = DPTImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    calibrate_relu_head(m, lambda m: m.head.head[4], px)
    bb = "dpt.embeddings.backbone.bit."
    if taps is None:
        taps = [bb + "embedder.convolution", bb + "embedder.norm", bb + "embedder", bb + "encoder.stages.0", bb + "encoder.stages.1.layers.0", bb + "encoder.stages.1", bb + "encoder.stages.2",
            "dpt.embeddings.projection", "dpt.embeddings", "dpt.encoder.layer.0", "dpt.encoder.layer.3", "neck.reassemble_stage", "neck.convs.0", "neck.fusion_stage", "head.head.0"]
    finish(name, m, cfg, prep, DPTImageProcessor, taps, imgs or IMGS, fmt, "DPT-hybrid: config.json has the layout of the hub's Intel/dpt-hybrid-midas at commit 65776c96 (generated by transformers 4.26.1 to_json_string; line numbers agree with the hub's diff), only the numbers are smaller. seed 202. Input is fixed at image_size (the model raises for another size).\n")

def glpn(name="glpn", fmt="bin16"):
    cfg = {"architectures": ["GLPNForDepthEstimation"], "attention_probs_dropout_prob": 0.0, "classifier_dropout_prob": 0.1, "decoder_hidden_size": 16, "depths": [2, 2, 2, 2], "downsampling_rates": [1, 4, 8, 16],
        "drop_path_rate": 0.1, "head_in_index": -1, "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "hidden_sizes": [16, 32, 40, 64], "image_size": 224, "initializer_range": 0.02, "layer_norm_eps": 1e-06,
        "max_depth": 10, "mlp_ratios": [4, 4, 4, 4], "model_type": "glpn", "num_attention_heads": [1, 2, 5, 8], "num_channels": 3, "num_encoder_blocks": 4, "patch_sizes": [7, 3, 3, 3],
        "sr_ratios": [8, 4, 2, 1], "strides": [4, 2, 2, 2], "torch_dtype": "float32", "transformers_version": "4.18.0.dev0"}
    prep = {"do_rescale": True, "do_resize": True, "feature_extractor_type": "GLPNFeatureExtractor", "resample": 2, "size_divisor": 32}
    m = GLPNForDepthEstimation(GLPNConfig.from_dict(cfg)).eval(); C.seed_init(m, 303)
    px = GLPNImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    conv = [x for x in m.head.modules() if isinstance(x, torch.nn.Conv2d)][-1]; st = {}
    h = conv.register_forward_hook(lambda mm, i, o: st.__setitem__("o", o.detach()))
    with torch.no_grad(): m(px)
    h.remove(); o = st["o"]
    with torch.no_grad(): s = 4.0 / float(o.std()); conv.weight.mul_(s / 2); conv.bias.copy_((conv.bias - o.mean()) * s / 2)
    taps = ["glpn.encoder.patch_embeddings.0", "glpn.encoder.block.0.0", "glpn.encoder.block.0.1", "glpn.encoder.layer_norm.0", "glpn.encoder.layer_norm.1", "glpn.encoder.layer_norm.3", "decoder.stages.0", "decoder.stages.1", "decoder.stages.1.fusion", "decoder.final_upsample"]
    taps = [t for t in taps if t in dict(m.named_modules())]
    finish(name, m, cfg, prep, GLPNImageProcessor, taps, ["a_131x97", "c_120x200", "b_640x480"], fmt, "GLPN: no mean/std at all, x/255 only; H and W rounded DOWN to a multiple of 32; output = sigmoid * max_depth. seed 303. Weights as pytorch_model.bin (torch.save zip), like the hub's original vinvino02/glpn-nyu.\n", keep_float_post=("a_131x97",))

DA_PREP = lambda s: {"_valid_processor_keys": ["images", "do_resize", "size", "keep_aspect_ratio", "ensure_multiple_of", "resample", "do_rescale", "rescale_factor", "do_normalize", "image_mean", "image_std", "do_pad", "size_divisor", "return_tensors", "data_format", "input_data_format"],
    "do_normalize": True, "do_pad": False, "do_rescale": True, "do_resize": True, "ensure_multiple_of": 14, "image_mean": [0.485, 0.456, 0.406], "image_processor_type": "DPTImageProcessor", "image_std": [0.229, 0.224, 0.225],
    "keep_aspect_ratio": True, "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"height": s, "width": s}, "size_divisor": None}

def depth_anything(name="depth_anything", fmt="safetensors", metric=False, oi=(3, 4, 5, 6), seed=404):
    cfg = {"_commit_hash": None, "architectures": ["DepthAnythingForDepthEstimation"], "backbone": None,
        "backbone_config": {"architectures": ["Dinov2Model"], "hidden_size": 48, "image_size": 70, "model_type": "dinov2", "num_attention_heads": 4, "num_hidden_layers": 6, "mlp_ratio": 2,
            "out_features": [f"stage{i}" for i in oi], "out_indices": list(oi), "patch_size": 14, "reshape_hidden_states": False, "torch_dtype": "float32"},
        "fusion_hidden_size": 24, "head_hidden_size": 32, "head_in_index": -1, "initializer_range": 0.02, "model_type": "depth_anything", "neck_hidden_sizes": [12, 24, 32, 48], "patch_size": 14,
        "reassemble_factors": [4, 2, 1, 0.5], "reassemble_hidden_size": 48, "torch_dtype": "float32", "transformers_version": None, "use_pretrained_backbone": False}
    if metric: cfg.update(depth_estimation_type="metric", max_depth=20)
    prep = DA_PREP(98)
    m = DepthAnythingForDepthEstimation(DepthAnythingConfig.from_dict(copy.deepcopy(cfg))).eval(); C.seed_init(m, seed)
    px = DPTImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    if metric: calibrate_relu_head(m, lambda m: m.head.conv3, px, 4.0, 50.0)
    else: calibrate_relu_head(m, lambda m: m.head.conv3, px)
    taps = ["backbone.embeddings.patch_embeddings", "backbone.embeddings", "backbone.encoder.layer.0", "backbone.encoder.layer.5", "neck.reassemble_stage", "neck.convs.0", "neck.fusion_stage", "head.conv1"]
    mods = dict(m.named_modules()); taps = [t for t in taps if t in mods]
    bbn = m.backbone
    finish(name, m, cfg, prep, DPTImageProcessor, taps, IMGS, fmt, f"Depth Anything ({'metric: sigmoid*max_depth' if metric else 'relative: ReLU'}). seed {seed}. Non-square inputs: DINOv2 position embeddings are bicubic-interpolated with scale_factor (n+0.1)/sqrt(N) in this version.\n")
    if not metric:
        d = f"{C.G}/{name}/pos_embed"; e = bbn.embeddings
        for (h, w) in ((98, 126), (98, 98), (126, 98), (70, 70), (56, 84), (518, 686)):
            n = (h // 14) * (w // 14)
            C.npy(f"{d}/scale_factor_0.1_{h}x{w}.npy", e.interpolate_pos_encoding(torch.zeros(1, n + 1, 48), h, w)) if h < 500 else None
            pe = e.position_embeddings.detach(); g = pe[:, 1:].reshape(1, 5, 5, 48).permute(0, 3, 1, 2)
            z = torch.nn.functional.interpolate(g, size=(h // 14, w // 14), mode="bicubic", align_corners=False).permute(0, 2, 3, 1).reshape(1, -1, 48)
            C.npy(f"{d}/size_{h}x{w}.npy", torch.cat((pe[:, :1], z), 1)) if h < 500 else None

def zoedepth(name="zoedepth", fmt="f16"):
    beit = {"model_type": "beit", "hidden_size": 48, "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 96, "image_size": 64, "patch_size": 16, "use_relative_position_bias": True, "use_shared_relative_position_bias": False,
        "use_absolute_position_embeddings": False, "use_mask_token": False, "use_mean_pooling": True, "layer_scale_init_value": 0.1, "layer_norm_eps": 1e-12, "out_features": ["stage1", "stage2", "stage3", "stage4"], "out_indices": [1, 2, 3, 4], "reshape_hidden_states": False, "add_fpn": False}
    cfg = {"architectures": ["ZoeDepthForDepthEstimation"], "model_type": "zoedepth", "backbone_config": beit, "backbone": None, "neck_hidden_sizes": [12, 24, 32, 48], "fusion_hidden_size": 24, "bottleneck_features": 24, "num_relative_features": 16,
        "num_attractors": [8, 4, 2, 1], "bin_embedding_dim": 16, "attractor_alpha": 1000, "attractor_gamma": 2, "attractor_kind": "mean", "min_temp": 0.0212, "max_temp": 50.0, "bin_centers_type": "softplus",
        "bin_configurations": [{"max_depth": 10.0, "min_depth": 0.001, "n_bins": 16}], "readout_type": "project", "reassemble_factors": [4, 2, 1, 0.5], "hidden_act": "gelu", "head_in_index": -1,
        "use_batch_norm_in_fusion_residual": False, "use_bias_in_fusion_residual": None, "add_projection": False, "batch_norm_eps": 1e-05, "initializer_range": 0.02, "torch_dtype": "float32", "num_out_features": [24, 24, 24, 24]}
    prep = {"do_normalize": True, "do_pad": True, "do_rescale": True, "do_resize": True, "ensure_multiple_of": 32, "image_mean": [0.5] * 3, "image_processor_type": "ZoeDepthImageProcessor", "image_std": [0.5] * 3, "keep_aspect_ratio": True,
        "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": 96, "width": 128}}
    m = ZoeDepthForDepthEstimation(ZoeDepthConfig.from_dict(copy.deepcopy(cfg))).eval(); C.seed_init(m, 505)
    px = ZoeDepthImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    calibrate_relu_head(m, lambda m: m.relative_head.conv3, px, 3.0)
    mods = dict(m.named_modules())
    taps = [t for t in ["backbone.embeddings", "backbone.encoder.layer.0", "neck.reassemble_stage", "neck.fusion_stage", "relative_head", "metric_head.conv2", "metric_head.seed_bin_regressor", "metric_head.seed_projector", "metric_head.attractors.0", "metric_head.attractors.3", "metric_head.conditional_log_binomial"] if t in mods]
    finish(name, m, cfg, prep, ZoeDepthImageProcessor, taps, IMGS, fmt, "ZoeDepth (BEiT backbone with relative position bias, one bin configuration = ZoeD-N style). seed 505. The processor PADS first (reflect) then resizes with torch bilinear align_corners=True.\n")

ALL = {"dpt_vit": dpt_vit, "dpt_hybrid": dpt_hybrid, "dpt_hybrid_bin": lambda: dpt_hybrid("dpt_hybrid_bin", "bin16", ["a_131x97"], []), "glpn": glpn, "depth_anything": depth_anything,
    "depth_anything_metric": lambda: depth_anything("depth_anything_metric", "f16", True, (1, 3, 4, 6), 414), "zoedepth": zoedepth}
if __name__ == "__main__":
    for n in (sys.argv[1:] or ALL):
        shutil.rmtree(f"{C.G}/{n}", ignore_errors=True); ALL[n]()
