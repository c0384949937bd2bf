package fathom.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The internet sockets that a process and its children open, on Linux: the {@code socket:[inode]} links of
 * {@code /proc/<pid>/fd}, looked up in {@code /proc/<pid>/net}, every {@value #PAUSE_MILLIS} ms until the process ends. A
 * connection to another machine takes longer than that. Needs no rights beyond those over an own process.
 */
final class Sockets {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6");
    private static final int PAUSE_MILLIS = 5;
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private final Process process;
    private final Set<String> seen = new TreeSet<>();
    private final Thread watcher;

    private Sockets(Process process) {
        this.process = process;
        watcher = Thread.ofPlatform().daemon().name("sockets of " + process.pid()).start(this::watch);
    }

    /** Returns whether this system has what is needed. */
    static boolean canBeSeen() {
        return Files.isDirectory(PROC.resolve("self/fd")) && Files.isReadable(PROC.resolve("self/net/tcp"));
    }

    /** Starts to watch {@code process}. */
    static Sockets of(Process process) {
        return new Sockets(process);
    }

    /** Waits for the end of the process; returns each socket seen, as "tcp local-address remote-address" in hexadecimal. */
    Set<String> seen() throws InterruptedException {
        watcher.join();
        return seen;
    }

    private void watch() {
        while (process.isAlive()) {
            look(process.pid());
            process.descendants().forEach(child -> look(child.pid()));
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(long pid) {
        Path own = PROC.resolve(Long.toString(pid));
        try {
            List<String> inodes = inodes(own.resolve("fd"));
            if (inodes.isEmpty()) {
                return;
            }
            for (String table : TABLES) {
                Path file = own.resolve("net").resolve(table);
                if (!Files.exists(file)) {
                    continue;
                }
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.strip().split("\\s+");
                    if (words.length > INODE && inodes.contains(words[INODE])) {
                        seen.add(table + " " + words[LOCAL] + " " + words[REMOTE]);
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException ended) {
            // The process has ended since it was found.
            return;
        }
    }

    private static List<String> inodes(Path descriptors) throws IOException {
        List<String> inodes = new ArrayList<>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                String target = target(link);
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
