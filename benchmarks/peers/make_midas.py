"""Small networks as isl-org/MiDaS and isl-org/DPT save them, with random weights, and what the authors' code gives for them.

The networks are built by MiDaS's and timm's own code, only narrower; metres by DPT's own DPTDepthModel.forward, pictures
prepared by MiDaS's own transforms. Weights are stored as float16 to keep the files small, and computed in float32. Made with
isl-org/MiDaS 4545977, isl-org/DPT cd3fe90, timm 0.6.12, torch 1.13.0, OpenCV 4.6.0, numpy 1.24.2 (Debian 12), CPU.

usage: PYTHONPATH=MIDAS:TIMM python3 make_midas.py DPT_REPOSITORY OUTPUT_FOLDER
"""
import sys
from functools import partial

import cv2
import numpy as np
import torch
from midas import dpt_depth
from midas.backbones import beit, vit
from midas.blocks import _make_scratch
from midas.transforms import NormalizeImage, PrepareForNet, Resize
from timm.models.beit import Beit
from timm.models.layers import GroupNormAct, StdConv2dSame
from timm.models.resnetv2 import ResNetV2
from timm.models.vision_transformer import VisionTransformer
from timm.models.vision_transformer_hybrid import HybridEmbed

dpt_repository, out = sys.argv[1:]
WIDTH, DEPTH, FUSION, SIZE = 64, 4, 8, 64
NARROW = dict(embed_dim=WIDTH, depth=DEPTH, num_heads=1, mlp_ratio=1, num_classes=2)


def vit_backbone():
    model = VisionTransformer(img_size=SIZE, patch_size=16, **NARROW)
    features = [4, 8, 12, 16]
    return vit._make_vit_b16_backbone(model, features, [SIZE, SIZE], [0, 1, 2, 3], WIDTH, "project"), features


def beit_backbone():
    kwargs = dict(NARROW, num_heads=2)
    model = Beit(img_size=SIZE, patch_size=16, use_abs_pos_emb=False, use_rel_pos_bias=True, init_values=0.1, **kwargs)
    features = [4, 8, 12, 16]
    return beit._make_beit_backbone(model, features, [SIZE, SIZE], [0, 1, 2, 3], WIDTH, "project"), features


def hybrid_backbone():
    trunk = ResNetV2(layers=(1, 2, 1), channels=(128, 128, 128), num_classes=0, global_pool="", in_chans=3, preact=False,
                     stem_type="same", conv_layer=partial(StdConv2dSame, eps=1e-8), stem_chs=32,
                     norm_layer=partial(GroupNormAct, num_groups=32))
    model = VisionTransformer(
        img_size=SIZE, patch_size=1, embed_layer=partial(HybridEmbed, backbone=trunk), **NARROW)
    features = [128, 128, 12, 16]
    return vit._make_vit_b_rn50_backbone(model, features, [SIZE, SIZE], [0, 1, 2, 3], WIDTH, use_readout="project"), features


def network(backbone, seed):
    """DPTDepthModel on a backbone of ours, with weights that vary enough to compare numbers."""
    pretrained, features = backbone()
    dpt_depth._make_encoder = lambda *args, **kwargs: (pretrained, _make_scratch(features, FUSION))
    name = "beitb16_384" if backbone is beit_backbone else "vitb16_384"
    model = dpt_depth.DPTDepthModel(backbone=name, non_negative=True, features=FUSION).eval()
    random = torch.Generator().manual_seed(seed)
    for key, value in model.named_parameters():
        fan = value[0].numel() if value.ndim > 1 else 1
        noise = torch.randn(value.shape, generator=random)
        value.data = noise / fan ** 0.5 if value.ndim > 1 else 0.1 * noise
        if "norm" in key and key.endswith("weight") or "gamma" in key:
            value.data += 1
    model.scratch.output_conv[4].bias.data[:] = 1
    if backbone is hybrid_backbone:  # of which scale and shift make metres that differ
        model.scratch.output_conv[4].weight.data *= 500
        model.scratch.output_conv[4].bias.data *= 500
    for value in model.parameters():
        value.data = value.data.half().float()
    return model


def prepare(picture, width, height, keep):
    image = cv2.cvtColor(cv2.imread(picture), cv2.COLOR_BGR2RGB) / 255.0
    sample = {"image": image}
    for step in (Resize(width, height, resize_target=None, keep_aspect_ratio=keep, ensure_multiple_of=32,
                        resize_method="minimal", image_interpolation_method=cv2.INTER_CUBIC),
                 NormalizeImage(mean=[0.5, 0.5, 0.5], std=[0.5, 0.5, 0.5]), PrepareForNet()):
        sample = step(sample)
    return torch.from_numpy(sample["image"]).unsqueeze(0)


def picture():
    y, x = np.mgrid[0:97, 0:131]
    waves = [np.sin(x / 7 + y / 23), np.cos(x / 11 - y / 5), np.sin(x * y / 900)]
    image = np.round(np.stack(waves, -1) * 110 + 127).astype(np.uint8)
    image[20:50, 30:70] = [255, 0, 128]
    cv2.imwrite(f"{out}/picture.png", image)
    return f"{out}/picture.png"


def in_metres(model, pixels, scale, shift):
    """DPT's own DPTDepthModel.forward around the network, with the numbers of run_monodepth.py."""
    sys.path.insert(0, dpt_repository)
    from dpt import models
    frame = torch.nn.Module.__new__(type("Frame", (models.DPTDepthModel,), {}))
    frame.__dict__.update(scale=scale, shift=shift, invert=True)
    whole, models.DPT.forward = models.DPT.forward, lambda self, x: model(x).unsqueeze(1)
    try:
        return models.DPTDepthModel.forward(frame, pixels)
    finally:
        models.DPT.forward = whole


def save(name, value):
    np.save(f"{out}/{name}.npy", value.numpy())


@torch.no_grad()
def main():
    image = picture()
    for name, backbone, seed in (("dpt_large_384", vit_backbone, 1), ("dpt_beit_base_384", beit_backbone, 2),
                                 ("dpt_hybrid_nyu-2ce69ec7", hybrid_backbone, 3)):
        model = network(backbone, seed)
        state = {key: value.half() if value.is_floating_point() else value for key, value in model.state_dict().items()}
        torch.save({"optimizer": {"param_groups": []}, "model": state} if "large" in name else state, f"{out}/{name}.pt")
        if "nyu" in name:
            pixels = prepare(image, 640, 480, True)
            cells = pixels[:, :, ::5, ::5][:, :, :64, :96].contiguous()
            for metric, scale, shift in (("nyu", 0.000305, 0.1378), ("kitti", 0.00006016, 0.00579)):
                save(f"{metric}.depth", in_metres(model, cells, scale, shift))
            save("nyu.pixels", pixels[:, :, ::16, ::16].contiguous())
            save("hybrid.input", cells)
            save("hybrid.depth", model(cells))
            save("kitti.pixels", prepare(image, 1216, 352, True)[:, :, ::16, ::16].contiguous())
        else:
            pixels = prepare(image, SIZE, SIZE, True)
            save(name + ".pixels", pixels)
            save(name + ".depth", model(pixels))


main()
