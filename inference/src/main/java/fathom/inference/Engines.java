package fathom.inference;

import java.util.function.IntConsumer;
import java.util.function.IntFunction;

import fathom.engine.Engine;
import fathom.engine.MeasuredSession;
import fathom.engine.Session;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;

/** The engines of the devices. */
final class Engines {
    private Engines() {}

    /**
     * Returns the engine that runs networks on {@code device}.
     *
     * @throws IllegalArgumentException if this build or machine cannot use the device
     */
    static Engine on(Device device) {
        return switch (device) {
            case Device.Cpu() -> OnnxRuntimeEngine.instance();
            case Device.Cuda(int index) -> OnnxRuntimeEngine.onGraphicsCard(index);
        };
    }

    /**
     * Opens a session as {@code options} require: with a fixed number of threads or a measured one.
     *
     * @param open opens the session with a number of threads
     * @param ran receives the number of threads of each run of a session with a measured number
     */
    static Session session(EstimatorOptions options, IntFunction<Session> open, IntConsumer ran) {
        boolean isMeasured = options.measured() && options.threads() > 1 && options.device() instanceof Device.Cpu;
        return isMeasured ? new MeasuredSession(open, options.threads(), ran) : open.apply(options.threads());
    }
}
