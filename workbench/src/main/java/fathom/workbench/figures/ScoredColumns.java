package fathom.workbench.figures;

import java.util.List;

import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.protocols.Protocol;

/**
 * The columns of a figure that show what a protocol compares.
 *
 * @param protocol the protocol; it compares depth pixel by pixel
 * @param asScored whether to show the prediction as the protocol compares it: resized, aligned, masked and clipped
 * @param errors the kinds of errors to show
 */
public record ScoredColumns(Protocol protocol, boolean asScored, List<ErrorKind> errors) {
    /** Copies the list. */
    public ScoredColumns {
        errors = List.copyOf(errors);
    }
}
