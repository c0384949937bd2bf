package fathom.inference;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;

/**
 * A model ready to run. {@link #prepare} may be called from many threads at once; {@link #run} too, where it may wait for
 * a run in progress. So decoding and preparing of the next pictures overlaps with the run of the present one.
 */
public interface DepthEstimator extends AutoCloseable {
    /** What the model is and what its numbers mean. */
    ModelDescription description();

    /** What a person should know before relying on the numbers, one sentence each; often none. */
    default List<String> warnings() {
        return List.of();
    }

    /** What the user can do about the {@link #warnings}; often nothing. */
    default List<Remedy> remedies() {
        return List.of();
    }

    /**
     * {@return whether every run is a call of a service elsewhere, which may cost money and which others may follow
     * before it ends}
     */
    default boolean isRemote() {
        return false;
    }

    /** Brings a picture to the model's input; the picture is not kept. Work for the CPU alone. */
    PreparedInput prepare(RgbImage image);

    /**
     * Runs the model on what {@link #prepare} of this estimator made.
     *
     * @throws IllegalStateException if the estimator is closed
     */
    Estimate run(PreparedInput input);

    /**
     * Runs the model on several pictures, together where it can; a model that cannot runs them one after the other.
     *
     * @return as many estimates, in the same order
     */
    default List<Estimate> runAll(List<PreparedInput> inputs) {
        return inputs.stream().map(this::run).toList();
    }

    /** {@return the settings of its own that the model takes as {@code key=value}, by key, with what each does} */
    default SortedMap<String, String> options() {
        return Collections.emptySortedMap();
    }

    /** Floating-point operations of one run on {@code input}, an addition and a multiplication counting as two, if known. */
    default OptionalLong operations(PreparedInput input) {
        return OptionalLong.empty();
    }

    /** What goes into the model's graph, where it is a file of its own; else none. */
    default List<Port> inputs() {
        return List.of();
    }

    /** What comes out of the model's graph, where it is a file of its own; else none. */
    default List<Port> outputs() {
        return List.of();
    }

    /** Prepares and runs. */
    default Estimate estimate(RgbImage image) {
        return run(prepare(image));
    }

    /** Frees what the model holds outside the Java heap; closing twice does nothing. */
    @Override
    void close();
}
