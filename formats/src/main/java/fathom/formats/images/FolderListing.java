package fathom.formats.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.formats.Format;
import fathom.formats.Formats;

/**
 * A listing of a folder that a user names: the files of certain formats, recognised by their extensions, and the files in
 * formats that cannot be read. Every search for pictures and depth maps uses it.
 *
 * <p>Symbolic links to files and folders are followed, except a link to a folder that contains the link. Entries whose names
 * start with a dot are left out: hidden files, and the {@code ._name} files that macOS writes next to files on other
 * disks.
 *
 * @param files the files of the requested formats, sorted by their path below the folder
 * @param unread the files of formats that cannot be read, such as TIFF and HEIC, sorted in the same way
 */
public record FolderListing(List<Path> files, List<Path> unread) {
    /** The formats of pictures that can be read. */
    public static final Set<Format> PICTURES = Set.of(Formats.JPEG, Formats.PNG, Formats.PNM);
    /** The formats that can hold depth. */
    public static final Set<Format> DEPTH = Set.of(Formats.PNG, Formats.PNM, Formats.PFM, Formats.NPY, Formats.NPZ);
    /** The number of folder levels of a search that has no other limit. */
    public static final int MAX_LEVELS = 8;

    /** Formats of pictures and depth that cannot be read, by extension. */
    private static final Map<String, String> UNREAD = Map.ofEntries(Map.entry("tif", "TIFF"), Map.entry("tiff", "TIFF"),
            Map.entry("webp", "WebP"), Map.entry("heic", "HEIC"), Map.entry("heif", "HEIC"), Map.entry("hif", "HEIC"),
            Map.entry("avif", "AVIF"), Map.entry("bmp", "BMP"), Map.entry("dib", "BMP"), Map.entry("gif", "GIF"),
            Map.entry("jp2", "JPEG 2000"), Map.entry("j2k", "JPEG 2000"), Map.entry("jxl", "JPEG XL"),
            Map.entry("exr", "OpenEXR"), Map.entry("hdr", "Radiance HDR"), Map.entry("h5", "HDF5"),
            Map.entry("hdf5", "HDF5"), Map.entry("mat", "MATLAB"), Map.entry("dpt", "Sintel depth"),
            Map.entry("dng", "camera raw"), Map.entry("cr2", "camera raw"), Map.entry("cr3", "camera raw"),
            Map.entry("nef", "camera raw"), Map.entry("arw", "camera raw"), Map.entry("orf", "camera raw"),
            Map.entry("rw2", "camera raw"), Map.entry("raf", "camera raw"), Map.entry("tga", "TGA"),
            Map.entry("psd", "PSD"), Map.entry("pam", "PAM"), Map.entry("svg", "SVG"));

    /** Copies the lists. */
    public FolderListing {
        files = List.copyOf(files);
        unread = List.copyOf(unread);
    }

    /**
     * Lists a folder.
     *
     * @param folder the folder; if it does not exist, the listing is empty
     * @param formats the requested formats
     * @param levels the number of folder levels to search; 1 for the files directly in the folder
     * @return the listing
     * @throws IOException if a folder cannot be read
     */
    public static FolderListing of(Path folder, Set<Format> formats, int levels) throws IOException {
        return of(files(folder, levels), formats);
    }

    /**
     * Selects files by their extensions.
     *
     * @param candidates files of any format
     * @param formats the requested formats
     * @return the files of these formats, and the files of formats that cannot be read, in the given order
     */
    public static FolderListing of(List<Path> candidates, Set<Format> formats) {
        List<Path> files = new ArrayList<>();
        List<Path> unread = new ArrayList<>();
        for (Path file : candidates) {
            Optional<Format> format = Formats.ofFileName(name(file));
            if (format.isPresent() && formats.contains(format.get())) {
                files.add(file);
            } else if (format.isEmpty() && UNREAD.containsKey(extension(file))) {
                unread.add(file);
            }
        }
        return new FolderListing(files, unread);
    }

    /**
     * Lists the files of any format.
     *
     * @param folder the folder; if it does not exist, the result is empty
     * @param levels the number of folder levels to search; 1 for the files directly in the folder
     * @return the files without hidden ones, sorted by their path below the folder
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> files(Path folder, int levels) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            collect(folder, levels, files);
        }
        files.sort(Comparator.comparing(file -> folder.relativize(file).toString().replace('\\', '/')));
        return files;
    }

    /**
     * Lists the folders directly in a folder.
     *
     * @param folder the folder; if it does not exist, the result is empty
     * @return the folders and the links to folders, without hidden ones and links that lead back, sorted by name
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path child : children(folder)) {
            if (Files.isDirectory(child) && !leadsBack(child)) {
                folders.add(child);
            }
        }
        return folders;
    }

    private static void collect(Path folder, int levels, List<Path> files) throws IOException {
        for (Path child : children(folder)) {
            if (Files.isRegularFile(child)) {
                files.add(child);
            } else if (levels > 1 && Files.isDirectory(child) && !leadsBack(child)) {
                collect(child, levels - 1, files);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !name(child).startsWith("."))
                    .sorted(Comparator.comparing(FolderListing::name)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns whether {@code folder} is a link to a folder that contains the link. */
    private static boolean leadsBack(Path folder) throws IOException {
        if (!Files.isSymbolicLink(folder)) {
            return false;
        }
        Path target = folder.toRealPath();
        for (Path above = folder.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (above.toRealPath().startsWith(target)) {
                return true;
            }
        }
        return false;
    }

    /** {@return a clause that counts and names the files that cannot be read; empty if there are none} */
    public String unreadText() {
        if (unread.isEmpty()) {
            return "";
        }
        Map<String, List<Path>> byFormat = new TreeMap<>();
        for (Path file : unread) {
            byFormat.computeIfAbsent(UNREAD.getOrDefault(extension(file), ""), format -> new ArrayList<>()).add(file);
        }
        return (unread.size() == 1 ? "1 file in a format that is" : unread.size() + " files in formats that are")
                + " not read: "
                + byFormat.entrySet().stream()
                        .map(entry -> entry.getValue().size() + " " + entry.getKey() + " ("
                                + name(entry.getValue().getFirst()) + (entry.getValue().size() > 1 ? ", …)" : ")"))
                        .collect(Collectors.joining(", "));
    }

    private static String extension(Path file) {
        String name = name(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
