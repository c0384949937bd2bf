/**
 * ONNX Runtime as an engine. This package is the only one that imports {@code ai.onnxruntime}, and no type of it
 * appears in a signature.
 */
@NullMarked
package fathom.engine.onnxruntime;

import org.jspecify.annotations.NullMarked;
