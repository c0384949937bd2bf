package fathom.models.onnx;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import fathom.models.ModelOptions;

/** What is stated of a model, at most once of each key. Immutable. */
final class DeclaredProperties {
    /** Nothing. */
    static final DeclaredProperties NONE = new DeclaredProperties(new EnumMap<>(OnnxKey.class));

    private final Map<OnnxKey, DeclaredProperty> statements;

    private DeclaredProperties(EnumMap<OnnxKey, DeclaredProperty> statements) {
        this.statements = statements;
    }

    /** What {@code options} say; those that are no keys are left to others. */
    static DeclaredProperties of(ModelOptions options) {
        Builder builder = new Builder();
        options.values().forEach((label, text) -> OnnxKey.ofLabel(label).ifPresent(key -> builder.put(key, text,
                new DeclaredProperty.Origin.CommandLine())));
        return builder.build();
    }

    /** What a family says: keys and texts in turn. */
    static DeclaredProperties ofFamily(String family, Map<OnnxKey, String> texts) {
        Builder builder = new Builder();
        texts.forEach((key, text) -> builder.put(key, text, new DeclaredProperty.Origin.Family(family)));
        return builder.build();
    }

    /** Collects statements. */
    static final class Builder {
        private final EnumMap<OnnxKey, DeclaredProperty> statements = new EnumMap<>(OnnxKey.class);

        /** Adds one. */
        Builder put(OnnxKey key, String text, DeclaredProperty.Origin origin) {
            statements.put(key, new DeclaredProperty(key, text, origin));
            return this;
        }

        /** The statements so far. */
        DeclaredProperties build() {
            return new DeclaredProperties(new EnumMap<>(statements));
        }
    }

    /** These, and those of {@code weaker} of which these say nothing. */
    DeclaredProperties over(DeclaredProperties weaker) {
        EnumMap<OnnxKey, DeclaredProperty> both = new EnumMap<>(OnnxKey.class);
        both.putAll(weaker.statements);
        both.putAll(statements);
        return new DeclaredProperties(both);
    }

    /** These but for {@code key}. */
    DeclaredProperties without(OnnxKey key) {
        EnumMap<OnnxKey, DeclaredProperty> others = new EnumMap<>(OnnxKey.class);
        others.putAll(statements);
        others.remove(key);
        return new DeclaredProperties(others);
    }

    /** What is stated of {@code key}. */
    Optional<DeclaredProperty> get(OnnxKey key) {
        return Optional.ofNullable(statements.get(key));
    }

    /** What a person states of {@code key} about this very file. */
    Optional<DeclaredProperty> binding(OnnxKey key) {
        return get(key).filter(DeclaredProperty::isBinding);
    }
}
