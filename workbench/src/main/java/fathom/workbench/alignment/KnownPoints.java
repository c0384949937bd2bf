package fathom.workbench.alignment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.formats.FormatException;
import fathom.formats.TooLargeException;
import fathom.formats.images.ReadOptions;
import fathom.raster.MeasuredDepth;

/**
 * Known depths of a picture: points, or the pixels of a measured depth map that may have holes.
 *
 * <p>Points are a CSV file in UTF-8 with the header {@code row,column,metres} or {@code x,y,metres}; x is the column and y the
 * row. Coordinates are pixels of the picture, may be fractions, and count from 0 at the centre of the first pixel. Empty
 * lines and lines that start with {@code #} are skipped. A depth map is any file that can be read as measured depth. It may
 * have another size than the picture, but must show the same view: its coordinates are scaled.
 */
public final class KnownPoints {
    /** The largest number of points of a depth map that are used; they are spread evenly over the measured pixels. */
    public static final int MAX_POINTS = 20_000;

    private static final long MAX_BYTES = 64L << 20;
    private static final int FIRST_LINE = 4096;
    /** The largest difference of the shapes of a depth map and a picture, as in ScanNet (1296x968 and 640x480). */
    private static final double ROUNDING = 0.005;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final List<Point> points;
    private final long known;
    /** The size that the coordinates refer to; 0 if they are pixels of the picture. */
    private final int height;
    private final int width;

    private KnownPoints(Path file, List<Point> points, long known, int height, int width) {
        this.file = file;
        this.points = List.copyOf(points);
        this.known = known;
        this.height = height;
        this.width = width;
    }

    /**
     * A known depth.
     *
     * @param row the row, from 0 at the centre of the first pixel
     * @param column the column
     * @param metres the depth along the optical axis
     * @param place where the file states it, for messages
     */
    public record Point(double row, double column, double metres, String place) {}

    /**
     * How a file of known depths is read.
     *
     * @param encoding the encoding of a depth map; if empty, metres for floating-point numbers, otherwise the scale in the file
     *            or millimetres
     * @param missing the numbers as stored in a depth map that mean "no measurement", in addition to 0
     * @param reading how a depth map is read
     */
    public record Reading(Optional<DepthEncoding> encoding, List<Double> missing, ReadOptions reading) {
        /** Nothing is stated. */
        public static final Reading DEFAULT = new Reading(Optional.empty(), List.of(), ReadOptions.DEFAULT);

        /** Copies the list. */
        public Reading {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Reads points or a depth map. The content of the file decides which.
     *
     * @param file the file
     * @param reading how a depth map is read
     * @return the known depths
     * @throws FormatException if a line of the points is not valid; the message names the line
     * @throws IOException if the file cannot be read
     */
    public static KnownPoints read(Path file, Reading reading) throws IOException {
        return isTable(file) ? table(file) : map(file, reading);
    }

    private static boolean isTable(Path file) throws IOException {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String line = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1).lines().findFirst()
                    .orElse("");
            return line.indexOf('\0') < 0 && line.contains(",");
        }
    }

    private static KnownPoints table(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new TooLargeException(file.toString(), "a table of more than 64 MiB", Files.size(file));
        }
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (CharacterCodingException e) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "expected text in UTF-8, found other bytes", e);
        }
        List<Point> points = new ArrayList<>();
        boolean rowFirst = false;
        boolean headed = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (i == 0 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
                line = line.substring(1).strip();
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!headed) {
                rowFirst = isRowFirst(file, i + 1, line);
                headed = true;
            } else {
                points.add(point(file, i + 1, line, rowFirst));
            }
        }
        if (points.isEmpty()) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "expected the header row,column,metres or x,y,metres and at least one point, found "
                            + (headed ? "no point" : "an empty file"));
        }
        return new KnownPoints(file, points, points.size(), 0, 0);
    }

    /** Returns whether the header is {@code row,column,metres}, not {@code x,y,metres}. */
    private static boolean isRowFirst(Path file, int line, String header) throws FormatException {
        String names = header.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", "");
        return switch (names) {
            case "row,column,metres", "row,column,meters" -> true;
            case "x,y,metres", "x,y,meters" -> false;
            default -> throw problem(file, line,
                    "expected the header row,column,metres or x,y,metres, found \"" + header + "\"");
        };
    }

    private static Point point(Path file, int line, String text, boolean rowFirst) throws FormatException {
        String[] cells = text.split(",", -1);
        if (cells.length != 3) {
            throw problem(file, line, "expected three numbers, found " + cells.length + " in \"" + text + "\"");
        }
        double first = number(file, line, rowFirst ? "row" : "x", cells[0]);
        double second = number(file, line, rowFirst ? "column" : "y", cells[1]);
        double metres = number(file, line, "metres", cells[2]);
        if (!(metres > 0)) {
            throw problem(file, line, "expected metres above 0, found " + cells[2].strip()
                    + "; delete the lines of points without a measurement");
        }
        return new Point(rowFirst ? first : second, rowFirst ? second : first, metres, "line " + line);
    }

    private static double number(Path file, int line, String name, String cell) throws FormatException {
        try {
            double number = Double.parseDouble(cell.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "line " + line + ": expected a number for " + name + ", found \"" + cell.strip() + "\"", e);
        }
        throw problem(file, line, "expected a finite number for " + name + ", found " + cell.strip());
    }

    private static FormatException problem(Path file, int line, String problem) {
        return new FormatException(file.toString(), FormatException.NO_OFFSET, "line " + line + ": " + problem);
    }

    private static KnownPoints map(Path file, Reading reading) throws IOException {
        DepthEncoding encoding = reading.encoding().isPresent()
                ? reading.encoding().get()
                : DepthFiles.usualEncoding(file, reading.reading());
        MeasuredDepth depth = DepthFiles.read(file,
                encoding.withMissing(reading.missing()).withReading(reading.reading()), DepthLimits.NONE);
        boolean[] valid = depth.valid().array();
        int known = depth.valid().count();
        if (known == 0) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "expected known depths, found none above 0");
        }
        List<Point> points = new ArrayList<>(Math.min(known, MAX_POINTS));
        int width = depth.width();
        long seen = 0;
        for (int i = 0; i < valid.length; i++) {
            if (valid[i]) {
                // Takes a pixel each time the running share of MAX_POINTS passes a whole number.
                if (known <= MAX_POINTS || (seen + 1) * MAX_POINTS / known > seen * MAX_POINTS / known) {
                    int row = i / width;
                    int column = i % width;
                    points.add(new Point(row, column, depth.metres().get(row, column),
                            "pixel (" + row + ", " + column + ")"));
                }
                seen++;
            }
        }
        return new KnownPoints(file, points, known, depth.height(), width);
    }

    /** {@return the file} */
    public Path file() {
        return file;
    }

    /** {@return the number of known depths in the file; more than are used if it is a depth map with many} */
    public long known() {
        return known;
    }

    /**
     * Returns the points in pixels of a picture.
     *
     * @param pictureHeight the number of rows of the picture
     * @param pictureWidth the number of columns of the picture
     * @return the points, at most {@link #MAX_POINTS} if the file is a depth map
     * @throws FormatException if a point is outside the picture, or the depth map has another shape than the picture
     */
    public List<Point> in(int pictureHeight, int pictureWidth) throws FormatException {
        if (height == 0) {
            for (Point point : points) {
                if (!(point.row() >= -0.5 && point.row() <= pictureHeight - 0.5 && point.column() >= -0.5
                        && point.column() <= pictureWidth - 0.5)) {
                    throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                            point.place() + ": expected a point inside the picture of " + pictureWidth + "x"
                                    + pictureHeight + ", found row " + point.row() + ", column " + point.column());
                }
            }
            return points;
        }
        double rows = (double) pictureHeight / height;
        double columns = (double) pictureWidth / width;
        double allowed = Math.max(ROUNDING, 1.0 / Math.min(height, width));
        if (Math.abs(rows / columns - 1) > allowed) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "expected a depth map of the shape of the picture, " + pictureWidth + "x" + pictureHeight
                            + ", found " + width + "x" + height + "; it must show the same view");
        }
        return points.stream().map(point -> new Point((point.row() + 0.5) * rows - 0.5,
                (point.column() + 0.5) * columns - 0.5, point.metres(), point.place())).toList();
    }
}
