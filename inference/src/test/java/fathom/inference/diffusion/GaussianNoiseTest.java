package fathom.inference.diffusion;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class GaussianNoiseTest {
    @Test
    void firstNumbersOfASeedNeverChange() {
        assertThat(bits(new GaussianNoise(1).draw(0, 0, 4))).containsExactly(0xBF18CF98, 0xC02CD782, 0x3EBD5BAA,
                0xBE9812CA);
    }

    @Test
    void numbersAreStandardNormal() {
        float[] values = new GaussianNoise(1234).draw(0, 0, 200_000);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        int inside = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
            fourth += Math.pow(value, 4);
            inside += Math.abs(value) < 1 ? 1 : 0;
        }
        assertThat(sum / values.length).isCloseTo(0, within(0.01));
        assertThat(squares / values.length).isCloseTo(1, within(0.015));
        assertThat(fourth / values.length).isCloseTo(3, within(0.1));
        assertThat((double) inside / values.length).isCloseTo(0.6827, within(0.005));
    }

    @Property(tries = 50)
    void streamDoesNotDependOnTheCount(@ForAll long seed, @ForAll @IntRange(max = 100) int member,
            @ForAll @IntRange(min = 1, max = 60) int count) {
        GaussianNoise noise = new GaussianNoise(seed);
        assertThat(noise.draw(member, 0, 61)).startsWith(noise.draw(member, 0, count));
    }

    @Property(tries = 50)
    void streamsOfOneSeedDiffer(@ForAll long seed, @ForAll @IntRange(max = 20) int member,
            @ForAll @IntRange(max = 50) int draw) {
        GaussianNoise noise = new GaussianNoise(seed);
        float[] values = noise.draw(member, draw, 8);
        assertThat(values).isNotEqualTo(noise.draw(member + 1, draw, 8));
        assertThat(values).isNotEqualTo(noise.draw(member, draw + 1, 8));
        assertThat(values).isNotEqualTo(new GaussianNoise(seed + 1).draw(member, draw, 8));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
