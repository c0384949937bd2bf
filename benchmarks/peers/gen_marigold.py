"""Tiny Marigold (diffusers layout) goldens: v_prediction DDIM, 4 steps, ensemble 1 and 3; original v0.1.5 and v2 ensembling; LCM."""
import os, sys, json, shutil, types
import numpy as np, torch
import common as C
import diffusers, transformers, scipy, fix_diffusers
from diffusers import AutoencoderKL, UNet2DConditionModel, DDIMScheduler, LCMScheduler, MarigoldDepthPipeline
from transformers import CLIPTextConfig, CLIPTextModel
torch.set_num_threads(2)
D = f"{C.G}/marigold"; shutil.rmtree(D, ignore_errors=True); os.makedirs(D)
E = f"{D}/expected"

# --- text encoder: only used for the empty prompt: ids = [BOS, EOS] (padding do_not_pad) -> [1,2,dim]
tc = CLIPTextConfig(vocab_size=100, hidden_size=24, intermediate_size=48, num_hidden_layers=3, num_attention_heads=4, max_position_embeddings=77, hidden_act="gelu", bos_token_id=98, eos_token_id=99, projection_dim=16)
te = CLIPTextModel(tc).eval(); C.seed_init(te, 601); te.save_pretrained(f"{D}/text_encoder")
ids = torch.tensor([[98, 99]])
with torch.no_grad(): emb = te(ids)[0]
np.save(f"{D}/empty_text_input_ids.npy", ids.numpy()); C.npy(f"{D}/empty_text_embedding.npy", emb)

unet = UNet2DConditionModel(sample_size=8, in_channels=8, out_channels=4, layers_per_block=1, block_out_channels=(16, 16, 24, 24), norm_num_groups=8, cross_attention_dim=24, attention_head_dim=[2, 2, 3, 3],
    use_linear_projection=True, down_block_types=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",), up_block_types=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3).eval()
C.seed_init(unet, 602)
with torch.no_grad(): unet.conv_out.weight.mul_(0.6)
vae = AutoencoderKL(in_channels=3, out_channels=3, latent_channels=4, block_out_channels=(8, 16, 16, 16), down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    layers_per_block=1, norm_num_groups=8, sample_size=64, scaling_factor=0.18215).eval()
C.seed_init(vae, 603)
unet.save_pretrained(f"{D}/unet"); vae.save_pretrained(f"{D}/vae")
C.tensor_table(unet.state_dict(), f"{D}/unet/tensor_names.json"); C.tensor_table(vae.state_dict(), f"{D}/vae/tensor_names.json")
unet = UNet2DConditionModel.from_pretrained(f"{D}/unet").eval(); vae = AutoencoderKL.from_pretrained(f"{D}/vae").eval()

BASE = {"_class_name": "DDIMScheduler", "_diffusers_version": "0.8.0", "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": False, "num_train_timesteps": 1000,
        "prediction_type": "v_prediction", "set_alpha_to_one": False, "skip_prk_steps": True, "steps_offset": 1, "trained_betas": None}
SCHED = {"v1_0_leading": dict(BASE), "trailing": dict(BASE, timestep_spacing="trailing"), "v1_1_trailing_zsnr": dict(BASE, timestep_spacing="trailing", rescale_betas_zero_snr=True)}
def wj(p, o):
    os.makedirs(os.path.dirname(p), exist_ok=True); open(p, "w").write(json.dumps(o, indent=2) + "\n")
wj(f"{D}/scheduler/scheduler_config.json", SCHED["trailing"])          # the pipeline goldens use this one
for k, v in SCHED.items(): wj(f"{D}/schedulers/{k}.json", v)
LCM = {"_class_name": "LCMScheduler", "_diffusers_version": "0.27.0", "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": False, "clip_sample_range": 1.0, "dynamic_thresholding_ratio": 0.995,
       "num_train_timesteps": 1000, "original_inference_steps": 50, "prediction_type": "v_prediction", "rescale_betas_zero_snr": False, "sample_max_value": 1.0, "set_alpha_to_one": False, "skip_prk_steps": True, "steps_offset": 1, "thresholding": False,
       "timestep_scaling": 10.0, "timestep_spacing": "leading", "trained_betas": None}
wj(f"{D}/schedulers/lcm.json", LCM)
wj(f"{D}/model_index.json", {"_class_name": "MarigoldDepthPipeline", "_diffusers_version": "0.30.3", "default_denoising_steps": 4, "default_processing_resolution": 96, "prediction_type": "depth", "scale_invariant": True, "shift_invariant": True,
    "scheduler": ["diffusers", "DDIMScheduler"], "text_encoder": ["transformers", "CLIPTextModel"], "tokenizer": ["transformers", "CLIPTokenizer"], "unet": ["diffusers", "UNet2DConditionModel"], "vae": ["diffusers", "AutoencoderKL"]})

# --- scheduler goldens
g = torch.Generator().manual_seed(610)
S = {}
x0 = torch.randn(1, 4, 5, 6, generator=g); vs = [torch.randn(1, 4, 5, 6, generator=g) for _ in range(50)]
C.npy(f"{D}/schedulers/step_sample.npy", x0); C.npy(f"{D}/schedulers/step_model_outputs.npy", torch.cat(vs))
for k, cfg in SCHED.items():
    s = DDIMScheduler.from_config(cfg); C.npy(f"{D}/schedulers/{k}_alphas_cumprod.npy", s.alphas_cumprod)
    S[k] = {"config": dict(s.config), "timesteps": {}, "final_alpha_cumprod": float(s.final_alpha_cumprod)}
    for n in (1, 2, 4, 10, 20, 50):
        s.set_timesteps(n); S[k]["timesteps"][n] = [int(t) for t in s.timesteps]
        x = x0.clone(); tr = []
        for i, t in enumerate(s.timesteps): x = s.step(vs[i], t, x).prev_sample; tr.append(x)
        if n in (1, 4, 10): C.npy(f"{D}/schedulers/{k}_steps{n}.npy", torch.cat(tr))
s = LCMScheduler.from_config(LCM); S["lcm"] = {"config": dict(s.config), "timesteps": {}}
import diffusers.schedulers.scheduling_lcm as L
noises = [torch.randn(1, 4, 5, 6, generator=g) for _ in range(4)]; C.npy(f"{D}/schedulers/lcm_noises.npy", torch.cat(noises))
for n in (1, 2, 4):
    s.set_timesteps(n); S["lcm"]["timesteps"][n] = [int(t) for t in s.timesteps]
    it = iter(noises); L.randn_tensor = lambda shape, **k: next(it)
    x = x0.clone(); tr = []; dn = []
    for i, t in enumerate(s.timesteps):
        o = s.step(vs[i], t, x); x = o.prev_sample; tr.append(x); dn.append(o.denoised)
    C.npy(f"{D}/schedulers/lcm_steps{n}.npy", torch.cat(tr)); C.npy(f"{D}/schedulers/lcm_denoised{n}.npy", torch.cat(dn))
for k in S:
    S[k]["config"] = {a: b for a, b in S[k]["config"].items() if not a.startswith("_")}
wj(f"{D}/schedulers/schedulers.json", S)

# --- pipeline
pipe = MarigoldDepthPipeline(unet=unet, vae=vae, scheduler=DDIMScheduler.from_config(SCHED["trailing"]), text_encoder=te, tokenizer=None, prediction_type="depth", scale_invariant=True, shift_invariant=True, default_denoising_steps=4, default_processing_resolution=96)
pipe.set_progress_bar_config(disable=True); pipe.empty_text_embedding = emb
man = {"images": {}}
for im in ("a_131x97", "c_120x200"):
    pil = C.load_rgb(im)
    px, pad, orig = pipe.image_processor.preprocess(pil, 96, "bilinear", torch.device("cpu"), torch.float32)
    h, w = px.shape[-2] // 8, px.shape[-1] // 8
    lat = torch.randn(3, 4, h, w, generator=torch.Generator().manual_seed(620 + len(im)))
    e = f"{E}/{im}"; C.npy(f"{e}/pixel_values.npy", px); C.npy(f"{e}/init_latents.npy", lat)
    with torch.no_grad():
        post = vae.encode(px).latent_dist
        img_lat = post.mode() * vae.config.scaling_factor
        C.npy(f"{e}/vae_moments.npy", post.parameters); C.npy(f"{e}/image_latent.npy", img_lat)
        s = DDIMScheduler.from_config(SCHED["trailing"]); s.set_timesteps(4); x = lat[:1].clone()
        for i, t in enumerate(s.timesteps):
            v = unet(torch.cat([img_lat, x], 1), t, encoder_hidden_states=emb, return_dict=False)[0]
            x = s.step(v, t, x).prev_sample
            C.npy(f"{e}/step{i}_t{int(t)}_unet_out.npy", v); C.npy(f"{e}/step{i}_t{int(t)}_latent.npy", x)
        dec = vae.decode(x / vae.config.scaling_factor, return_dict=False)[0]; C.npy(f"{e}/vae_decoded_rgb.npy", dec)
        if im == "a_131x97":
            tp = C.Taps(unet, ["time_embedding", "conv_in", "down_blocks.0.resnets.0", "down_blocks.0.attentions.0", "down_blocks.0", "mid_block", "up_blocks.1", "conv_norm_out"])
            unet(torch.cat([img_lat, lat[:1]], 1), s.timesteps[0], encoder_hidden_states=emb); tp.close()
            for k, v in tp.v.items(): C.npy(f"{e}/unet_step0_tap.{k}.npy", v)
            tp = C.Taps(vae, ["encoder.conv_in", "encoder.down_blocks.0", "encoder.mid_block", "quant_conv"])
            vae.encode(px); tp.close()
            for k, v in tp.v.items(): C.npy(f"{e}/vae_tap.{k}" + (".s4.npy" if v.numel() * 4 > 120000 else ".npy"), v[..., ::4, ::4] if v.numel() * 4 > 120000 else v)
            tp = C.Taps(vae, ["decoder.conv_in", "decoder.mid_block", "decoder.up_blocks.1", "decoder.conv_norm_out"])
            vae.decode(x / vae.config.scaling_factor); tp.close()
            for k, v in tp.v.items(): C.npy(f"{e}/vae_tap.{k}" + (".s4.npy" if v.numel() * 4 > 120000 else ".npy"), v[..., ::4, ::4] if v.numel() * 4 > 120000 else v)
    o1 = pipe(pil, num_inference_steps=4, ensemble_size=1, processing_resolution=96, latents=lat[:1].clone(), match_input_resolution=True, output_latent=True)
    o1n = pipe(pil, num_inference_steps=4, ensemble_size=1, processing_resolution=96, latents=lat[:1].clone(), match_input_resolution=False)
    C.npy(f"{e}/ens1_depth_full.npy", o1.prediction[0, ..., 0]); C.npy(f"{e}/ens1_depth_proc.npy", o1n.prediction[0, ..., 0]); C.npy(f"{e}/ens1_latent.npy", o1.latent)
    print("latent diff", (o1.latent - x).abs().max(), x.abs().max(), o1.latent.abs().max()); assert torch.allclose(o1.latent, x, atol=1e-4)
    # record what the aligner really does
    rec = {}; orig_min = scipy.optimize.minimize
    def spy(fun, x0, **k):
        r = orig_min(fun, x0, **k); rec.update(x0=[float(q) for q in x0], x=[float(q) for q in r.x], fun=float(r.fun), nit=int(r.nit), nfev=int(r.nfev), success=bool(r.success), message=str(r.message), jac=[float(q) for q in r.jac], x0_dtype=str(np.asarray(x0).dtype)); return r
    scipy.optimize.minimize = spy
    o3 = pipe(pil, num_inference_steps=4, ensemble_size=3, processing_resolution=96, latents=lat.clone(), match_input_resolution=True, output_uncertainty=True, output_latent=True)
    o3n = pipe(pil, num_inference_steps=4, ensemble_size=3, processing_resolution=96, latents=lat.clone(), match_input_resolution=False, output_uncertainty=True)
    r_diff = dict(rec)
    with torch.no_grad(): members = torch.cat([pipe.decode_prediction(o3.latent[i:i + 1]) for i in range(3)])
    members = pipe.image_processor.unpad_image(members, pad)
    C.npy(f"{e}/ens3_members.npy", members[:, 0]); C.npy(f"{e}/ens3_depth_full.npy", o3.prediction[0, ..., 0]); C.npy(f"{e}/ens3_depth_proc.npy", o3n.prediction[0, ..., 0])
    C.npy(f"{e}/ens3_mean_depth_proc.npy", pipe.ensemble_depth(members.clone(), True, True, True, reduction="mean")[0][0, 0])
    C.npy(f"{e}/ens3_uncertainty_proc.npy", o3n.uncertainty[0, ..., 0]); C.npy(f"{e}/ens3_latents.npy", o3.latent)
    # ensembling of other versions on the same members
    al = {"diffusers_0.30.3_default(max_iter=2,tol=1e-3)": r_diff}
    sys.path.insert(0, f"{C.SRC}/Marigold-v0.1.5")
    from marigold.util import ensemble as E015
    E015.minimize = spy; rec.clear()
    d015, u015 = E015.ensemble_depths(members[:, 0].clone()); al["marigold_v0.1.5_default(max_iter=2,tol=1e-3)"] = dict(rec)
    C.npy(f"{e}/ens3_marigold_v0.1.5.npy", d015); C.npy(f"{e}/ens3_marigold_v0.1.5_uncertainty.npy", u015)
    rec.clear(); src = open(f"{C.SRC}/Marigold-HEAD/marigold/util/ensemble.py").read().replace("from .image_util import get_tv_resample_method, resize_max_res", "get_tv_resample_method = resize_max_res = None")
    m = types.ModuleType("ensemble_head"); exec(compile(src, "ensemble_head", "exec"), m.__dict__)
    dh, uh = m.ensemble_depth(members.clone(), output_uncertainty=True); al["marigold_HEAD_b1dffaaa_default(max_iter=50,tol=1e-6)"] = dict(rec)
    C.npy(f"{e}/ens3_marigold_HEAD.npy", dh[0, 0]); C.npy(f"{e}/ens3_marigold_HEAD_uncertainty.npy", uh[0, 0])
    scipy.optimize.minimize = orig_min
    # no alignment optimisation at all: min-max each member, median, min-max
    mm = members; s_ = 1 / (mm.amax((1, 2, 3), True) - mm.amin((1, 2, 3), True)); z = torch.median((mm - mm.amin((1, 2, 3), True)) * s_, dim=0).values[0]
    z = (z - z.min()) / (z.max() - z.min()); C.npy(f"{e}/ens3_minmax_median_only.npy", z)
    man["images"][im] = {"orig_hw": list(orig), "pad_h_w": list(pad), "pixel_values": list(px.shape), "ens1": C.stats(o1.prediction), "ens3": C.stats(o3.prediction), "members": [C.stats(q) for q in members], "align": al,
        "max_abs_diff": {"diffusers_vs_minmax_median": float(np.abs(o3n.prediction[0, ..., 0] - z.numpy()).max()), "v015_vs_minmax_median": float((d015 - z).abs().max()), "HEAD_vs_minmax_median": float((dh[0, 0] - z).abs().max())}}
# ensembling alone, on realistic members: one map, each with its own scale/shift and a little noise
rng = np.random.RandomState(640); yy, xx = np.mgrid[0:48, 0:64] / 64.0
base = 0.5 + 0.3 * np.sin(5 * xx + 2 * yy) + 0.2 * (yy - 0.3) + 0.15 * ((xx - .5) ** 2 + (yy - .4) ** 2 < .04); base = (base - base.min()) / np.ptp(base)
EN = {}; shutil.rmtree(f"{C.G}/ensembling", ignore_errors=True)
for n in (2, 3, 5, 10):
    sc, sh = rng.uniform(.6, .95, n), rng.uniform(0, .1, n); mem = np.clip(base[None] * sc[:, None, None] + sh[:, None, None] + 0.01 * rng.randn(n, 48, 64), 0, 1).astype(np.float32); e = f"{C.G}/ensembling/n{n}"
    C.npy(f"{e}/members.npy", mem); t = torch.from_numpy(mem)[:, None]; al = {}
    for red in ("median", "mean"):
        scipy.optimize.minimize = spy; rec.clear(); d_, u_ = pipe.ensemble_depth(t.clone(), True, True, True, reduction=red); al[f"diffusers_{red}"] = dict(rec); C.npy(f"{e}/diffusers_{red}.npy", d_[0, 0]); C.npy(f"{e}/diffusers_{red}_uncertainty.npy", u_[0, 0])
        rec.clear(); d_, u_ = E015.ensemble_depths(t[:, 0].clone(), reduction=red); al[f"v0.1.5_{red}"] = dict(rec); C.npy(f"{e}/marigold_v0.1.5_{red}.npy", d_); C.npy(f"{e}/marigold_v0.1.5_{red}_uncertainty.npy", u_)
        rec.clear(); d_, u_ = m.ensemble_depth(t.clone(), output_uncertainty=True, reduction=red); al[f"HEAD_{red}"] = dict(rec); C.npy(f"{e}/marigold_HEAD_{red}.npy", d_[0, 0])
        scipy.optimize.minimize = orig_min
        q = mem.astype(np.float64)
        def cost64(p):
            a_ = q * p[:n, None, None] + p[n:, None, None]; c = sum(np.sqrt(((a_[i] - a_[j]) ** 2).mean()) for i in range(n) for j in range(i + 1, n)); pr = a_.mean(0) if red == "mean" else np.sort(a_, 0)[(n - 1) // 2]
            return c + 0.02 * (abs(pr.min()) + abs(1 - pr.max()))
        s0 = 1 / (q.max((1, 2)) - q.min((1, 2))); p0 = np.concatenate([s0, -s0 * q.min((1, 2))])
        for mi, tol in ((2, 1e-3), (50, 1e-6)):
            r_ = orig_min(cost64, p0, method="BFGS", tol=tol, options={"maxiter": mi}); a_ = q * r_.x[:n, None, None] + r_.x[n:, None, None]; pr = a_.mean(0) if red == "mean" else np.sort(a_, 0)[(n - 1) // 2]
            C.npy(f"{e}/float64_{red}_maxiter{mi}.npy", (pr - pr.min()) / (pr.max() - pr.min())); al[f"float64_{red}_maxiter{mi}"] = {"x0": list(map(float, p0)), "cost_x0": float(cost64(p0)), "x": list(map(float, r_.x)), "cost": float(r_.fun), "nit": int(r_.nit)}
    EN[n] = al
wj(f"{C.G}/ensembling/manifest.json", EN)
open(f"{C.G}/ensembling/README.md", "w").write("""# golden: Marigold ensembling on realistic members
peers/gen_marigold.py, RandomState(640). n<k>/members.npy [k,48,64] float32: one map, per-member scale U(.6,.95) / shift U(0,.1) and 0.01*N(0,1) noise, clipped to [0,1].
Outputs of diffusers 0.30.3 ensemble_depth, Marigold v0.1.5 ensemble_depths (commit 9621550d), Marigold HEAD ensemble_depth (commit b1dffaaa), each with its own defaults, for reduction median and mean, plus
float64_<red>_maxiter<m>: the diffusers objective evaluated in float64 (scipy BFGS, maxiter 2 tol 1e-3; maxiter 50 tol 1e-6). manifest.json: parameters found, cost, iterations.
READ THIS: the published objective is evaluated in float32 with scipy's finite-difference step 1.5e-8, so its gradient is zero or noise; the result is the min-max start point plus (sometimes) a small noisy step.
Run honestly in float64 to convergence the objective COLLAPSES (all scales -> 0, cost -> 0.02) for 3 or more members, because the pairwise sum outweighs the 0.02 regulariser. Do not run it to convergence; maxiter 2 is sane.
torch.median of an even count is the LOWER middle value.
""")
# LCM pipeline, 1 step
pl = MarigoldDepthPipeline(unet=unet, vae=vae, scheduler=LCMScheduler.from_config(LCM), text_encoder=te, tokenizer=None, prediction_type="depth", scale_invariant=True, shift_invariant=True, default_denoising_steps=1, default_processing_resolution=96)
pl.set_progress_bar_config(disable=True); pl.empty_text_embedding = emb
lat = torch.from_numpy(np.load(f"{E}/a_131x97/init_latents.npy"))
C.npy(f"{E}/a_131x97/lcm1_depth_proc.npy", pl(C.load_rgb("a_131x97"), num_inference_steps=1, latents=lat[:1].clone(), processing_resolution=96, match_input_resolution=False).prediction[0, ..., 0])
for k in ("v1_0_leading", "v1_1_trailing_zsnr"):
    pipe.scheduler = DDIMScheduler.from_config(SCHED[k])
    for n in (1, 4) if k != "v1_0_leading" else (4, 10):
        C.npy(f"{E}/a_131x97/{k}_steps{n}_depth_proc.npy", pipe(C.load_rgb("a_131x97"), num_inference_steps=n, latents=lat[:1].clone(), processing_resolution=96, match_input_resolution=False).prediction[0, ..., 0])
# whole-image path: processing_resolution 0 (no resize) -> padding path
o = pipe(C.load_rgb("a_131x97"), num_inference_steps=1, latents=torch.randn(1, 4, 13, 17, generator=torch.Generator().manual_seed(630)), processing_resolution=0); C.npy(f"{E}/a_131x97/v1_1_native_res_steps1_depth_full.npy", o.prediction[0, ..., 0])
C.npy(f"{E}/a_131x97/v1_1_native_res_init_latents.npy", torch.randn(1, 4, 13, 17, generator=torch.Generator().manual_seed(630)))
wj(f"{D}/manifest.json", man)
open(f"{D}/README.md", "w").write(f"""# golden: tiny Marigold
peers/gen_marigold.py; diffusers {diffusers.__version__} (tag v0.30.3, commit c9ff360966327ace3faad3807dc871a4e5447501), transformers {transformers.__version__}, torch {torch.__version__}, scipy {scipy.__version__}; float32 CPU.
Seeds: text encoder 601, unet 602 (conv_out.weight*0.6), vae 603 (common.seed_init), scheduler samples 610, initial latents 620+len(name), native-res latents 630.
Layout as on the hub: unet/, vae/, scheduler/, text_encoder/ (tokenizer left out: the only prompt is "" -> ids [BOS, EOS], empty_text_input_ids.npy; real ids are [49406, 49407]); `empty_text_embedding.npy` [1,2,24] is its output.
The pipeline goldens use scheduler/scheduler_config.json (trailing, v_prediction, steps_offset 1), 4 steps, processing_resolution 96, bilinear.
expected/<image>/: pixel_values (torch antialiased bilinear to max edge 96, *2-1, replicate-padded right/bottom to a multiple of 8), vae_moments (mean|logvar), image_latent = mode*0.18215, init_latents [3,4,h,w] (member 0 is used for ensemble 1), step<i>_t<t>_unet_out / _latent, vae_decoded_rgb,
ens1_depth_proc (processing resolution), ens1_depth_full (resized to the input: F.interpolate bilinear, NO antialias), ens3_* (3 members; diffusers ensembling, median; ens3_mean_depth_proc: mean), ens3_marigold_v0.1.5 / ens3_marigold_HEAD (the original repository's ensembling on the same members), ens3_minmax_median_only (no optimiser at all), lcm1_* (LCM, 1 step), v1_0_leading_*, v1_1_trailing_zsnr_* (other schedulers), v1_1_native_res_* (processing_resolution=0).
schedulers/: configs, timesteps, alphas_cumprod, step-by-step prev_sample for fixed model outputs (step_model_outputs.npy[i] is used at step i), LCM with its noises stored.
See also ../ensembling (ensembling alone, realistic members). torch.median of an even count is the LOWER middle value.
manifest.json: ranges, and what scipy's BFGS really did (x0, x, nit, nfev).
""")
print("KB", C.dir_size(D) // 1024, "unet params", sum(p.numel() for p in unet.parameters()), "vae", sum(p.numel() for p in vae.parameters()))
print(json.dumps(man, indent=1)[:6000])
