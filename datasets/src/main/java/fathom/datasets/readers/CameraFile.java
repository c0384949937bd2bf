package fathom.datasets.readers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.datasets.readers.SceneFiles.Size;
import fathom.formats.FormatException;
import fathom.formats.NdArray;
import fathom.formats.images.NumberFiles;
import fathom.formats.npy.Npz;
import fathom.raster.Intrinsics;

/**
 * The camera in a file: a matrix of 3x3, 3x4 or 4x4 numbers, or {@code fx fy cx cy} with or without the size of the picture.
 * The numbers are text, an array, or members of a JSON object.
 *
 * @param file the file, for messages
 * @param fx focal length along x
 * @param fy focal length along y
 * @param cx column of the optical axis
 * @param cy row of the optical axis
 * @param size the width and height that the file states; empty if it states none
 */
record CameraFile(Path file, double fx, double fy, double cx, double cy, Optional<Size> size) {
    private static final int MAX_BYTES = 1 << 16;
    private static final String EXPECTED = "expected the camera as fx fy cx cy, as these with the width and height, or as a "
            + "matrix of 3x3, 3x4 or 4x4 numbers (fx 0 cx 0 fy cy 0 0 1), found ";
    /** Focal lengths and centres below these are fractions of the size of the picture. */
    private static final double MAX_FOCAL_FRACTION = 10;
    private static final double MAX_CENTRE_FRACTION = 1.5;
    /** A camera whose centre is off by more than this part of the size belongs to another size. */
    private static final double FAR_FROM_CENTRE = 0.25;
    private static final double NEAR_CENTRE = 0.1;
    private static final double ASPECT_TOLERANCE = 0.01;
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
    /** A name, a colon or an equals sign, and a number, as in YAML and JSON. */
    private static final Pattern MEMBER = Pattern
            .compile("(?i)\"?\\b(fx|fy|cx|cy|width|height|w|h)\\b\"?\\s*[:=]\\s*(" + NUMBER.pattern() + ")");
    private static final Pattern MATRIX_MEMBER = Pattern.compile(
            "(?i)\"?\\b(?:k|intrinsic_?matrix|camera_?matrix|intrinsics?|cam_k)\\b\"?\\s*[:=]\\s*(\\[[-+\\d.eE,;\\s\\[\\]]*])");
    private static final Pattern HEADER = Pattern.compile(
            "(?is)^\\s*fx[\\s,;]+fy[\\s,;]+cx[\\s,;]+cy(?:[\\s,;]+w(?:idth)?" + "[\\s,;]+h(?:eight)?)?(?=[\\s,;])");
    private static final List<String> ARRAYS = List.of("k", "intrinsics", "intrinsic", "intr", "camera", "cam_k",
            "camera_matrix");

    /**
     * Reads the camera in {@code file}.
     *
     * @throws FormatException if the file contains something else; the message says what was found
     * @throws IOException if the file cannot be read
     */
    static CameraFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw wrong(file, "a folder");
        }
        if (NumberFiles.isArray(file)) {
            return of(file, array(file), "an array");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw wrong(file, "a file of more than " + MAX_BYTES + " bytes");
        }
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\uFEFF", "").replaceAll("(?m)#.*$", "")
                .strip();
        Optional<CameraFile> members = members(file, text);
        if (members.isPresent()) {
            return members.get();
        }
        return of(file, numbers(file, HEADER.matcher(text).replaceFirst("")), shown(text));
    }

    private static double[] array(Path file) throws IOException {
        NdArray array;
        if (isArchive(file)) {
            List<String> names = Npz.names(file);
            String name = names.stream().filter(known -> ARRAYS.contains(known.toLowerCase(Locale.ROOT))).findFirst()
                    .orElse(names.size() == 1 ? names.getFirst() : "");
            if (name.isEmpty()) {
                throw wrong(file, "the arrays " + String.join(", ", names));
            }
            array = Npz.read(file, name);
        } else {
            array = NumberFiles.readArray(file);
        }
        if (array.size() > 16) {
            throw wrong(file, "an array of " + array.size() + " numbers");
        }
        return array.toDoubles();
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P';
        }
    }

    private static double[] numbers(Path file, String text) throws FormatException {
        List<Double> numbers = new ArrayList<>();
        for (String word : text.replaceAll("[\\[\\](){}]", " ").strip().split("[\\s,;]+", -1)) {
            if (!word.isEmpty()) {
                if (!NUMBER.matcher(word).matches()) {
                    throw wrong(file, "\"" + shown(word) + "\" as number " + (numbers.size() + 1));
                }
                numbers.add(Double.parseDouble(word));
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the camera in named numbers; empty if the text does not name all four. */
    private static Optional<CameraFile> members(Path file, String text) throws FormatException {
        Map<String, Double> members = new HashMap<>();
        Matcher matcher = MEMBER.matcher(text);
        boolean repeated = false;
        while (matcher.find()) {
            String name = matcher.group(1).toLowerCase(Locale.ROOT);
            Double earlier = members.put(name.equals("w") ? "width" : name.equals("h") ? "height" : name,
                    Double.valueOf(matcher.group(2)));
            repeated |= earlier != null;
        }
        Optional<Size> size = Optional.empty();
        Double width = members.remove("width");
        Double height = members.remove("height");
        if (width != null && height != null && width >= 1 && height >= 1) {
            size = Optional.of(new Size(width.intValue(), height.intValue()));
        }
        Matcher matrix = MATRIX_MEMBER.matcher(text);
        if (members.isEmpty() && matrix.find()) {
            CameraFile camera = of(file, numbers(file, matrix.group(1)), shown(text));
            if (matrix.find()) {
                throw wrong(file, "several cameras");
            }
            return Optional.of(new CameraFile(file, camera.fx, camera.fy, camera.cx, camera.cy, size));
        }
        if (members.size() < 4) {
            return Optional.empty();
        }
        if (repeated) {
            throw wrong(file, "several cameras");
        }
        return Optional.of(checked(file, members.getOrDefault("fx", 0.0), members.getOrDefault("fy", 0.0),
                members.getOrDefault("cx", 0.0), members.getOrDefault("cy", 0.0), size));
    }

    private static CameraFile of(Path file, double[] k, String found) throws FormatException {
        return switch (k.length) {
            case 4 -> checked(file, k[0], k[1], k[2], k[3], Optional.empty());
            case 6 -> withSize(file, k, found);
            case 9 -> matrix(file, k, 3, found);
            case 12 -> matrix(file, k, 4, found);
            case 16 -> {
                if (k[12] != 0 || k[13] != 0 || k[14] != 0 || k[15] != 1) {
                    throw wrong(file, found);
                }
                yield matrix(file, k, 4, found);
            }
            default -> throw wrong(file, k.length + " numbers");
        };
    }

    /** Reads {@code fx fy cx cy width height} or {@code width height fx fy cx cy}. */
    private static CameraFile withSize(Path file, double[] k, String found) throws FormatException {
        boolean last = isSize(k[4], k[5], k[2], k[3]);
        boolean first = isSize(k[0], k[1], k[4], k[5]);
        if (last && first) {
            // Large whole focal lengths look like a size too: the centre decides.
            last = !isOff(k[2], k[4], NEAR_CENTRE) && !isOff(k[3], k[5], NEAR_CENTRE);
            first = !isOff(k[4], k[0], NEAR_CENTRE) && !isOff(k[5], k[1], NEAR_CENTRE);
        }
        if (last == first) {
            throw wrong(file, found);
        }
        return last
                ? checked(file, k[0], k[1], k[2], k[3], Optional.of(new Size((int) k[4], (int) k[5])))
                : checked(file, k[2], k[3], k[4], k[5], Optional.of(new Size((int) k[0], (int) k[1])));
    }

    private static boolean isSize(double width, double height, double cx, double cy) {
        return width >= 1 && height >= 1 && width == (int) width && height == (int) height && cx < width && cy < height;
    }

    /** Reads the first three columns of the first three rows; also transposed, as MATLAB and Open3D write 3x3 matrices. */
    private static CameraFile matrix(Path file, double[] k, int columns, String found) throws FormatException {
        double[] m = new double[9];
        for (int i = 0; i < 9; i++) {
            m[i] = k[i / 3 * columns + i % 3];
        }
        if (columns == 3 && m[2] == 0 && m[5] == 0 && (m[6] != 0 || m[7] != 0)) {
            m = new double[]{m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
        }
        double zero = 1e-6 * Math.abs(m[0]);
        if (Math.abs(m[1]) > zero || Math.abs(m[3]) > zero || m[6] != 0 || m[7] != 0 || Math.abs(m[8] - 1) > 1e-6) {
            throw wrong(file, found);
        }
        return checked(file, m[0], m[4], m[2], m[5], Optional.empty());
    }

    private static CameraFile checked(Path file, double fx, double fy, double cx, double cy, Optional<Size> size)
            throws FormatException {
        if (!(fx > 0 && fx < Double.POSITIVE_INFINITY && fy > 0 && fy < Double.POSITIVE_INFINITY)
                || !Double.isFinite(cx) || !Double.isFinite(cy)) {
            throw wrong(file, "fx " + fx + ", fy " + fy + ", cx " + cx + ", cy " + cy);
        }
        return new CameraFile(file, fx, fy, cx, cy, size);
    }

    /**
     * Returns the camera in pixels of a picture.
     *
     * @param picture the size of the picture
     * @param depth the size of the depth map
     * @param notes receives how the numbers were interpreted
     * @param warnings receives doubts whether the camera belongs to the picture
     * @throws FormatException if the file states a size of another shape
     */
    Intrinsics fit(Size picture, Size depth, List<String> notes, List<String> warnings) throws FormatException {
        if (fx < MAX_FOCAL_FRACTION && fy < MAX_FOCAL_FRACTION && Math.abs(cx) < MAX_CENTRE_FRACTION
                && Math.abs(cy) < MAX_CENTRE_FRACTION) {
            notes.add(
                    file + ": the numbers of the camera are fractions, so they were multiplied by the width and height "
                            + "of the picture");
            return new Intrinsics(fx * picture.width(), fy * picture.height(), cx * picture.width(),
                    cy * picture.height());
        }
        if (size.isPresent()) {
            return resized(size.get(), picture, "the file states", notes);
        }
        if (isOff(picture, FAR_FROM_CENTRE)) {
            if (!depth.equals(picture) && !isOff(depth, NEAR_CENTRE)) {
                return resized(depth, picture, "its centre is that of the depth maps,", notes);
            }
            warnings.add(String.format(Locale.ROOT,
                    "%s: the optical axis at (%.1f, %.1f) is far from the centre of a picture of %s; the camera may be for "
                            + "another size, about %.0fx%.0f",
                    file, cx, cy, picture, 2 * cx, 2 * cy));
        }
        return new Intrinsics(fx, fy, cx, cy);
    }

    private boolean isOff(Size of, double part) {
        return isOff(cx, of.width(), part) || isOff(cy, of.height(), part);
    }

    private static boolean isOff(double centre, double length, double part) {
        return Math.abs(centre - length / 2) > part * length;
    }

    private Intrinsics resized(Size from, Size picture, String why, List<String> notes) throws FormatException {
        Intrinsics stated = new Intrinsics(fx, fy, cx, cy);
        if (from.equals(picture)) {
            return stated;
        }
        double ratio = (double) from.width() * picture.height() / ((double) from.height() * picture.width());
        if (Math.abs(ratio - 1) > ASPECT_TOLERANCE) {
            throw new FormatException(file.toString(), FormatException.NO_OFFSET,
                    "expected a camera for pictures of " + picture + ", found one for " + from);
        }
        notes.add(file + ": the camera is for another size (" + why + " " + from
                + "), so it was scaled to the pictures of " + picture);
        return stated.resized(from.height(), from.width(), picture.height(), picture.width());
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.isEmpty() ? "nothing" : line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }

    private static FormatException wrong(Path file, String found) {
        return new FormatException(file.toString(), FormatException.NO_OFFSET, EXPECTED + found);
    }
}
