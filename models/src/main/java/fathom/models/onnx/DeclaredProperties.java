package fathom.models.onnx;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import fathom.models.ModelOptions;

/** The declared properties of a model, at most one per key. Immutable. */
final class DeclaredProperties {
    /** No properties. */
    static final DeclaredProperties NONE = new DeclaredProperties(new EnumMap<>(OnnxKey.class));

    private final Map<OnnxKey, DeclaredProperty> properties;

    private DeclaredProperties(EnumMap<OnnxKey, DeclaredProperty> properties) {
        this.properties = properties;
    }

    /** Returns the properties in {@code options}; options that are no keys are ignored. */
    static DeclaredProperties of(ModelOptions options) {
        Builder builder = new Builder();
        options.values().forEach((label, text) -> OnnxKey.ofLabel(label)
                .ifPresent(key -> builder.put(key, text, new DeclaredProperty.Origin.CommandLine())));
        return builder.build();
    }

    /** Returns the properties of a family. */
    static DeclaredProperties ofFamily(String family, Map<OnnxKey, String> texts) {
        Builder builder = new Builder();
        texts.forEach((key, text) -> builder.put(key, text, new DeclaredProperty.Origin.Family(family)));
        return builder.build();
    }

    /** Collects properties. */
    static final class Builder {
        private final EnumMap<OnnxKey, DeclaredProperty> properties = new EnumMap<>(OnnxKey.class);

        /** Adds a property. */
        Builder put(OnnxKey key, String text, DeclaredProperty.Origin origin) {
            properties.put(key, new DeclaredProperty(key, text, origin));
            return this;
        }

        /** Returns the properties added so far. */
        DeclaredProperties build() {
            return new DeclaredProperties(new EnumMap<>(properties));
        }
    }

    /** Returns these properties, supplemented by those of {@code weaker} whose keys are missing here. */
    DeclaredProperties over(DeclaredProperties weaker) {
        EnumMap<OnnxKey, DeclaredProperty> both = new EnumMap<>(OnnxKey.class);
        both.putAll(weaker.properties);
        both.putAll(properties);
        return new DeclaredProperties(both);
    }

    /** Returns these properties without {@code key}. */
    DeclaredProperties without(OnnxKey key) {
        EnumMap<OnnxKey, DeclaredProperty> others = new EnumMap<>(OnnxKey.class);
        others.putAll(properties);
        others.remove(key);
        return new DeclaredProperties(others);
    }

    /** Returns the property {@code key}, or empty if it is not declared. */
    Optional<DeclaredProperty> get(OnnxKey key) {
        return Optional.ofNullable(properties.get(key));
    }

    /** Returns the property {@code key} if the user declared it for this file. */
    Optional<DeclaredProperty> binding(OnnxKey key) {
        return get(key).filter(DeclaredProperty::isBinding);
    }
}
