package fathom.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one commit on this disk.
 *
 * @param repository what was asked for
 * @param commit the commit that it stood for
 * @param folder folder that holds the files under their names; most are links, so a file's place is its real path
 * @param files the wanted files, all present
 * @param licence the licence that the model's page states, in the hub's spelling; empty where the hub was not asked
 */
public record HubSnapshot(HubReference.Repository repository, String commit, Path folder, List<String> files,
        Optional<String> licence) {
    public HubSnapshot {
        files = List.copyOf(files);
    }
}
