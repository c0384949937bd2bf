/**
 * ONNX depth models of other authors. Properties declared by the user, by a file next to the model or by its ports are
 * merged into one description, which also defines the meaning of the outputs. Running the models belongs to
 * {@code fathom.inference}; the packages of the families build graphs.
 */
@NullMarked
package fathom.models.onnx;

import org.jspecify.annotations.NullMarked;
