package fathom.workbench.predict;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import fathom.formats.Formats;

/** The search for pictures given as files, folders, or patterns such as {@code scans/*.jpg}. */
public final class Pictures {
    private static final Set<String> PICTURE_FORMATS = Set.of(Formats.JPEG.name(), Formats.PNG.name(),
            Formats.PNM.name());

    private Pictures() {}

    /**
     * Finds pictures. A folder stands for the pictures directly in it, recognised by their extensions.
     *
     * @param arguments files, folders and patterns
     * @return the pictures, each once, in the order of the arguments; those of a folder or pattern are sorted by path
     * @throws NoSuchFileException if a file or folder does not exist
     * @throws IllegalArgumentException if a folder or pattern contains no picture
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> find(List<String> arguments) throws IOException {
        Set<Path> pictures = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path path = isPattern(argument) ? null : Path.of(argument);
            if (path == null) {
                pictures.addAll(matching(argument));
            } else if (Files.isDirectory(path)) {
                pictures.addAll(inFolder(path));
            } else if (Files.exists(path)) {
                pictures.add(path);
            } else {
                throw new NoSuchFileException(argument);
            }
        }
        return new ArrayList<>(pictures);
    }

    private static boolean isPattern(String argument) {
        boolean wild = argument.chars().anyMatch(c -> c == '*' || c == '?' || c == '{');
        return wild && !new File(argument).exists();
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        List<Path> pictures = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (hasPictureName(entry) && Files.isRegularFile(entry)) {
                    pictures.add(entry);
                }
            }
        }
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException(
                    "folder " + folder + ": expected pictures (jpg, png, ppm, pgm), found none. For "
                            + "those of its subfolders write '" + folder + "/**/*.jpg'.");
        }
        pictures.sort(null);
        return pictures;
    }

    private static List<Path> matching(String pattern) throws IOException {
        String normal = pattern.replace('\\', '/');
        int wild = 0;
        while (wild < normal.length() && "*?{[".indexOf(normal.charAt(wild)) < 0) {
            wild++;
        }
        int slash = normal.lastIndexOf('/', wild);
        Path start = slash < 0 ? Path.of("") : Path.of(normal.substring(0, slash + 1));
        if (!Files.isDirectory(start)) {
            throw new NoSuchFileException(start.toString());
        }
        String rest = normal.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        // In a pattern "**/" also stands for no folder.
        PathMatcher direct = FileSystems.getDefault().getPathMatcher("glob:" + rest.replace("**/", ""));
        int depth = rest.contains("**") ? Integer.MAX_VALUE : (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> walk = Files.walk(start, depth)) {
            List<Path> pictures = walk.filter(path -> {
                Path relative = start.relativize(path);
                return (matcher.matches(relative) || direct.matches(relative)) && hasPictureName(path)
                        && Files.isRegularFile(path);
            }).sorted().toList();
            if (pictures.isEmpty()) {
                throw new IllegalArgumentException(
                        "pattern " + pattern + ": expected to match pictures, matched none.");
            }
            return pictures;
        }
    }

    private static boolean hasPictureName(Path path) {
        return Formats.ofFileName(path.getFileName().toString()).map(format -> PICTURE_FORMATS.contains(format.name()))
                .orElse(false);
    }
}
