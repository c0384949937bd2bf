/**
 * Checkpoints: named tensors in files, mapped into memory and checked before use, and the JSON settings next to them:
 * safetensors, PyTorch files, Keras HDF5, and files derived from weights in the cache folder. What the tensors mean
 * belongs to {@code fathom.models}. No type of a JSON library appears in a signature.
 */
@NullMarked
package fathom.weights;

import org.jspecify.annotations.NullMarked;
