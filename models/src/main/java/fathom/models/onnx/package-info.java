/**
 * ONNX depth models that others made: what a person, a file beside the model or its ports say of them, brought to one
 * description, and what their outputs mean. Running them belongs to {@code fathom.inference}; graphs that are drawn here to
 * {@code fathom.models.architectures}.
 */
@NullMarked
package fathom.models.onnx;

import org.jspecify.annotations.NullMarked;
