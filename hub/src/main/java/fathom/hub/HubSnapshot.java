package fathom.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one commit on this disk.
 *
 * @param repository the requested repository and revision
 * @param commit the commit of the revision
 * @param folder folder that contains the files under their names; most are links, so a file's location is its real path
 * @param files the requested files, all present
 * @param licence the licence on the model's page, in the Hub's spelling; empty if the Hub was not queried
 */
public record HubSnapshot(HubReference.Repository repository, String commit, Path folder, List<String> files,
        Optional<String> licence) {
    /** Copies the collections. */
    public HubSnapshot {
        files = List.copyOf(files);
    }
}
