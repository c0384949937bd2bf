/**
 * Backbones that build graphs: ViT, DINOv2, BEiT, Swin v2 and BiT, and the layers that they share. Tensor names and
 * results are those of the transformers library.
 */
@NullMarked
package fathom.models.backbones;

import org.jspecify.annotations.NullMarked;
