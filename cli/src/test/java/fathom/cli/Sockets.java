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
 * A monitor of the internet sockets that a process and its children open, on Linux. Every {@value #PAUSE_MILLIS} ms until the
 * process ends, it reads the {@code socket:[inode]} links of {@code /proc/<pid>/fd} and looks them up in
 * {@code /proc/<pid>/net}. A connection to another machine takes longer than this interval. Requires no special rights.
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

    /** Returns whether this system has the required files in /proc. */
    static boolean canBeSeen() {
        return Files.isDirectory(PROC.resolve("self/fd")) && Files.isReadable(PROC.resolve("self/net/tcp"));
    }

    /** Starts to monitor {@code process}. */
    static Sockets of(Process process) {
        return new Sockets(process);
    }

    /** Waits until the process ends; returns the sockets as "tcp local-address remote-address" in hexadecimal. */
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
            // The process has ended in the meantime.
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
