"""A tiny U-Net of diffusers and what it gives with one unusual setting at a time: goldens/unet_variants.

usage: . ./env.sh; $PY unet_variants.py OUTPUT_FOLDER    the folder holds config.json
"""
import json
import sys

import numpy as np
import torch

import common as C
import fix_diffusers
from diffusers import UNet2DConditionModel
from safetensors.torch import save_file

OUT = sys.argv[1]
VARIANTS = dict(plain={}, downsample_padding=dict(downsample_padding=0), mid_block_scale_factor=dict(mid_block_scale_factor=1.5),
                mid_block_residual=dict(mid_block_type="UNetMidBlock2D"), mid_block_none=dict(mid_block_type=None),
                sine_first=dict(flip_sin_to_cos=False), freq_shift=dict(freq_shift=1))
config = json.load(open(f"{OUT}/config.json"))


def build(**settings):
    return UNet2DConditionModel.from_config({**config, **settings}).eval()


model = build()
C.seed_init(model, 811)
weights = {k: v.clone().contiguous() for k, v in model.state_dict().items()}
save_file(weights, f"{OUT}/diffusion_pytorch_model.safetensors", metadata={"format": "pt"})
g = torch.Generator().manual_seed(812)
sample, text = torch.randn(1, 4, 5, 7, generator=g), torch.randn(1, 2, 6, generator=g)
np.save(f"{OUT}/sample.npy", sample.numpy())
np.save(f"{OUT}/text.npy", text.numpy())
for name, settings in VARIANTS.items():
    variant = build(**settings)
    variant.load_state_dict(weights, strict=False)
    with torch.no_grad():
        np.save(f"{OUT}/{name}.npy", variant(sample, 321, encoder_hidden_states=text).sample.numpy())
