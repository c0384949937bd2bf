"""DPT on a ViT for any multiple of the patch size, written from the paper and from the original's forward_flex:
the golden for input sizes that transformers refuses. Made with torch 1.13.0, numpy 1.24.2 (Debian 12), CPU, float32.

usage: python3 dpt_any_size.py FOLDER_WITH_CHECKPOINT OUTPUT_FOLDER
writes pixels_<H>x<W>.npy [1, 3, H, W] and depth_<H>x<W>.npy [1, h, w]
"""
import json
import struct
import sys

import numpy as np
import torch
import torch.nn.functional as F

folder, out = sys.argv[1:]
cfg = json.load(open(f"{folder}/config.json"))
raw = open(f"{folder}/model.safetensors", "rb").read()
n = struct.unpack("<Q", raw[:8])[0]
W = {}
for name, t in json.loads(raw[8:8 + n]).items():
    if name != "__metadata__":
        a, b = t["data_offsets"]
        W[name] = torch.from_numpy(np.frombuffer(raw[8 + n + a:8 + n + b], "<f4").reshape(t["shape"]).copy())


def linear(x, name):
    return x @ W[name + ".weight"].T + W[name + ".bias"]


def conv(x, name, **kw):
    return F.conv2d(x, W[name + ".weight"], W.get(name + ".bias"), **kw)


def norm(x, name):
    mean = x.mean(-1, keepdim=True)
    var = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(var + cfg["layer_norm_eps"]) * W[name + ".weight"] + W[name + ".bias"]


def up(x, corners, size=None):
    size = size or (2 * x.shape[2], 2 * x.shape[3])
    return F.interpolate(x, size, mode="bilinear", align_corners=corners)


def unit(x, name):
    return x + conv(F.relu(conv(F.relu(x), name + ".convolution1", padding=1)), name + ".convolution2", padding=1)


def dpt(pixels):
    p, c, heads = cfg["patch_size"], cfg["hidden_size"], cfg["num_attention_heads"]
    h, w = pixels.shape[2] // p, pixels.shape[3] // p
    x = conv(pixels, "dpt.embeddings.patch_embeddings.projection", stride=p).flatten(2).transpose(1, 2)
    x = torch.cat([W["dpt.embeddings.cls_token"], x], 1)
    pos = W["dpt.embeddings.position_embeddings"]
    g = cfg["image_size"] // p
    grid = pos[:, 1:].reshape(1, g, g, c).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, (h, w), mode="bilinear", align_corners=False)
    x = x + torch.cat([pos[:, :1], grid.flatten(2).transpose(1, 2)], 1)
    taps = []
    for i in range(cfg["num_hidden_layers"]):
        name = f"dpt.encoder.layer.{i}"
        y = norm(x, name + ".layernorm_before")
        q, k, v = (linear(y, f"{name}.attention.attention.{r}").reshape(1, -1, heads, c // heads).transpose(1, 2)
                   for r in ("query", "key", "value"))
        a = torch.softmax(q @ k.transpose(-1, -2) / (c // heads) ** 0.5, -1) @ v
        x = x + linear(a.transpose(1, 2).reshape(1, -1, c), name + ".attention.output.dense")
        y = linear(norm(x, name + ".layernorm_after"), name + ".intermediate.dense")
        x = x + linear(y * 0.5 * (1 + torch.erf(y / 2 ** 0.5)), name + ".output.dense")
        if i in cfg["backbone_out_indices"]:
            taps.append(x)
    maps = []
    for s, (x, f) in enumerate(zip(taps, cfg["reassemble_factors"])):
        name = f"neck.reassemble_stage.layers.{s}"
        y = torch.cat([x[:, 1:], x[:, :1].expand(-1, h * w, -1)], -1)
        y = F.gelu(linear(y, f"neck.reassemble_stage.readout_projects.{s}.0")).transpose(1, 2).reshape(1, c, h, w)
        y = conv(y, name + ".projection")
        if f > 1:
            y = F.conv_transpose2d(y, W[name + ".resize.weight"], W[name + ".resize.bias"], stride=int(f))
        elif f < 1:
            y = conv(y, name + ".resize", stride=int(1 / f), padding=1)
        maps.append(conv(y, f"neck.convs.{s}", padding=1))
    fused = None
    for j, skip in enumerate(reversed(maps)):
        name = f"neck.fusion_stage.layers.{j}"
        if fused is None:
            fused = skip
        else:
            if fused.shape != skip.shape:
                skip = up(skip, False, fused.shape[2:])
            fused = fused + unit(skip, name + ".residual_layer1")
        fused = conv(up(unit(fused, name + ".residual_layer2"), True), name + ".projection")
    y = up(conv(fused, "head.head.0", padding=1), True)
    return F.relu(conv(F.relu(conv(y, "head.head.2", padding=1)), "head.head.4"))[:, 0]


random = np.random.RandomState(11)
for height, width in [(64, 112), (80, 48)]:
    pixels = random.uniform(-1, 1, (1, 3, height, width)).astype(np.float32)
    np.save(f"{out}/pixels_{height}x{width}.npy", pixels)
    np.save(f"{out}/depth_{height}x{width}.npy", dpt(torch.from_numpy(pixels)).numpy().astype(np.float32))
