package fathom.rooms;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

import fathom.formats.AtomicFile;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.rooms.furniture.Architect;
import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Renderer;
import fathom.rooms.tracing.Scene;

/**
 * Renders sample rooms and writes them as a SUN RGB-D dataset. The same seed gives the same bytes for any number of
 * threads.
 */
public final class Rooms {
    /** The largest number of rooms in one folder: their names have four digits. */
    public static final int MAX_COUNT = 9999;

    private static final String NOTE = "rooms.txt";

    private Rooms() {}

    /**
     * The result of {@link #write}.
     *
     * @param folder the folder of the scene folders, {@code OUT/SUNRGBD/kv1/ROOMS}
     * @param drawn number of rooms rendered by this call
     * @param kept number of rooms that existed before
     */
    public record Written(Path folder, int drawn, int kept) {}

    /**
     * Writes rooms with {@link RoomOptions#defaults()}; see {@link #write(Path, int, long, RoomOptions, IntConsumer)}.
     *
     * @param out the folder
     * @param count number of rooms
     * @param seed selects the series
     * @param done receives the number of newly completed rooms
     * @return what was done
     * @throws IOException if a file cannot be written
     */
    public static Written write(Path out, int count, long seed, IntConsumer done) throws IOException {
        return write(out, count, seed, RoomOptions.defaults(), done);
    }

    /**
     * Writes rooms 1 to {@code count} of the series of {@code seed} to {@code out}. Complete rooms are kept, so an
     * interrupted call can be repeated and resumes. A folder never contains an incomplete room.
     *
     * @param out the folder
     * @param count 1 to {@value #MAX_COUNT}
     * @param seed selects the series
     * @param options size, camera and threads
     * @param done receives the number of newly completed rooms: first the number of existing rooms, then 1 for each
     *            room, on the thread that rendered it; must be safe for concurrent use
     * @return what was done
     * @throws IllegalArgumentException if {@code out} contains rooms of another seed or camera
     * @throws IOException if a file cannot be written
     */
    public static Written write(Path out, int count, long seed, RoomOptions options, IntConsumer done)
            throws IOException {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("count of rooms: expected 1 to " + MAX_COUNT + ", found " + count);
        }
        Path folder = out.resolve("SUNRGBD").resolve("kv1").resolve("ROOMS");
        Files.createDirectories(folder);
        claim(out.resolve(NOTE), note(seed, options));
        List<Integer> missing = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (!new SceneFolder(folder, number).isComplete()) {
                missing.add(number);
            }
        }
        done.accept(count - missing.size());
        drawAll(folder, missing, seed, options, done);
        return new Written(folder, missing.size(), count - missing.size());
    }

    private static void drawAll(Path folder, List<Integer> numbers, long seed, RoomOptions options, IntConsumer done)
            throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(options.threads(),
                Thread.ofPlatform().daemon().name("rooms-", 1).factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number : numbers) {
                running.add(pool.submit(() -> {
                    new SceneFolder(folder, number).write(draw(seed, number, options));
                    done.accept(1);
                    return null;
                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("drawing of rooms was interrupted").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("drawing of rooms failed", e);
            }
        } finally {
            pool.shutdownNow();
            pool.close();
        }
    }

    /**
     * Renders one room of the series of {@code seed}.
     *
     * @param seed selects the series
     * @param number index in the series, from 0; neighbours have different kinds
     * @param options size and camera
     * @return the room
     */
    public static Room draw(long seed, int number, RoomOptions options) {
        if (number < 0 || number >= MAX_COUNT) {
            throw new IllegalArgumentException(
                    "number of a room: expected 0 to " + (MAX_COUNT - 1) + ", found " + number);
        }
        long own = Dice.mix(seed) + number;
        Scene scene = Architect.design(seed, number, options.intrinsics(), options.height(), options.width());
        Renderer renderer = new Renderer(scene, options.height(), options.width(), own);
        Plane depth = renderer.measure();
        Plane measured = new DepthSensor(scene, renderer.surfaces(), own).measure();
        RgbImage image = Film.develop(renderer.draw(), options.height(), options.width(), own);
        return new Room(scene.kind(), image, depth, measured, options.intrinsics(), scene.camera().gravityAlignment());
    }

    private static String note(long seed, RoomOptions o) {
        return String.format(Locale.ROOT,
                "Rooms drawn by Fathom%nseed %d%nsize %d x %d%nfocal lengths %.6f %.6f%ncentre %.6f %.6f%n", seed,
                o.height(), o.width(), o.intrinsics().fx(), o.intrinsics().fy(), o.intrinsics().cx(),
                o.intrinsics().cy()).replace(System.lineSeparator(), "\n");
    }

    /** Writes a note about the content of the folder, or checks the existing one. */
    private static void claim(Path note, String text) throws IOException {
        if (!Files.exists(note)) {
            AtomicFile.write(note, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
            return;
        }
        String found = Files.readString(note, StandardCharsets.US_ASCII);
        if (!found.equals(text)) {
            throw new IllegalArgumentException(note + ": expected rooms made as " + text.strip().replace("\n", ", ")
                    + "; found " + found.strip().replace("\n", ", ")
                    + ". Choose another folder, or delete the rooms of this folder and " + NOTE);
        }
    }
}
