package fathom.evaluation.ordinal;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class OrderAgreementTest {
    static final float[] A = new float[50];
    static final float[] B = new float[50];

    static {
        for (int i = 0; i < 50; i++) {
            A[i] = i * 37 % 23;
            B[i] = (i * 29 + i * i) % 17;
        }
    }

    /** Values of NumPy 1.24: all pairs compared one by one. */
    @Test
    void allPairsAgreeWithThoseComparedOneByOne() {
        assertThat(OrderAgreement.ofAllPairs(A, B)).isEqualTo(0.5116);
        assertThat(OrderAgreement.ofAllPairs(A, A)).isEqualTo(1);
        assertThat(OrderAgreement.ofAllPairs(new float[50], A)).isEqualTo(0.5224);
    }

    @Property(tries = 200)
    void anyTiesAreCountedAsPairsComparedOneByOne(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = -3, max = 6) Integer> values,
            @ForAll @IntRange(min = 1, max = 5) int step) {
        float[] p = new float[values.size()];
        float[] t = new float[values.size()];
        for (int i = 0; i < p.length; i++) {
            p[i] = values.get(i);
            t[i] = values.get(i * step % p.length) * 0.5f;
        }
        long agreeing = 0;
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                agreeing += p[i] < p[j] == t[i] < t[j] ? 1 : 0;
            }
        }
        assertThat(OrderAgreement.ofAllPairs(p, t)).isEqualTo((double) agreeing / ((long) p.length * p.length));
    }

    @Test
    void negativeZeroEqualsZeroAndInfinityIsTheLargest() {
        float[] p = {-0f, 0, Float.POSITIVE_INFINITY};
        assertThat(OrderAgreement.ofAllPairs(p, new float[]{1, 1, 2})).isEqualTo(1);
    }

    @Test
    void drawnPairsScatterAroundTheValueOfAllPairs() {
        double sampled = OrderAgreement.ofSampledPairs(A, B, 1_000_000, 5);
        assertThat(sampled).isNotEqualTo(0.5116).isCloseTo(0.5116, within(2.5e-3));
        assertThat(OrderAgreement.ofSampledPairs(A, B, 1_000_000, 5)).isEqualTo(sampled);
    }

    /** Values of torch 1.13: {@code torch.manual_seed(seed)}, {@code torch.randint}. */
    @Test
    void randomNumbersAreThoseOfTorch() {
        MersenneTwister random = new MersenneTwister(20261129);
        for (long expected : new long[]{1761841590, 933863079, 3718737711L, 3328451525L, 3312923184L}) {
            assertThat(Integer.toUnsignedLong(random.next())).isEqualTo(expected);
        }
        random = new MersenneTwister(7);
        int[] drawn = new int[2000];
        long sum = 0;
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = random.below(1000);
            sum += drawn[i];
        }
        assertThat(drawn).startsWith(615, 892, 721, 286);
        assertThat(new int[]{drawn[700], drawn[701], drawn[702], drawn[703]}).containsExactly(478, 703, 400, 856);
        assertThat(sum).isEqualTo(1013366);
    }

    @Test
    void listsThatCannotBeComparedAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> OrderAgreement.ofAllPairs(new float[2], new float[3]))
                .withMessageContaining("2 and 3");
        assertThatIllegalArgumentException().isThrownBy(() -> OrderAgreement.ofAllPairs(new float[0], new float[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrderAgreement.ofAllPairs(new float[]{1, Float.NaN}, new float[2]))
                .withMessageContaining("value 1").withMessageContaining("mask");
        assertThatIllegalArgumentException().isThrownBy(() -> OrderAgreement.ofSampledPairs(A, B, 0, 1))
                .withMessageContaining("pairs");
    }
}
