"""The tensors of MiDaS's DPT networks and what transformers' converters make of their names: midas_names.txt.

Each network is built by the authors' own code; numbered rows then go through the converter of transformers, so that a line
tells for every tensor of the hub which rows of which original it is. Made with isl-org/MiDaS 4545977, timm 0.6.12,
transformers 4.43.4, torch 1.13.0 (Debian 12). {a-b} stands for the numbers from a to b, in both names.

usage: PYTHONPATH=MIDAS:TIMM:TRANSFORMERS/src python3 make_midas_names.py OUTPUT
"""
import re
import sys
from types import SimpleNamespace

import torch
from midas.dpt_depth import DPTDepthModel
from transformers.models.dpt import (convert_dpt_beit_to_hf, convert_dpt_hybrid_to_pytorch, convert_dpt_swinv2_to_hf,
                                     convert_dpt_to_pytorch)

NETWORKS = [("dpt_large_384", "vitl16_384", "dpt_large"), ("dpt_hybrid_384", "vitb_rn50_384", "dpt_hybrid-midas"),
            ("dpt_beit_base_384", "beitb16_384", "dpt-beit-base-384"),
            ("dpt_beit_large_384", "beitl16_384", "dpt-beit-large-384"),
            ("dpt_beit_large_512", "beitl16_512", "dpt-beit-large-512"),
            ("dpt_swin2_tiny_256", "swin2t16_256", "dpt-swinv2-tiny-256"),
            ("dpt_swin2_base_384", "swin2b24_384", "dpt-swinv2-base-384"),
            ("dpt_swin2_large_384", "swin2l24_384", "dpt-swinv2-large-384")]


def converted(model_name, state):
    """state under the hub's names, by the steps of convert_dpt_checkpoint."""
    if "beit" in model_name or "swin" in model_name:
        module = convert_dpt_beit_to_hf if "beit" in model_name else convert_dpt_swinv2_to_hf
        config = module.get_dpt_config(model_name)[0]
        module.remove_ignore_keys_(state)
        for old, new in module.create_rename_keys(config):
            module.rename_key(state, old, new)
        if "beit" in model_name:
            module.read_in_q_k_v(state, config)
        else:
            widths = [config.backbone_config.embed_dim << i for i in range(4)]
            stages = [SimpleNamespace(blocks=[SimpleNamespace(attention=SimpleNamespace(
                self=SimpleNamespace(all_head_size=width)))] * depth)
                for width, depth in zip(widths, config.backbone_config.depths)]
            module.read_in_q_k_v(state, config, SimpleNamespace(backbone=SimpleNamespace(
                encoder=SimpleNamespace(layers=stages))))
        return state
    module = convert_dpt_hybrid_to_pytorch if "hybrid" in model_name else convert_dpt_to_pytorch
    config = module.get_dpt_config(model_name)[0]
    module.remove_ignore_keys_(state)
    for key in list(state):
        state[module.rename_key(key)] = state.pop(key)
    module.read_in_q_k_v(state, config)
    return state


def table(backbone, model_name):
    shapes = {name: list(t.shape) for name, t in DPTDepthModel(backbone=backbone, non_negative=True).state_dict().items()}
    kinds = {name: "I64" if name.endswith("_index") else "F32" for name in shapes}
    numbered, at = {}, 0
    for name, shape in shapes.items():
        rows = torch.arange(at, at + shape[0]).reshape([shape[0]] + [1] * (len(shape) - 1))
        numbered[name] = rows
        at += shape[0]
    origin = [(name, row) for name, shape in shapes.items() for row in range(shape[0])]
    parts = {name: [] for name in shapes}
    for hub, rows in converted(model_name, numbered).items():
        name, row = origin[int(rows.flatten()[0])]
        assert rows.flatten().tolist() == list(range(int(rows.flatten()[0]), int(rows.flatten()[0]) + rows.numel()))
        if hub != name and not hub.endswith("relative_position_index"):
            parts[name].append((row, f"{hub}@{row}+{rows.numel()}"))
    return [(name, kinds[name], ",".join(map(str, shape)), " ".join(part for _, part in sorted(parts[name])) or "-")
            for name, shape in shapes.items()]


def folded(lines):
    """Lines that differ in the number of the block alone, as one."""
    groups = {}
    for name, kind, shape, hub in lines:
        block = re.search(r"(?<=blocks\.)\d+", name)
        number = block.group() if block else None
        key = (name if number is None else re.sub(r"(?<=blocks\.)\d+", "#", name), kind, shape,
               hub if number is None else re.sub(r"(?<=(?:layers|blocks)\.)" + number + r"(?=\.(?!blocks))|(?<=layer\.)"
                                                 + number + r"(?=\.)", "#", hub))
        groups.setdefault(key, []).append(number)
    for (name, kind, shape, hub), numbers in groups.items():
        if numbers == [None]:
            yield name, kind, shape, hub
            continue
        runs, numbers = [], sorted(map(int, numbers))
        for number in numbers:
            if runs and runs[-1][1] == number - 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        for first, last in runs:
            span = "{%d-%d}" % (first, last)
            yield name.replace("#", span), kind, shape, hub.replace("#", span)


with open(sys.argv[1], "w") as out:
    for file, backbone, model_name in NETWORKS:
        print("=", file, file=out)
        for line in folded(table(backbone, model_name)):
            print(*line, file=out)
        out.flush()
