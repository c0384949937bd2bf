package fathom.graph;

/** Operands do not fit an operator; the message names operator, place, operand and the shapes. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ShapeException(String message) {
        super(message);
    }
}
