/**
 * ONNX graphs as immutable values: tensors, nodes, attributes, and a builder.
 *
 * <p>The builder computes the shape of every value while the graph is built, so that a wrong weight is reported with
 * operator, operand and both shapes before anything runs. The writer produces the bytes of an ONNX model. Nothing here
 * reads a checkpoint, runs a graph or knows about depth; it depends only on {@code java.base}.
 *
 * <p>Shapes are fixed: a graph is built for one input size. Source of the rules: the ONNX operator specification, operator
 * set {@value fathom.graph.OnnxModel#OPSET}, and for the {@code com.microsoft} domain the contributed operators of ONNX
 * Runtime.
 */
@NullMarked
package fathom.graph;

import org.jspecify.annotations.NullMarked;
