/** Estimators over ONNX Runtime. */
@NullMarked
package fathom.inference;

import org.jspecify.annotations.NullMarked;
