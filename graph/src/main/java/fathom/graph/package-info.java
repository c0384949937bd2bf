/**
 * An ONNX graph as immutable values: tensors, nodes, attributes, and a builder that knows the shape of every value while
 * the graph grows, so that a wrong weight is reported by operator, operand and both shapes before anything runs. The writer
 * makes the bytes of an ONNX model. Nothing here reads a checkpoint, runs a graph or knows what depth is; {@code java.base}
 * only.
 *
 * <p>Shapes are fixed: a graph is built for one input size. Source of the operators' rules: the ONNX operator
 * specification, operator set {@value fathom.graph.OnnxModel#OPSET}, and for the {@code com.microsoft} domain the contributed
 * operators of ONNX Runtime.
 */
@NullMarked
package fathom.graph;

import org.jspecify.annotations.NullMarked;
