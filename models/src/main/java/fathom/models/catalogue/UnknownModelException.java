package fathom.models.catalogue;

import java.util.List;

/** A model was asked for that is neither in the catalogue nor a checkpoint folder or ONNX file. */
public final class UnknownModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final List<String> suggestions;

    UnknownModelException(String message, List<String> suggestions) {
        super(message);
        this.suggestions = List.copyOf(suggestions);
    }

    /** Known names that resemble the one asked for, nearest first; possibly empty. */
    public List<String> suggestions() {
        return suggestions;
    }
}
