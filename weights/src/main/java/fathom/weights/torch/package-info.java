/**
 * Files that PyTorch's {@code torch.save} writes, in the zip format and in the format before version 1.6, as plain
 * values: tensors with their positions in the file, numbers, text and containers. The pickle inside runs nothing: a
 * name that is not allowed is refused by that name.
 */
@NullMarked
package fathom.weights.torch;

import org.jspecify.annotations.NullMarked;
