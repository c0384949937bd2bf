package fathom.weights.torch;

import java.util.Locale;
import java.util.Optional;

/** The classes and functions whose effect is implemented here; what any other one creates stays opaque. */
enum AllowedCallable {
    ORDERED_DICT, DEFAULT_DICT, SIZE, SET, REBUILD_TENSOR, REBUILD_PARAMETER, REBUILD_FROM_TYPE;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the callable {@code name} of {@code module}, or empty if it is not allowed. */
    static Optional<AllowedCallable> of(String module, String name) {
        return switch (module + "." + name) {
            case "collections.OrderedDict" -> Optional.of(ORDERED_DICT);
            case "collections.defaultdict" -> Optional.of(DEFAULT_DICT);
            case "torch.Size" -> Optional.of(SIZE);
            case "builtins.set", "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset" -> Optional.of(SET);
            case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" -> Optional.of(REBUILD_TENSOR);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" ->
                Optional.of(REBUILD_PARAMETER);
            case "torch._tensor._rebuild_from_type_v2" -> Optional.of(REBUILD_FROM_TYPE);
            default -> Optional.empty();
        };
    }
}
