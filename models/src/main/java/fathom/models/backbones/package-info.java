/**
 * Backbones as graph functions: ViT, DINOv2, BEiT, Swin v2 and BiT, with the layers that they share. Names of tensors
 * are those of transformers, whose results they reproduce.
 */
@NullMarked
package fathom.models.backbones;

import org.jspecify.annotations.NullMarked;
