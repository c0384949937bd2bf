package fathom.hub;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Hub's description of a repository's revision ({@code /api/models/ID/revision/REVISION?blobs=true}).
 *
 * @param commit the current commit of the revision
 * @param sizes bytes of each file by its name, -1 if unknown
 * @param licence the licence on the model's page, in the Hub's spelling
 */
record RepositoryListing(String commit, Map<String, Long> sizes, Optional<String> licence) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_FILES = 200_000;

    RepositoryListing {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    }

    static RepositoryListing parse(byte[] json, String what) throws HubException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER, what + ": expected a JSON description of the "
                    + "repository, found something else. Is HF_ENDPOINT the address of a hub?", e);
        }
        String commit = root.path("sha").asString("");
        if (!Commits.isHash(commit)) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                    what + ": expected the hash of a commit in \"sha\"" + ", found \"" + commit
                            + "\". Is HF_ENDPOINT the address of a hub?");
        }
        JsonNode siblings = root.path("siblings");
        if (!siblings.isArray() || siblings.size() > MAX_FILES) {
            throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                    what + ": expected a list of at most " + MAX_FILES + " files in \"siblings\", found "
                            + (siblings.isArray() ? siblings.size() + "" : "none"));
        }
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (JsonNode sibling : siblings) {
            String name = sibling.path("rfilename").asString("");
            if (!RelativeNames.isValid(name)) {
                throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                        what + ": the repository names a file that leads out of its folder: \"" + name + "\"");
            }
            sizes.put(name, sibling.path("size").isIntegralNumber() ? sibling.path("size").asLong(-1) : -1L);
        }
        String licence = root.path("cardData").path("license").asString("");
        return new RepositoryListing(commit, sizes, licence.isBlank() ? Optional.empty() : Optional.of(licence));
    }
}
