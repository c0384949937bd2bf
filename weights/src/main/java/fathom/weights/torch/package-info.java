/**
 * Files of PyTorch's {@code torch.save}, in the zip format and in the format before version 1.6, as plain values:
 * tensors with their offsets in the file, numbers, text and containers. Reading the pickle executes nothing: a name
 * that is not allowed is rejected, and the message contains it.
 */
@NullMarked
package fathom.weights.torch;

import org.jspecify.annotations.NullMarked;
