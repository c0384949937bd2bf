package fathom.rendering;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of 256 colours from the lowest value to the highest, identical to matplotlib's. Immutable.
 *
 * <p>The tables, with their authors and licences, are in the resource {@code colormaps.txt} of this package. The browser
 * gets the same tables through {@link #hex()}.
 */
public final class Colormap {
    /** The number of colours in a table. */
    public static final int SIZE = 256;

    private static final String RESOURCE = "colormaps.txt";
    private static final String REVERSED = "_r";

    private final String name;
    private final byte[] table;

    private Colormap(String name, byte[] table) {
        this.name = name;
        this.table = table;
    }

    /** The tables, loaded on first use. */
    private static final class Tables {
        static final Map<String, Colormap> BY_NAME = load();
    }

    /** {@return the names in display order: viridis first, every map followed by its reverse} */
    public static List<String> names() {
        return List.copyOf(Tables.BY_NAME.keySet());
    }

    /**
     * {@return the colormap with that name, for example {@code "viridis"} or {@code "Spectral_r"}}
     *
     * @param name one of {@link #names()}
     * @throws IllegalArgumentException if there is none
     */
    public static Colormap byName(String name) {
        Colormap colormap = Tables.BY_NAME.get(name);
        if (colormap == null) {
            throw new IllegalArgumentException(
                    "colormap: expected one of " + String.join(", ", names()) + ", found \"" + name + "\"");
        }
        return colormap;
    }

    /** {@return the default, which has uniform lightness and is readable for colour-blind users} */
    public static Colormap viridis() {
        return byName("viridis");
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the map in reverse order} */
    public Colormap reversed() {
        return byName(name.endsWith(REVERSED) ? name.substring(0, name.length() - REVERSED.length()) : name + REVERSED);
    }

    /**
     * {@return colour {@code index} as 0xRRGGBB}
     *
     * @param index 0 to 255
     */
    public int rgb(int index) {
        int at = 3 * index;
        return (table[at] & 0xFF) << 16 | (table[at + 1] & 0xFF) << 8 | (table[at + 2] & 0xFF);
    }

    /**
     * {@return the index of the colour for {@code share}, like matplotlib: ⌊256 · share⌋, 255 for 1; values outside 0
     * to 1 get the first or the last colour}
     *
     * @param share 0 to 1, not NaN
     */
    public static int index(double share) {
        return Math.clamp((int) (share * SIZE), 0, SIZE - 1);
    }

    /** {@return a copy of the table: 256 times red, green, blue} */
    public byte[] toTable() {
        return table.clone();
    }

    /** {@return the table as 256 times six lower-case hexadecimal digits} */
    public String hex() {
        return HexFormat.of().formatHex(table);
    }

    @Override
    public String toString() {
        return "Colormap[" + name + "]";
    }

    private static Map<String, Colormap> load() {
        Map<String, byte[]> tables = new LinkedHashMap<>();
        try (InputStream in = Colormap.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + ": missing from the program's resources");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                if (!line.startsWith("#")) {
                    int space = line.indexOf(' ');
                    tables.put(line.substring(0, space), HexFormat.of().parseHex(line.substring(space + 1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + ": cannot be read", e);
        }
        Map<String, Colormap> colormaps = new LinkedHashMap<>();
        tables.forEach((name, table) -> {
            if (!name.endsWith(REVERSED)) {
                byte[] reversed = tables.getOrDefault(name + REVERSED, backwards(table));
                colormaps.put(name, new Colormap(name, table));
                colormaps.put(name + REVERSED, new Colormap(name + REVERSED, reversed));
            }
        });
        return colormaps;
    }

    private static byte[] backwards(byte[] table) {
        byte[] reversed = new byte[table.length];
        for (int i = 0; i < SIZE; i++) {
            System.arraycopy(table, 3 * i, reversed, 3 * (SIZE - 1 - i), 3);
        }
        return reversed;
    }
}
