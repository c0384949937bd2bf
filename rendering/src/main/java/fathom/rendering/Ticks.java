package fathom.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round numbers at equal distances inside a range, for the scale of a colour bar.
 *
 * @param values the numbers, ascending
 * @param exponent power of ten of their last significant digit
 */
record Ticks(List<Double> values, int exponent) {
    Ticks {
        values = List.copyOf(values);
    }

    private static final double[] FACTORS = {1, 2, 5, 10};

    /** Returns from one to about {@code most} multiples of 1, 2 or 5 times a power of ten. */
    static Ticks in(ValueRange range, int most) {
        double span = range.max() - range.min();
        double power = Math.pow(10, Math.floor(Math.log10(span / most)));
        int factor = 0;
        while (factor < FACTORS.length - 1 && span / (FACTORS[factor] * power) > most) {
            factor++;
        }
        Ticks ticks = multiples(range, FACTORS[factor] * power);
        // If few ticks are requested, the step may be longer than the range, and no multiple of it may be inside.
        return ticks.values.isEmpty() && factor > 0 ? multiples(range, FACTORS[factor - 1] * power) : ticks;
    }

    private static Ticks multiples(ValueRange range, double step) {
        List<Double> values = new ArrayList<>();
        long last = (long) Math.floor(range.max() / step + 1e-9);
        for (long i = (long) Math.ceil(range.min() / step - 1e-9); i <= last; i++) {
            values.add(i * step);
        }
        return new Ticks(values, (int) Math.floor(Math.log10(step) + 1e-9));
    }

    /** Returns the text for {@code value}: plain if that is short, otherwise with a power of ten. */
    String label(double value) {
        double size = Math.abs(value);
        String text;
        if (exponent >= -5 && size < 1e6) {
            text = String.format(Locale.ROOT, "%." + Math.max(0, -exponent) + "f", value + 0.0);
        } else if (size < Math.pow(10, exponent - 1)) {
            text = "0";
        } else {
            int digits = Math.max(0, (int) Math.floor(Math.log10(size) + 1e-9) - exponent);
            text = String.format(Locale.ROOT, "%." + digits + "e", value);
        }
        return text.replace('-', '−');
    }
}
