/**
 * Files that PyTorch's {@code torch.save} writes, the zip format and the one before version 1.6, as plain values: tensors with
 * their places in the file, numbers, text and containers. The pickle inside runs nothing: whatever it names beyond these is
 * refused by that name. What the tensors mean belongs elsewhere.
 */
@NullMarked
package fathom.models.torch;

import org.jspecify.annotations.NullMarked;
