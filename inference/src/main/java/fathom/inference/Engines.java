package fathom.inference;

import fathom.engine.Engine;
import fathom.engine.onnxruntime.OnnxRuntimeEngine;

/** The engine of each device. */
final class Engines {
    private Engines() {}

    /**
     * Returns the engine that runs networks on {@code device}.
     *
     * @throws IllegalArgumentException if this build or machine cannot
     */
    static Engine on(Device device) {
        return switch (device) {
            case Device.Cpu() -> OnnxRuntimeEngine.instance();
            case Device.Cuda(int index) -> OnnxRuntimeEngine.onGraphicsCard(index);
        };
    }
}
