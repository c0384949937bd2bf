package fathom.inference;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

import fathom.graph.Port;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.raster.RgbImage;
import fathom.raster.advice.Remedy;

/**
 * A depth model that is ready to run. {@link Estimators#open} opens one.
 *
 * <p>The work on a picture has two steps: {@link #prepare} resizes and normalises the picture on the calling thread, and
 * {@link #run} runs the network and postprocesses its output. {@link #estimate} does both.
 *
 * <p><b>Shapes and units.</b> The input is an 8-bit RGB picture of any size, [H, W, 3]. The result is a {@link
 * fathom.raster.Prediction}: a plane [h, w] at the resolution of the model, not of the picture, with its {@linkplain
 * fathom.raster.DepthKind kind}: metric depth in metres, depth up to scale, depth up to scale and shift, or inverse
 * depth up to scale and shift. Some models also return auxiliary maps and numbers.
 *
 * <p><b>Concurrency.</b> All methods can be called from several threads. Calls of {@link #prepare} run in parallel.
 * Calls of {@link #run} wait for each other if the model runs on this machine, so the next pictures can be decoded and
 * prepared while the current one runs.
 *
 * <p><b>Resources.</b> The model holds memory outside the Java heap until {@link #close}.
 *
 * <p><b>Errors.</b> {@link #run} throws {@link ModelRunException} if the engine fails on one input, for example for lack
 * of memory; other inputs may succeed. {@link #run} and {@link #description} throw {@link
 * fathom.weights.CheckpointException} if a weight of a checkpoint is not finite. Models of a service throw {@link
 * fathom.inference.replicate.RemoteException}.
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="estimate"}
 *
 * @see Estimators
 * @see EstimatorOptions
 */
public interface DepthEstimator extends AutoCloseable {
    /** {@return the name of the model, the meaning of its numbers, and its identity} */
    ModelDescription description();

    /** {@return the name of the model, at once; the rest of the {@link #description} may need all weights to be read} */
    default String name() {
        return description().name();
    }

    /** {@return what the user must know before using the numbers, one sentence each; often empty} */
    default List<String> warnings() {
        return List.of();
    }

    /** {@return what the user can do about the {@link #warnings}; often empty} */
    default List<Remedy> remedies() {
        return List.of();
    }

    /** {@return the number of threads of the last run; empty if this machine runs no network} */
    default OptionalInt threads() {
        return OptionalInt.empty();
    }

    /** {@return whether each run calls a remote service} Calls may be billed and may overlap. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Converts a picture to the input of the model. Runs on the CPU only.
     *
     * @param image the picture, which is not modified or kept
     * @return the input for {@link #run} of this estimator
     * @throws fathom.models.preprocessing.UnfitPictureException if the model cannot process a picture of this size
     */
    PreparedInput prepare(RgbImage image);

    /**
     * Runs the model.
     *
     * @param input the result of {@link #prepare} of this estimator
     * @return the prediction with auxiliary maps and numbers
     * @throws IllegalArgumentException if another type of estimator prepared the input
     * @throws ModelRunException if the engine fails on this input
     * @throws IllegalStateException if the estimator is closed
     */
    Estimate run(PreparedInput input);

    /**
     * Runs the model on several pictures, as one batch if the model supports it, otherwise one after the other.
     *
     * @param inputs results of {@link #prepare} of this estimator
     * @return one estimate per input, in the same order
     */
    default List<Estimate> runAll(List<PreparedInput> inputs) {
        return inputs.stream().map(this::run).toList();
    }

    /** {@return the options of this model by key, with their descriptions; see {@link fathom.models.ModelOptions}} */
    default SortedMap<String, String> options() {
        return Collections.emptySortedMap();
    }

    /**
     * Returns the number of floating-point operations of one run. An addition and a multiplication count as two.
     *
     * @param input the result of {@link #prepare} of this estimator
     * @return the number; empty if unknown
     */
    default OptionalLong operations(PreparedInput input) {
        return OptionalLong.empty();
    }

    /** {@return the graph's input ports if the model is an ONNX file; otherwise empty} */
    default List<Port> inputs() {
        return List.of();
    }

    /** {@return the graph's output ports if the model is an ONNX file; otherwise empty} */
    default List<Port> outputs() {
        return List.of();
    }

    /**
     * Prepares a picture and runs the model on it.
     *
     * @param image the picture
     * @return the prediction with auxiliary maps and numbers
     */
    default Estimate estimate(RgbImage image) {
        return run(prepare(image));
    }

    /** Releases the memory outside the Java heap. Closing again has no effect. */
    @Override
    void close();
}
