package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import fathom.formats.images.FolderListing;

/** Sorted listings of folders without hidden entries. */
final class Folders {
    /** The number of folder levels that are searched. */
    static final int MAX_LEVELS = FolderListing.MAX_LEVELS;
    private Folders() {}

    static void requireFolder(String what, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(what + ": expected a folder, found " + folder
                    + (Files.exists(folder) ? ", which is a file" : ", which does not exist"));
        }
    }

    static List<Path> folders(Path folder) throws IOException {
        return FolderListing.folders(folder);
    }

    /** Returns the files with the extension of a picture format; empty if the folder does not exist. */
    static List<Path> pictures(Path folder) throws IOException {
        return FolderListing.of(folder, FolderListing.PICTURES, 1).files();
    }

    /** Returns the files whose extension is that of a format that can hold depth; empty if the folder does not exist. */
    static List<Path> depthMaps(Path folder) throws IOException {
        return FolderListing.of(folder, FolderListing.DEPTH, 1).files();
    }

    /** Returns the files in a folder that are pictures or depth maps in formats that are not read, for a message. */
    static String unread(Path folder) throws IOException {
        return FolderListing.of(folder, FolderListing.PICTURES, 1).unreadText();
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
