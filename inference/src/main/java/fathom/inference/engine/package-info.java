/**
 * The engine that runs graphs, behind one interface, so that another can take its place: everything above speaks of
 * {@link fathom.inference.engine.Engine}, and only one class here knows ONNX Runtime. Tensors in, tensors out; pictures and
 * depth are not known here.
 */
@NullMarked
package fathom.inference.engine;

import org.jspecify.annotations.NullMarked;
