package fathom.hub;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import fathom.hub.http.Addresses;

/** A user's reference to something on the Hub or elsewhere on the network. */
public sealed interface HubReference {
    /** The revision that is used if none is given. */
    String DEFAULT_REVISION = "main";

    /** Host names of the public Hub. */
    Set<String> PUBLIC_HOSTS = Set.of("huggingface.co", "www.huggingface.co", "hf.co");
    /** The first name in addresses of what is no model. */
    Set<String> OTHER_KINDS = Set.of("datasets", "spaces", "papers", "collections", "api");
    /** Files that are models. */
    Pattern FILE_NAME = Pattern.compile(".*\\.(onnx|safetensors|bin|pth|pt|ckpt|h5|hdf5)", Pattern.CASE_INSENSITIVE);

    /** {@return the reference for display and for the provenance of predictions, without secrets} */
    String label();

    /**
     * A repository of a model at one revision.
     *
     * @param owner user or organisation
     * @param name name of the repository
     * @param revision branch, tag or commit
     */
    record Repository(String owner, String name, String revision) implements HubReference {
        private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?");

        /** Validates the components. */
        public Repository {
            requirePart("owner", owner);
            requirePart("name", name);
            if (name.endsWith(".git")) {
                throw new IllegalArgumentException(
                        "name: expected the name of a repository without \".git\", found \"" + name + "\"");
            }
            RelativeNames.require("revision", revision);
        }

        private static void requirePart(String parameter, String value) {
            if (!PART.matcher(value).matches() || value.contains("--") || value.contains("..")) {
                throw new IllegalArgumentException(parameter + ": expected 1 to 96 letters, digits, '-', '_' or '.', "
                        + "not beginning or ending with '-' or '.', without \"--\" and \"..\", found \"" + value
                        + "\"");
            }
        }

        /**
         * Returns a repository at the default revision.
         *
         * @param owner user or organisation
         * @param name name of the repository
         * @return the repository
         */
        public static Repository of(String owner, String name) {
            return new Repository(owner, name, DEFAULT_REVISION);
        }

        /**
         * Returns the same repository at another revision.
         *
         * @param otherRevision branch, tag or commit
         * @return the repository
         */
        public Repository at(String otherRevision) {
            return new Repository(owner, name, otherRevision);
        }

        /** {@return {@code owner/name}} */
        public String id() {
            return owner + "/" + name;
        }

        /** {@return whether the revision is a full commit hash, whose meaning never changes} */
        public boolean isPinned() {
            return Commits.isHash(revision);
        }

        @Override
        public String label() {
            return toString();
        }

        @Override
        public String toString() {
            return id() + (revision.equals(DEFAULT_REVISION) ? "" : "@" + revision);
        }
    }

    /**
     * One file of a repository.
     *
     * @param repository the repository and revision
     * @param path the file's name in it, with {@code /} between folders
     */
    record RepositoryFile(Repository repository, String path) implements HubReference {
        /** Validates the components. */
        public RepositoryFile {
            RelativeNames.require("path", path);
        }

        @Override
        public String label() {
            return repository + "/" + path;
        }
    }

    /**
     * A folder of a repository that contains a model.
     *
     * @param repository the repository and revision
     * @param path the folder's name in it, with {@code /} between folders
     */
    record Folder(Repository repository, String path) implements HubReference {
        /** Validates the components. */
        public Folder {
            RelativeNames.require("path", path);
        }

        @Override
        public String label() {
            return repository + "/" + path;
        }
    }

    /**
     * A file at any {@code http(s)} address.
     *
     * @param address the address
     */
    record FileUrl(URI address) implements HubReference {
        /** Validates the components. */
        public FileUrl {
            if (address.getHost() == null || !isWeb(address.getScheme())) {
                throw new IllegalArgumentException("address: expected http(s)://host/path, found \"" + address + "\"");
            }
            if (address.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "address: expected no user or password in the address of " + address.getHost());
            }
        }

        private static boolean isWeb(String scheme) {
            return scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http");
        }

        @Override
        public String label() {
            return Addresses.shown(address);
        }

        /** {@return the last name in the address, or {@code download} if it has none} */
        public String fileName() {
            String path = address.getPath();
            String last = path.substring(path.lastIndexOf('/') + 1);
            return RelativeNames.isValid(last) ? last : "download";
        }
    }

    /**
     * Parses a reference to the public Hub.
     *
     * @param text the reference
     * @return the reference
     * @throws IllegalArgumentException if {@code text} is no reference
     */
    static HubReference parse(String text) {
        return parse(text, HubSettings.DEFAULT_ENDPOINT);
    }

    /**
     * Parses {@code owner/name}, {@code owner/name@revision}, the address of a page or file of the Hub, or the address
     * of any other file.
     *
     * @param text the reference
     * @param endpoint the address of the Hub
     * @return the reference
     * @throws IllegalArgumentException if {@code text} is none of them
     */
    static HubReference parse(String text, URI endpoint) {
        if (text.contains("://")) {
            return parseAddress(text, endpoint);
        }
        if (PUBLIC_HOSTS.contains(text.substring(0, Math.max(0, text.indexOf('/'))))) {
            return parseAddress("https://" + text, endpoint);
        }
        int at = text.indexOf('@');
        String id = at < 0 ? text : text.substring(0, at);
        String revision = at < 0
                ? DEFAULT_REVISION
                : URLDecoder.decode(text.substring(at + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        int slash = id.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "model: expected owner/name, owner/name@revision or an https:// address, " + "found \"" + text
                            + "\"");
        }
        return new Repository(id.substring(0, slash), id.substring(slash + 1), revision);
    }

    /**
     * Returns whether {@code text} has the form of a repository's name or of an address, so that {@link #parse} accepts
     * it.
     *
     * @param text the text
     * @return whether it has
     */
    static boolean isReference(String text) {
        return isReference(text, HubSettings.DEFAULT_ENDPOINT);
    }

    /**
     * Returns whether {@code text} has the form of a repository's name or of an address, so that {@link #parse} accepts
     * it.
     *
     * @param text the text
     * @param endpoint the address of the Hub
     * @return whether it has
     */
    static boolean isReference(String text, URI endpoint) {
        try {
            parse(text, endpoint);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static HubReference parseAddress(String text, URI endpoint) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("address: " + e.getMessage(), e);
        }
        if ("hf".equalsIgnoreCase(address.getScheme())) {
            return parseShort(text.substring(text.indexOf("://") + 3));
        }
        FileUrl url = new FileUrl(address);
        boolean mirror = address.getHost().equalsIgnoreCase(endpoint.getHost())
                && address.getPort() == endpoint.getPort();
        boolean publicHub = PUBLIC_HOSTS.contains(address.getHost().toLowerCase(Locale.ROOT));
        if (!mirror && !publicHub) {
            return url;
        }
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        if (mirror && path.startsWith(endpoint.getRawPath())) {
            path = path.substring(endpoint.getRawPath().length());
        }
        List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
        if (!parts.isEmpty() && OTHER_KINDS.contains(parts.getFirst())) {
            throw new IllegalArgumentException("address: expected a model, " + endpoint
                    + "/owner/name, found one of the Hub's " + parts.getFirst() + ", \"" + text + "\"");
        }
        if (parts.size() == 2) {
            return Repository.of(parts.get(0), parts.get(1));
        }
        if (parts.size() < 4) {
            throw new IllegalArgumentException("address: expected " + endpoint + "/owner/name, found \"" + text + "\"");
        }
        int words = revisionWords(parts.subList(3, parts.size()));
        Repository repository = new Repository(parts.get(0), parts.get(1),
                String.join("/", parts.subList(3, 3 + words)));
        String rest = String.join("/", parts.subList(3 + words, parts.size()));
        return switch (parts.get(2)) {
            case "tree", "commit", "commits" -> rest.isEmpty() ? repository : new Folder(repository, rest);
            case "blob", "resolve", "raw" -> new RepositoryFile(repository, rest);
            default -> throw new IllegalArgumentException("address: expected a model's page, /tree/revision or "
                    + "/resolve/revision/file on " + endpoint.getHost() + ", found \"" + text + "\"");
        };
    }

    /** Parses {@code owner/name[@revision][/path]}, as after {@code hf://}. */
    private static HubReference parseShort(String text) {
        List<String> parts = Arrays.stream(text.split("/")).filter(part -> !part.isEmpty()).toList();
        if (parts.size() < 2 || OTHER_KINDS.contains(parts.getFirst())) {
            throw new IllegalArgumentException("address: expected hf://owner/name, found \"hf://" + text + "\"");
        }
        int at = parts.get(1).indexOf('@');
        String name = at < 0 ? parts.get(1) : parts.get(1).substring(0, at);
        List<String> rest = new ArrayList<>(parts.subList(2, parts.size()));
        String revision = DEFAULT_REVISION;
        if (at >= 0) {
            rest.addFirst(
                    URLDecoder.decode(parts.get(1).substring(at + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
            int words = revisionWords(rest);
            revision = String.join("/", rest.subList(0, words));
            rest = rest.subList(words, rest.size());
        }
        Repository repository = new Repository(parts.getFirst(), name, revision);
        if (rest.isEmpty()) {
            return repository;
        }
        String path = String.join("/", rest);
        return FILE_NAME.matcher(path).matches() ? new RepositoryFile(repository, path) : new Folder(repository, path);
    }

    /** Returns the number of names at the start of {@code parts} that are a revision, such as refs/pr/1. */
    private static int revisionWords(List<String> parts) {
        boolean special = parts.size() > 2 && parts.get(0).equals("refs")
                && (parts.get(1).equals("pr") || parts.get(1).equals("convert"));
        return special ? 3 : 1;
    }
}
