package fathom.weights.torch;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reading any damaged file ends soon, with values or with the one expected exception. */
class DamagedTorchFileProperties {
    private static final byte[] ZIP = TorchFixtures.golden("state_zip.bin");
    private static final byte[] LEGACY = TorchFixtures.golden("state_legacy.bin");
    private static final byte[] CHECKPOINT = TorchFixtures.golden("checkpoint_zip.pt");

    @Test
    void truncatedTorchFileIsRejected() {
        for (byte[] whole : new byte[][]{ZIP, LEGACY, CHECKPOINT}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> TorchFixtures.read(cut)).as(length + " bytes")
                        .isInstanceOf(TorchFormatException.class);
            }
        }
    }

    @Test
    void halfAZipIsRejected() {
        assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures.golden("bad/truncated_zip.bin")))
                .isInstanceOf(TorchFormatException.class).hasMessageContaining("cut off");
    }

    @Property(tries = 5000)
    void changedBytesOfThePickleNeverEscape(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
        readChanged(LEGACY, seed, changes);
    }

    @Property(tries = 2000)
    void changedBytesOfTheZipNeverEscape(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
        readChanged(ZIP, seed, changes);
    }

    /** Random instructions get further than a damaged checksum or magic number. */
    @Property(tries = 5000)
    void randomInstructionsNeverEscape(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length) {
        Random random = new Random(seed);
        String common = "(.012NJKMGX]})ltdaesuhqrcRbQIF";
        byte[] pickle = new byte[length];
        for (int i = 0; i < length; i++) {
            pickle[i] = (byte) (random.nextInt(3) > 0
                    ? common.charAt(random.nextInt(common.length()))
                    : random.nextInt(256));
        }
        Bytes in = new Bytes(TorchFixtures.NAME, java.lang.foreign.MemorySegment.ofArray(pickle), 0, length);
        try {
            Unpickler.read(in, (_, type, _) -> new Storage("0", type, 4));
        } catch (TorchFormatException e) {
            // The expected result for damaged files.
            return;
        }
    }

    private static void readChanged(byte[] whole, long seed, int changes) {
        Random random = new Random(seed);
        byte[] changed = whole.clone();
        for (int i = 0; i < changes; i++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        try (Arena arena = Arena.ofConfined()) {
            TorchFile file = TorchFixtures.read(changed);
            for (TorchValue.Tensor tensor : file.tensors().values()) {
                file.bytes(tensor, arena);
            }
        } catch (TorchFormatException e) {
            // The expected result for damaged files.
            return;
        }
    }
}
