package fathom.models;

import fathom.formats.json.JsonValue.Members;

/**
 * What decides the numbers that a model gives, as data: it is stored with every prediction and compared when a run resumes.
 * Words belong elsewhere. A place on a disk, the program's version, the device and the number of threads are not part of it.
 *
 * @param revision the commit of the repository that the model comes from; empty if it comes from none
 * @param weightsHash lower-case hexadecimal SHA-256 of the weight files in the order of their names; empty without weights
 * @param service the version of the model that a remote service runs; empty for a model that runs here
 * @param settings what was chosen or read from the configuration, such as options and precision
 * @param preprocessing how a picture becomes the model's input
 */
public record ModelIdentity(String revision, String weightsHash, String service, Members settings,
        Members preprocessing) {
    /** A model without weights, settings or preprocessing, such as a formula: its name is all. */
    public static final ModelIdentity NONE = new ModelIdentity("", "", "", Members.NONE, Members.NONE);

    /** A model that runs here, from no repository. */
    public static ModelIdentity local(String weightsHash, Members settings, Members preprocessing) {
        return new ModelIdentity("", weightsHash, "", settings, preprocessing);
    }

    /** Returns this identity with another revision. */
    public ModelIdentity withRevision(String revision) {
        return new ModelIdentity(revision, weightsHash, service, settings, preprocessing);
    }
}
