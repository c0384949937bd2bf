package fathom.datasets.readers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import fathom.formats.Format;
import fathom.formats.Formats;

/** Sorted listings of folders without hidden entries. */
final class Folders {
    /** The number of folder levels that are searched, which also ends cycles of symbolic links. */
    static final int MAX_LEVELS = 8;
    private static final Set<Format> PICTURES = Set.of(Formats.JPEG, Formats.PNG, Formats.PNM);
    private static final Set<Format> DEPTH = Set.of(Formats.PNG, Formats.PNM, Formats.PFM, Formats.NPY, Formats.NPZ);

    private Folders() {}

    static void requireFolder(String what, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(what + ": expected a folder, found " + folder
                    + (Files.exists(folder) ? ", which is a file" : ", which does not exist"));
        }
    }

    static List<Path> folders(Path folder) throws IOException {
        return children(folder, Files::isDirectory);
    }

    /** Returns the files with the extension of a picture format; empty if the folder does not exist. */
    static List<Path> pictures(Path folder) throws IOException {
        return children(folder, file -> isOf(file, PICTURES));
    }

    /** Returns the files whose extension is that of a format that can hold depth; empty if the folder does not exist. */
    static List<Path> depthMaps(Path folder) throws IOException {
        return children(folder, file -> isOf(file, DEPTH));
    }

    /** Returns the pictures at any level below {@code folder}. */
    static List<Path> allPictures(Path folder) throws IOException {
        return all(folder, PICTURES);
    }

    /** Returns the files that can hold depth at any level below {@code folder}. */
    static List<Path> allDepthMaps(Path folder) throws IOException {
        return all(folder, DEPTH);
    }

    private static List<Path> all(Path folder, Set<Format> formats) throws IOException {
        try (Stream<Path> files = Files.walk(folder, MAX_LEVELS)) {
            return files.filter(file -> isOf(file, formats) && !hidden(folder, file))
                    .sorted(Comparator.comparing(file -> name(folder, file))).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean hidden(Path folder, Path file) {
        for (Path part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static List<Path> children(Path folder, Predicate<Path> chosen) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !fileName(child).startsWith(".") && chosen.test(child))
                    .sorted(Comparator.comparing(Folders::fileName)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isOf(Path file, Set<Format> formats) {
        Optional<Format> format = Formats.ofFileName(fileName(file));
        return format.isPresent() && formats.contains(format.get()) && Files.isRegularFile(file);
    }

    static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Returns the path of {@code file} below {@code root}, with forward slashes. */
    static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Returns {@code name} without its extension. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }
}
