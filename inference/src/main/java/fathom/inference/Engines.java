package fathom.inference;

import fathom.engine.Engine;
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
}
