package fathom.models.onnx;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import fathom.models.ModelOptions;

/** What is stated of a model, at most once of each key. Immutable. */
final class Statements {
    /** Nothing. */
    static final Statements NONE = new Statements(new EnumMap<>(OnnxKey.class));

    private final Map<OnnxKey, Statement> statements;

    private Statements(EnumMap<OnnxKey, Statement> statements) {
        this.statements = statements;
    }

    /** What {@code options} say; those that are no keys are left to others. */
    static Statements of(ModelOptions options) {
        Builder builder = new Builder();
        options.values().forEach((label, text) -> OnnxKey.ofLabel(label).ifPresent(key -> builder.put(key, text,
                new Statement.Origin.CommandLine())));
        return builder.build();
    }

    /** What a family says: keys and texts in turn. */
    static Statements ofFamily(String family, Map<OnnxKey, String> texts) {
        Builder builder = new Builder();
        texts.forEach((key, text) -> builder.put(key, text, new Statement.Origin.Family(family)));
        return builder.build();
    }

    /** Collects statements. */
    static final class Builder {
        private final EnumMap<OnnxKey, Statement> statements = new EnumMap<>(OnnxKey.class);

        /** Adds one. */
        Builder put(OnnxKey key, String text, Statement.Origin origin) {
            statements.put(key, new Statement(key, text, origin));
            return this;
        }

        /** The statements so far. */
        Statements build() {
            return new Statements(new EnumMap<>(statements));
        }
    }

    /** These, and those of {@code weaker} of which these say nothing. */
    Statements over(Statements weaker) {
        EnumMap<OnnxKey, Statement> both = new EnumMap<>(OnnxKey.class);
        both.putAll(weaker.statements);
        both.putAll(statements);
        return new Statements(both);
    }

    /** These but for {@code key}. */
    Statements without(OnnxKey key) {
        EnumMap<OnnxKey, Statement> others = new EnumMap<>(OnnxKey.class);
        others.putAll(statements);
        others.remove(key);
        return new Statements(others);
    }

    /** What is stated of {@code key}. */
    Optional<Statement> get(OnnxKey key) {
        return Optional.ofNullable(statements.get(key));
    }

    /** What a person states of {@code key} about this very file. */
    Optional<Statement> binding(OnnxKey key) {
        return get(key).filter(Statement::isBinding);
    }
}
