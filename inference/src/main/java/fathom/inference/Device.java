package fathom.inference;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A device that runs networks: the CPU or an NVIDIA graphics card. Devices are values; {@link Estimators#open} checks
 * that this build and machine can use the device.
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="device"}
 *
 * @see EstimatorOptions#withDevice
 */
public sealed interface Device {
    /** The environment variable with the name of the default device. */
    String VARIABLE = "FATHOM_DEVICE";

    /** The CPU. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA graphics card. It needs a build with the CUDA runtime, {@code mvn -Pcuda}.
     *
     * @param index the index of the card, from 0
     */
    record Cuda(int index) implements Device {
        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /**
     * Parses the name of a device.
     *
     * @param name {@code cpu}, {@code cuda} (the first card), or {@code cuda:N}
     * @return the device
     * @throws IllegalArgumentException if {@code name} is none of these
     */
    static Device ofName(String name) {
        Matcher cuda = Names.CUDA.matcher(name);
        if (cuda.matches()) {
            return new Cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        if (name.equals("cpu")) {
            return new Cpu();
        }
        throw new IllegalArgumentException("device: expected cpu, cuda or cuda:N, found \"" + name + "\"");
    }

    /** {@return the device named by the environment variable {@value #VARIABLE}; the CPU if it is not set} */
    static Device ofEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isBlank()).map(Device::ofName)
                .orElse(new Cpu());
    }

    /** The syntax of device names. */
    final class Names {
        private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

        private Names() {}
    }
}
