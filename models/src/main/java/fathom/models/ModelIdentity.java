package fathom.models;

import fathom.formats.json.JsonValue.Members;

/**
 * Everything that determines the values that a model predicts, as data. It is stored with every prediction and compared
 * when a run resumes. It contains no sentences, no path, no program version, no device and no number of threads.
 *
 * @param revision the commit of the repository that the model comes from; empty if it comes from none
 * @param weightsHash lower-case hexadecimal SHA-256 of the weight files in the order of their names; empty without
 * weights
 * @param service the version of the model that a remote service runs; empty for a model that runs locally
 * @param settings chosen settings and those read from the configuration, such as options and precision
 * @param preprocessing the preprocessing as data
 */
public record ModelIdentity(String revision, String weightsHash, String service, Members settings,
        Members preprocessing) {
    /**
     * The identity of a model without weights, settings or preprocessing, such as a formula; only its name identifies
     * it.
     */
    public static final ModelIdentity NONE = new ModelIdentity("", "", "", Members.NONE, Members.NONE);

    /**
     * Creates the identity of a local model that comes from no repository.
     *
     * @param weightsHash lower-case hexadecimal SHA-256 of the weight files
     * @param settings chosen settings and those read from the configuration
     * @param preprocessing the preprocessing as data
     * @return the identity
     */
    public static ModelIdentity local(String weightsHash, Members settings, Members preprocessing) {
        return new ModelIdentity("", weightsHash, "", settings, preprocessing);
    }

    /**
     * Returns a copy with another revision.
     *
     * @param revision the commit of the repository
     * @return the copy
     */
    public ModelIdentity withRevision(String revision) {
        return new ModelIdentity(revision, weightsHash, service, settings, preprocessing);
    }
}
