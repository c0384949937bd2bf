package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** The scenes that a reader found, sorted by name. A scene's files are looked at when it is asked for. Safe to share. */
public final class SceneList implements Iterable<Scene> {
    private final Path mediaRoot;
    private final List<Candidate> candidates;
    private final List<String> notes;

    SceneList(Path mediaRoot, List<? extends Candidate> candidates, List<String> notes) {
        this.mediaRoot = mediaRoot;
        this.candidates = List.copyOf(candidates);
        this.notes = List.copyOf(notes);
    }

    /** What looks like a scene by its names, and can be looked at. */
    @FunctionalInterface
    interface Candidate {
        Scene inspect();
    }

    /** The folder under which all files of the scenes lie. */
    public Path mediaRoot() {
        return mediaRoot;
    }

    /** How the files were understood where that is not obvious, for people; often empty. */
    public List<String> notes() {
        return notes;
    }

    /** Number of scenes, usable or not. */
    public int size() {
        return candidates.size();
    }

    /** Looks at the files of scene {@code index}: headers always, contents where they seem cut off or empty. */
    public Scene get(int index) {
        return candidates.get(index).inspect();
    }

    @Override
    public Iterator<Scene> iterator() {
        return IntStream.range(0, size()).mapToObj(this::get).iterator();
    }
}
