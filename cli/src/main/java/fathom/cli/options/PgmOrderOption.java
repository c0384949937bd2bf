package fathom.cli.options;

import java.nio.ByteOrder;
import java.util.Optional;

import fathom.formats.images.ReadOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The byte order of 16-bit PGM and PPM files, of every command that reads them. */
public final class PgmOrderOption {
    /** A byte order on the command line. */
    public enum Order {
        /** As the format specifies. */
        BIG,
        /** As in the raw files of NYU Depth v2. */
        LITTLE
    }

    @Option(names = "--pgm-order", paramLabel = "ORDER", defaultValue = "big", description = "Byte order of 16-bit PGM and PPM files: big, as specified, or little, as in the raw files of NYU Depth v2 (default: ${DEFAULT-VALUE}).")
    private Order order;

    /** {@return how files are read} */
    public ReadOptions reading() {
        return reading(null);
    }

    /**
     * {@return how files are read}
     *
     * @param array the name of an array in NPZ files; null if they have one map
     */
    public ReadOptions reading(@Nullable String array) {
        return new ReadOptions(order == Order.LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                Optional.ofNullable(array));
    }
}
