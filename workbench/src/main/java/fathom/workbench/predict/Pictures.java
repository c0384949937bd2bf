package fathom.workbench.predict;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import fathom.formats.images.FolderListing;

/** The search for pictures given as files, folders, or patterns such as {@code scans/*.jpg}. */
public final class Pictures {
    private Pictures() {}

    /**
     * Finds pictures. A folder stands for the pictures directly in it, recognised by their extensions. Hidden files are
     * left out.
     *
     * @param arguments files, folders and patterns
     * @param notes receives a sentence for each folder or pattern with pictures that cannot be read
     * @return the pictures, each once, in the order of the arguments; those of a folder or pattern are sorted by path
     * @throws NoSuchFileException if a file or folder does not exist
     * @throws IllegalArgumentException if a folder or pattern contains no picture
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> find(List<String> arguments, Consumer<String> notes) throws IOException {
        Set<Path> pictures = new LinkedHashSet<>();
        for (String argument : arguments) {
            Path path = isPattern(argument) ? null : Path.of(argument);
            if (path == null) {
                pictures.addAll(matching(argument, notes));
            } else if (Files.isDirectory(path)) {
                pictures.addAll(inFolder(path, notes));
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

    private static List<Path> inFolder(Path folder, Consumer<String> notes) throws IOException {
        FolderListing listing = FolderListing.of(folder, FolderListing.PICTURES, 1);
        if (listing.files().isEmpty()) {
            throw new IllegalArgumentException("folder " + folder + ": expected pictures (jpg, png, ppm, pgm), found "
                    + (listing.unread().isEmpty() ? "none" : listing.unreadText() + "; convert them to PNG or JPEG")
                    + ". For those of its subfolders write '" + folder + "/**/*.jpg'.");
        }
        if (!listing.unread().isEmpty()) {
            notes.accept(folder + ": left out " + listing.unreadText() + "; convert them to PNG or JPEG");
        }
        return listing.files();
    }

    private static List<Path> matching(String pattern, Consumer<String> notes) throws IOException {
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
        int levels = rest.contains("**") ? Integer.MAX_VALUE : (int) rest.chars().filter(c -> c == '/').count() + 1;
        List<Path> matching = FolderListing.files(start, levels).stream().filter(path -> {
            Path relative = start.relativize(path);
            return matcher.matches(relative) || direct.matches(relative);
        }).toList();
        FolderListing listing = FolderListing.of(matching, FolderListing.PICTURES);
        if (listing.files().isEmpty()) {
            throw new IllegalArgumentException("pattern " + pattern + ": expected to match pictures, matched "
                    + (listing.unread().isEmpty() ? "none." : listing.unreadText() + "; convert them to PNG or JPEG."));
        }
        if (!listing.unread().isEmpty()) {
            notes.accept(pattern + ": left out " + listing.unreadText() + "; convert them to PNG or JPEG");
        }
        return listing.files().stream().sorted().toList();
    }
}
