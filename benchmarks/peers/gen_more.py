"""Further golden folders: DPT on BEiT / Swinv2 / DINOv2, half-precision and sharded weight files, ZoeDepth K and NK, Depth Anything metric outdoor, Marigold LCM and E2E.
usage: . ./env.sh; $PY gen_more.py [name ...]   (needs the folders of gen_models.py and gen_marigold.py)"""
import sys, json, os, copy, shutil
import numpy as np, torch
import common as C, gen_models as M
from gen_models import wjson, finish, calibrate_relu_head, IMGS
from transformers import (DPTConfig, DPTForDepthEstimation, DPTImageProcessor, DepthAnythingConfig, DepthAnythingForDepthEstimation, ZoeDepthConfig, ZoeDepthForDepthEstimation, ZoeDepthImageProcessor)
torch.set_num_threads(2); M.LIMIT = 200_000
HALF = dict(image_mean=[0.5] * 3, image_std=[0.5] * 3)
PREP = lambda h, w, **k: {"do_normalize": True, "do_pad": False, "do_rescale": True, "do_resize": True, "ensure_multiple_of": 1, "image_processor_type": "DPTImageProcessor", "keep_aspect_ratio": False, "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"height": h, "width": w}, "size_divisor": None, **HALF, **k}
DPT_TAIL = {"add_projection": False, "architectures": ["DPTForDepthEstimation"], "auxiliary_loss_weight": 0.4, "backbone": None, "backbone_featmap_shape": None, "head_in_index": -1, "hidden_act": "gelu", "initializer_range": 0.02, "is_hybrid": False, "model_type": "dpt", "neck_ignore_stages": [],
    "patch_size": 16, "readout_type": "project", "reassemble_factors": [4, 2, 1, 0.5], "semantic_classifier_dropout": 0.1, "semantic_loss_ignore_index": 255, "torch_dtype": "float32", "use_auxiliary_head": True, "use_batch_norm_in_fusion_residual": False, "use_bias_in_fusion_residual": None, "use_pretrained_backbone": False}
beit = lambda **k: {"add_fpn": False, "hidden_act": "gelu", "image_size": 64, "layer_norm_eps": 1e-12, "layer_scale_init_value": 0.1, "model_type": "beit", "num_channels": 3, "patch_size": 16, "reshape_hidden_states": False, "use_absolute_position_embeddings": False, "use_mask_token": False, "use_mean_pooling": True,
    "use_relative_position_bias": True, "use_shared_relative_position_bias": False, **k}

def have(m, taps):
    d = dict(m.named_modules()); return [t for t in taps if t in d]

def unused(name, M_, P_):
    """the parameters that predicted_depth does not depend on (no gradient)"""
    d = f"{C.G}/{name}"; m = M_.from_pretrained(d).eval(); px = P_.from_pretrained(d)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    m(px).predicted_depth.sum().backward(); json.dump([k for k, p in m.named_parameters() if p.grad is None], open(f"{d}/unused_tensors.json", "w"), indent=0)

def dpt(name, cfg, prep, seed, taps, text, fmt="f16", imgs=IMGS, after=lambda m: None):
    m = DPTForDepthEstimation(DPTConfig.from_dict(copy.deepcopy(cfg))).eval(); C.seed_init(m, seed); after(m)
    px = DPTImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]
    calibrate_relu_head(m, lambda m: m.head.head[4], px)
    finish(name, m, cfg, prep, DPTImageProcessor, have(m, taps), imgs, fmt, text); unused(name, DPTForDepthEstimation, DPTImageProcessor)

def dpt_beit():
    cfg = dict(DPT_TAIL, backbone_config=beit(hidden_size=48, num_hidden_layers=5, num_attention_heads=4, intermediate_size=96, out_features=["stage1", "stage2", "stage4", "stage5"], out_indices=[1, 2, 4, 5]), fusion_hidden_size=24, hidden_size=768, image_size=384, layer_norm_eps=1e-12, neck_hidden_sizes=[16, 24, 32, 40], num_attention_heads=12, num_hidden_layers=12)
    prep = PREP(96, 128, ensure_multiple_of=32)
    dpt("dpt_beit", cfg, prep, 701, ["backbone.embeddings", "backbone.encoder.layer.0.attention", "backbone.encoder.layer.0", "backbone.encoder.layer.4", "neck.reassemble_stage", "neck.convs.0", "neck.fusion_stage", "head.head.0"],
        "DPT on BEiT (Intel/dpt-beit-* layout): the encoder's numbers are those of backbone_config, the ViT numbers at top level are IGNORED. Pretrained window 4x4 (image_size 64), inputs are 96x128 = 6x8 patches: every layer's relative position bias table is resized (bilinear, align_corners False), its last 3 rows are not.\n`key` has no bias; out_features are 1-based (stage0 = embeddings), hidden states are taken raw (no final norm), CLS kept. seed 701.\n")

def swin_fix(seed):
    def f(m):
        g = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            for n, p in m.named_parameters():
                if n.endswith("logit_scale"): p.copy_(2.3 + 1.6 * torch.rand(p.shape, generator=g)); p.view(-1)[0] = 5.0  # above log(100): the clamp must act
    return f

def dpt_swinv2():
    b = {"depths": [2, 2, 2, 1], "drop_path_rate": 0.1, "embed_dim": 16, "encoder_stride": 32, "hidden_act": "gelu", "hidden_size": 128, "image_size": 64, "layer_norm_eps": 1e-05, "mlp_ratio": 2.0, "model_type": "swinv2", "num_channels": 3, "num_heads": [1, 2, 4, 8], "num_layers": 4, "out_features": ["stage1", "stage2", "stage3", "stage4"],
        "out_indices": [1, 2, 3, 4], "patch_size": 4, "path_norm": True, "pretrained_window_sizes": [0, 0, 0, 0], "qkv_bias": True, "use_absolute_embeddings": False, "window_size": 4}
    cfg = dict(DPT_TAIL, backbone_config=b, fusion_hidden_size=24, hidden_size=768, image_size=384, neck_hidden_sizes=[16, 32, 64, 128])
    dpt("dpt_swinv2", cfg, PREP(64, 64), 702, ["backbone.embeddings", "backbone.encoder.layers.0.blocks.0.attention", "backbone.encoder.layers.0.blocks.0", "backbone.encoder.layers.0.blocks.1", "backbone.encoder.layers.0", "backbone.encoder.layers.3", "neck.convs.0", "neck.convs.3", "neck.fusion_stage", "head.head.0"],
        "DPT on Swin v2 (Intel/dpt-swinv2-tiny-256 layout): no reassemble stage (neck.reassemble_stage has no tensors), feature maps are the stage outputs BEFORE downsampling, not normed. Cosine attention (logit_scale clamped at log(100): the first head of every block is above the clamp), continuous position bias 16*sigmoid(mlp(log-spaced coords)), res-post-norm. Window 4 on 16x16, 8x8, 4x4 and 2x2 grids: blocks of odd number shift by window//2 only where the grid is larger than the window; at 2x2 the window becomes 2. Windows and shifts follow from config image_size, not from the size of the input. seed 702.\n", after=swin_fix(7021))

def dpt_dinov2():
    b = {"apply_layernorm": False, "hidden_act": "gelu", "hidden_size": 48, "image_size": 70, "layer_norm_eps": 1e-06, "layerscale_value": 1.0, "mlp_ratio": 2, "model_type": "dinov2", "num_attention_heads": 4, "num_channels": 3, "num_hidden_layers": 4, "out_features": ["stage1", "stage2", "stage3", "stage4"], "out_indices": [1, 2, 3, 4],
        "patch_size": 14, "qkv_bias": True, "reshape_hidden_states": False, "use_swiglu_ffn": False}
    cfg = dict(DPT_TAIL, add_projection=True, backbone_config=b, fusion_hidden_size=24, hidden_size=768, image_size=384, neck_hidden_sizes=[12, 24, 32, 40], use_bias_in_fusion_residual=False)
    prep = {"do_normalize": True, "do_pad": True, "do_rescale": False, "do_resize": False, "ensure_multiple_of": 1, "image_mean": [123.675, 116.28, 103.53], "image_processor_type": "DPTImageProcessor", "image_std": [58.395, 57.12, 57.375], "keep_aspect_ratio": False, "resample": 3, "rescale_factor": 0.00392156862745098, "size": {"height": 384, "width": 384}, "size_divisor": 14}
    dpt("dpt_dinov2", cfg, prep, 703, ["backbone.embeddings", "backbone.encoder.layer.0", "backbone.encoder.layer.3", "neck.reassemble_stage", "neck.convs.0", "neck.fusion_stage", "head.projection", "head.head.0"],
        "DPT on DINOv2 (facebook/dpt-dinov2-* layout): no resize, no rescale, mean/std on the 0..255 scale, normalise THEN pad centrally with ZEROS to a multiple of 14 (the smaller half goes left/top). No final layernorm on the taps, readout 'project', no bias in the fusion residual convolutions, head projection 3x3+ReLU (add_projection; the library hard-codes 256 channels there, peer_patches.py makes it fusion_hidden_size).\nThe article's post-processing resizes the whole padded map to the image size; the padding is NOT cropped. The grids here are odd (7 x 10 and so on): stage 4 is ceil(n/2), so fusion resizes its skip input (bilinear, align_corners False) and the output is 32*ceil(n/2) in each direction, not 16*n. seed 703.\n", imgs=["a_131x97", "c_120x200"])

def depth_anything_half(name, fmt):
    src = f"{C.G}/depth_anything"; cfg, prep = (json.load(open(f"{src}/{f}")) for f in ("config.json", "preprocessor_config.json")); cfg["torch_dtype"] = {"f16": "float16", "bf16": "bfloat16"}[fmt]
    m = DepthAnythingForDepthEstimation.from_pretrained(src).eval()
    finish(name, m, cfg, prep, DPTImageProcessor, [], IMGS if fmt == "f16" else ["a_131x97", "c_120x200"], fmt, f"The weights of ../depth_anything stored as {fmt.upper()} (round to nearest even). The library widens them to float32 and computes in float32: so must you.\n"); unused(name, DepthAnythingForDepthEstimation, DPTImageProcessor)

def dpt_vit_sharded():
    src = f"{C.G}/dpt_vit"; cfg, prep = (json.load(open(f"{src}/{f}")) for f in ("config.json", "preprocessor_config.json")); m = DPTForDepthEstimation.from_pretrained(src).eval()
    finish("dpt_vit_sharded", m, cfg, prep, DPTImageProcessor, [], ["a_131x97"], "sharded", "The weights of ../dpt_vit in two shards with model.safetensors.index.json; same expected values.\n"); unused("dpt_vit_sharded", DPTForDepthEstimation, DPTImageProcessor)

def depth_anything_metric_outdoor():
    oi = (2, 3, 5, 6); b = {"architectures": ["Dinov2Model"], "hidden_size": 48, "image_size": 70, "model_type": "dinov2", "num_attention_heads": 4, "num_hidden_layers": 6, "mlp_ratio": 2, "out_features": [f"stage{i}" for i in oi], "out_indices": list(oi), "patch_size": 14, "reshape_hidden_states": False, "torch_dtype": "float32"}
    cfg = {"architectures": ["DepthAnythingForDepthEstimation"], "backbone": None, "backbone_config": b, "depth_estimation_type": "metric", "fusion_hidden_size": 24, "head_hidden_size": 32, "head_in_index": -1, "initializer_range": 0.02, "max_depth": 80, "model_type": "depth_anything", "neck_hidden_sizes": [12, 24, 32, 48], "patch_size": 14,
        "reassemble_factors": [4, 2, 1, 0.5], "reassemble_hidden_size": 48, "torch_dtype": "float32", "transformers_version": "4.45.0.dev0", "use_pretrained_backbone": False}
    prep = M.DA_PREP(84); m = DepthAnythingForDepthEstimation(DepthAnythingConfig.from_dict(copy.deepcopy(cfg))).eval(); C.seed_init(m, 424)
    px = DPTImageProcessor.from_dict(prep)(images=C.load_rgb("a_131x97"), return_tensors="pt")["pixel_values"]; calibrate_relu_head(m, lambda m: m.head.conv3, px, 4.0, 50.0)
    finish("depth_anything_metric_outdoor", m, cfg, prep, DPTImageProcessor, have(m, ["backbone.encoder.layer.5", "neck.fusion_stage", "head.conv2"]), IMGS, "f16", "Depth Anything V2 metric outdoor layout: sigmoid * max_depth (80), taps not the last four layers. seed 424.\n"); unused("depth_anything_metric_outdoor", DepthAnythingForDepthEstimation, DPTImageProcessor)

ZOE_PREP = lambda h, w, **k: {"do_normalize": True, "do_pad": True, "do_rescale": True, "do_resize": True, "ensure_multiple_of": 32, "image_processor_type": "ZoeDepthImageProcessor", "keep_aspect_ratio": True, "resample": 2, "rescale_factor": 0.00392156862745098, "size": {"height": h, "width": w}, **HALF, **k}
ZOE = {"add_projection": False, "architectures": ["ZoeDepthForDepthEstimation"], "attractor_alpha": 1000, "attractor_gamma": 2, "attractor_kind": "mean", "backbone": None, "batch_norm_eps": 1e-05, "head_in_index": -1, "hidden_act": "gelu", "initializer_range": 0.02, "max_temp": 50.0, "min_temp": 0.0212, "model_type": "zoedepth", "readout_type": "project",
    "reassemble_factors": [4, 2, 1, 0.5], "torch_dtype": "float32", "use_batch_norm_in_fusion_residual": False, "use_bias_in_fusion_residual": None, "use_pretrained_backbone": False}
def zoe_build(cfg, prep, seed, images=None):
    m = ZoeDepthForDepthEstimation(ZoeDepthConfig.from_dict(copy.deepcopy(cfg))).eval(); C.seed_init(m, seed); proc = ZoeDepthImageProcessor.from_dict(prep)
    imgs = images or [C.load_rgb(i) for i in IMGS]; px = [proc(images=i, return_tensors="pt")["pixel_values"] for i in imgs]; calibrate_relu_head(m, lambda m: m.relative_head.conv3, px[0], 3.0)
    if len(cfg["bin_configurations"]) > 1:  # place the decision threshold so that the images do not all take the same route
        with torch.no_grad():
            d = sorted(float((lambda l: l[0, 0] - l[0, 1])(m(x).domain_logits)) for x in px); gaps = [(b - a, (a + b) / 2) for a, b in zip(d, d[1:])]; g, t = max(gaps); m.metric_head.mlp_classifier.linear2.bias[0] -= t
            s = 1.5 / (g / 2); m.metric_head.mlp_classifier.linear2.weight.mul_(s); m.metric_head.mlp_classifier.linear2.bias.mul_(s)
    return m
ZTAPS = ["backbone.embeddings", "neck.fusion_stage", "relative_head", "metric_head.conv2", "metric_head.seed_bin_regressor", "metric_head.seed_projector", "metric_head.attractors.0", "metric_head.attractors.3", "metric_head.conditional_log_binomial", "metric_head.patch_transformer", "metric_head.mlp_classifier"]

def zoedepth_kitti():
    cfg = dict(ZOE, backbone_config=beit(hidden_size=40, num_hidden_layers=4, num_attention_heads=4, intermediate_size=80, out_features=["stage1", "stage2", "stage3", "stage4"], out_indices=[1, 2, 3, 4]), bin_centers_type="normed", bin_configurations=[{"max_depth": 80.0, "min_depth": 0.001, "n_bins": 16}], bin_embedding_dim=16, bottleneck_features=16, fusion_hidden_size=16, neck_hidden_sizes=[12, 16, 24, 32], num_attractors=[8, 4, 2, 1], num_relative_features=16)
    prep = ZOE_PREP(64, 96); m = zoe_build(cfg, prep, 506)
    finish("zoedepth_kitti", m, cfg, prep, ZoeDepthImageProcessor, have(m, ZTAPS), IMGS, "f16", "ZoeDepth with bin_centers_type 'normed' (ZoeD_K): seed bins = widths (ReLU + 1e-3, normalised over the bins) -> cumulative edges from min_depth -> centres; the attractor convolution gives 2*n channels, +1e-3, viewed as [n,2]; only [:, 0] is used (un-normalised); the new centres go on normed to the next layer, the last ones are scaled, SORTED and clipped to [min,max]. seed 506.\n"); unused("zoedepth_kitti", ZoeDepthForDepthEstimation, ZoeDepthImageProcessor)

def zoedepth_nk():
    cfg = dict(ZOE, backbone_config=beit(hidden_size=32, num_hidden_layers=4, num_attention_heads=4, intermediate_size=64, out_features=["stage1", "stage2", "stage3", "stage4"], out_indices=[1, 2, 3, 4]), bin_centers_type="softplus", bin_configurations=[{"max_depth": 10.0, "min_depth": 0.001, "n_bins": 16, "name": "nyu"}, {"max_depth": 80.0, "min_depth": 0.001, "n_bins": 16, "name": "kitti"}],
        bin_embedding_dim=16, bottleneck_features=16, fusion_hidden_size=16, neck_hidden_sizes=[12, 16, 24, 24], num_attractors=[16, 8, 4, 1], num_relative_features=16, num_patch_transformer_layers=4, patch_transformer_hidden_size=128, patch_transformer_intermediate_size=48, patch_transformer_num_attention_heads=4)
    prep = ZOE_PREP(64, 96); m = zoe_build(cfg, prep, 507)
    finish("zoedepth_nk", m, cfg, prep, ZoeDepthImageProcessor, have(m, ZTAPS), IMGS, "f16", "ZoeDepth with two bin configurations (ZoeD_NK): the patch transformer (zero CLS token in front, [sin|cos] positions, 4 POST-norm layers, ReLU) and the MLP give domain_logits.npy [1,2]; argmax chooses the head; the images here take different routes (manifest, expected/*/domain_logits.npy).\nEVERY attractor layer of the NK model has 16 attractors whatever num_attractors says (the library passes num_attractors[i] as n_bins): read the count from the weight's shape. Mixed widths: projectors and seed regressor use bin_embedding_dim//2 hidden channels (single-head models use 128 / 256), bottleneck factor 4 (single: 2), and relative depth is NOT concatenated. seed 507.\n", tap_images=("a_131x97",)); unused("zoedepth_nk", ZoeDepthForDepthEstimation, ZoeDepthImageProcessor)

# ------------------------------------------------------------------ Marigold variants on the weights of ../marigold
def marigold_parts(name):
    from diffusers import AutoencoderKL, UNet2DConditionModel
    src, d = f"{C.G}/marigold", f"{C.G}/{name}"; os.makedirs(d)
    for p in ("unet", "vae", "text_encoder"): shutil.copytree(f"{src}/{p}", f"{d}/{p}")
    for p in ("empty_text_embedding.npy", "empty_text_input_ids.npy"): shutil.copy(f"{src}/{p}", f"{d}/{p}")
    return d, UNet2DConditionModel.from_pretrained(f"{d}/unet").eval(), AutoencoderKL.from_pretrained(f"{d}/vae").eval(), torch.from_numpy(np.load(f"{d}/empty_text_embedding.npy"))

def marigold_lcm():
    import fix_diffusers; import diffusers.schedulers.scheduling_lcm as L; from diffusers import LCMScheduler, MarigoldDepthPipeline
    d, unet, vae, emb = marigold_parts("marigold_lcm"); cfg = json.load(open(f"{C.G}/marigold/schedulers/lcm.json")); idx = json.load(open(f"{C.G}/marigold/model_index.json"))
    os.makedirs(f"{d}/scheduler"); wjson(d, "scheduler/scheduler_config.json", cfg); idx.update(default_denoising_steps=1, scheduler=["diffusers", "LCMScheduler"]); wjson(d, "model_index.json", idx); man = {"images": {}}
    orig = L.randn_tensor
    for im in ("a_131x97", "c_120x200"):
        pil = C.load_rgb(im); e = f"{d}/expected/{im}"; pipe = MarigoldDepthPipeline(unet=unet, vae=vae, scheduler=LCMScheduler.from_config(cfg), text_encoder=None, tokenizer=None, prediction_type="depth", scale_invariant=True, shift_invariant=True, default_denoising_steps=1, default_processing_resolution=96)
        pipe.set_progress_bar_config(disable=True); pipe.empty_text_embedding = emb
        px, pad, _ = pipe.image_processor.preprocess(pil, 96, "bilinear", torch.device("cpu"), torch.float32); h, w = px.shape[-2] // 8, px.shape[-1] // 8; g = torch.Generator().manual_seed(651)
        x0 = torch.randn(1, 4, h, w, generator=g); noises = [torch.randn(1, 4, h, w, generator=g) for _ in range(3)]; C.npy(f"{e}/init_latents.npy", x0); C.npy(f"{e}/step_noises.npy", torch.cat(noises)); man["images"][im] = {}
        for n in (1, 2, 4):
            it = iter(noises); L.randn_tensor = lambda shape, **k: next(it)
            full = pipe(pil, num_inference_steps=n, latents=x0.clone(), processing_resolution=96, output_latent=True); ts = [int(t) for t in pipe.scheduler.timesteps]; it = iter(noises)
            proc = pipe(pil, num_inference_steps=n, latents=x0.clone(), processing_resolution=96, match_input_resolution=False).prediction[0, ..., 0]
            C.npy(f"{e}/steps{n}_latent.npy", full.latent); C.npy(f"{e}/steps{n}_depth_proc.npy", proc); (C.npy(f"{e}/steps{n}_depth_full.npy", full.prediction[0, ..., 0]) if n == 1 else None); man["images"][im][f"steps{n}"] = dict(timesteps=ts, depth=C.stats(full.prediction))
    L.randn_tensor = orig; wjson(d, "manifest.json", man)
    open(f"{d}/README.md", "w").write("""# golden: Marigold with the LCM scheduler
Made by peers/gen_more.py (marigold_lcm); diffusers 0.30.3, the weights of ../marigold. scheduler/scheduler_config.json is an LCMScheduler (original_inference_steps 50, timestep_scaling 10, v_prediction). Seed 651.
expected/<image>/: init_latents, step_noises [3,4,h,w] (noise i is added after step i; the LAST step adds none, so n steps use n-1 noises), steps<n>_latent (final latent), steps<n>_depth_proc for n = 1, 2, 4, and steps1_depth_full. manifest.json: timesteps.
A step: c_skip = s^2/((10 t)^2+s^2), c_out = 10 t/sqrt((10 t)^2+s^2), s = 0.5; denoised = c_out*x0 + c_skip*sample; prev = sqrt(a_prev)*denoised + sqrt(1-a_prev)*noise, prev timestep = the NEXT entry of timesteps.
""")
    print("marigold_lcm KB", C.dir_size(d) // 1024, man)

def marigold_e2e():
    import fix_diffusers; from diffusers import DDIMScheduler, MarigoldDepthPipeline
    d, unet, vae, emb = marigold_parts("marigold_e2e"); cfg = json.load(open(f"{C.G}/marigold/schedulers/trailing.json")); idx = json.load(open(f"{C.G}/marigold/model_index.json")); idx.update(default_denoising_steps=1); wjson(d, "model_index.json", idx)
    os.makedirs(f"{d}/scheduler"); wjson(d, "scheduler/scheduler_config.json", cfg); man = {"images": {}}
    for im in ("a_131x97", "c_120x200"):
        pil = C.load_rgb(im); e = f"{d}/expected/{im}"; pipe = MarigoldDepthPipeline(unet=unet, vae=vae, scheduler=DDIMScheduler.from_config(cfg), text_encoder=None, tokenizer=None, prediction_type="depth", scale_invariant=True, shift_invariant=True, default_denoising_steps=1, default_processing_resolution=96)
        pipe.set_progress_bar_config(disable=True); pipe.empty_text_embedding = emb; px, pad, _ = pipe.image_processor.preprocess(pil, 96, "bilinear", torch.device("cpu"), torch.float32); z = torch.zeros(1, 4, px.shape[-2] // 8, px.shape[-1] // 8)
        with torch.no_grad():
            il = vae.encode(px).latent_dist.mode() * vae.config.scaling_factor; s = DDIMScheduler.from_config(cfg); s.set_timesteps(1); t = s.timesteps[0]; v = unet(torch.cat([il, z], 1), t, encoder_hidden_states=emb, return_dict=False)[0]; st = s.step(v, t, z); dec = vae.decode(st.prev_sample / vae.config.scaling_factor, return_dict=False)[0]
        full = pipe(pil, num_inference_steps=1, latents=z.clone(), processing_resolution=96, output_latent=True); proc = pipe(pil, num_inference_steps=1, latents=z.clone(), processing_resolution=96, match_input_resolution=False).prediction[0, ..., 0]
        assert torch.equal(full.latent, st.prev_sample)
        r = dec.mean(1)[0, : proc.shape[0], : proc.shape[1]].numpy(); own = (r - r.min()) / (r.max() - r.min())
        for k, a in dict(unet_out=v, latent=full.latent, pred_original_sample=st.pred_original_sample, depth_proc=proc, depth_full=full.prediction[0, ..., 0], depth_proc_unclipped=r, depth_proc_minmax=own).items(): C.npy(f"{e}/{k}.npy", a)
        man["images"][im] = dict(timestep=int(t), latent_hw=list(z.shape[-2:]), depth=C.stats(full.prediction), decoded_mean=C.stats(r))
    wjson(d, "manifest.json", man)
    open(f"{d}/README.md", "w").write("""# golden: Marigold run the end-to-end fine-tuned way
Made by peers/gen_more.py (marigold_e2e); diffusers 0.30.3, the weights of ../marigold. ZERO initial latent, one step, trailing spacing (t = 999), v_prediction, ensemble 1, processing resolution 96: fully deterministic, no noise to exchange.
expected/<image>/: unet_out, latent (= prev_sample: a_prev is alphas_cumprod[0] because set_alpha_to_one is false, so it is NOT exactly pred_original_sample, which is kept too), depth_proc / depth_full (diffusers: channel mean, clip to [-1,1], (x+1)/2; full = bilinear, no antialias), depth_proc_unclipped (channel mean before the clip), depth_proc_minmax (the unclipped mean, min-max normalised: NOT what diffusers returns; kept for comparison).
""")
    print("marigold_e2e KB", C.dir_size(d) // 1024, json.dumps(man))

ALL = dict(dpt_beit=dpt_beit, dpt_swinv2=dpt_swinv2, dpt_dinov2=dpt_dinov2, depth_anything_fp16=lambda: depth_anything_half("depth_anything_fp16", "f16"), depth_anything_bf16=lambda: depth_anything_half("depth_anything_bf16", "bf16"), dpt_vit_sharded=dpt_vit_sharded,
    depth_anything_metric_outdoor=depth_anything_metric_outdoor, zoedepth_kitti=zoedepth_kitti, zoedepth_nk=zoedepth_nk, marigold_lcm=marigold_lcm, marigold_e2e=marigold_e2e)
if __name__ == "__main__":
    for n in (sys.argv[1:] or ALL):
        shutil.rmtree(f"{C.G}/{n}", ignore_errors=True); ALL[n]()
