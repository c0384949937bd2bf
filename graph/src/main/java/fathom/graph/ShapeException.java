package fathom.graph;

/** Thrown if operands do not fit an operator. The message names the operator, its place, the operand and the shapes. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ShapeException(String message) {
        super(message);
    }
}
