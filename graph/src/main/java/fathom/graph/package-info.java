/** An ONNX graph as immutable values, and its writer. */
@NullMarked
package fathom.graph;

import org.jspecify.annotations.NullMarked;
