package fathom.models.catalogue;

import java.util.List;

/** Thrown when a model reference is neither in the catalogue nor a checkpoint folder, a model file or a repository. */
public final class UnknownModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Known names, nearest first. */
    private final List<String> suggestions;

    UnknownModelException(String message, List<String> suggestions) {
        super(message);
        this.suggestions = List.copyOf(suggestions);
    }

    /** {@return known names that resemble the requested one, nearest first; possibly empty} */
    public List<String> suggestions() {
        return suggestions;
    }
}
