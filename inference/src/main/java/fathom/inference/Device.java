package fathom.inference;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What networks run on. */
public sealed interface Device {
    /** The environment variable that names the device where nothing else does. */
    String VARIABLE = "FATHOM_DEVICE";

    /** The processor. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * A graphics card of NVIDIA's; needs a build with its runtime, {@code mvn -Pcuda}.
     *
     * @param index which one, from 0
     */
    record Cuda(int index) implements Device {
        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /**
     * {@return the device called {@code name}: {@code cpu}, {@code cuda} or {@code cuda:1}}
     *
     * @throws IllegalArgumentException if it is none of these
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

    /** {@return the device that {@code FATHOM_DEVICE} names, the processor without it} */
    static Device ofEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE)).filter(name -> !name.isBlank()).map(Device::ofName).orElse(
                new Cpu());
    }

    /** How devices are written. */
    final class Names {
        private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

        private Names() {}
    }
}
