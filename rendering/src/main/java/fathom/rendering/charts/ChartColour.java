package fathom.rendering.charts;

import java.awt.Color;
import java.util.List;
import java.util.Locale;

/** The colours of charts: custom properties of the page, with the values of the App's light theme. */
enum ChartColour {
    /** Text and the line of equality. */
    INK(0x1A1A1A),
    /** Labels. */
    INK_2(0x555555),
    /** Grid. */
    LINE(0xDFDFDF),
    /** Axes. */
    LINE_STRONG(0x8C8C8C),
    /** First series. */
    SCOPE_A(0xC02563),
    /** Second series. */
    SCOPE_B(0x0B66B8),
    /** Third series. */
    SCOPE_C(0x7A6200),
    /** Fourth series. */
    SCOPE_D(0x1F7A43);

    private static final List<ChartColour> SERIES = List.of(SCOPE_A, SCOPE_B, SCOPE_C, SCOPE_D);

    private final int rgb;

    ChartColour(int rgb) {
        this.rgb = rgb;
    }

    /** Returns the colour of a series; the fifth has the colour of the first. */
    static ChartColour series(int index) {
        return SERIES.get(index % SERIES.size());
    }

    Color light() {
        return new Color(rgb);
    }

    /** Returns the colour as Batik writes it. */
    String written() {
        return "rgb(" + (rgb >> 16) + "," + (rgb >> 8 & 0xFF) + "," + (rgb & 0xFF) + ")";
    }

    /** Returns the custom property with the light colour as fallback. */
    String property() {
        return "var(--" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ", "
                + String.format(Locale.ROOT, "#%06x", rgb) + ")";
    }
}
