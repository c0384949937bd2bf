package fathom.inference.replicate;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/**
 * A prediction as described by the service.
 *
 * @param id the identifier
 * @param status the state
 * @param outputs the addresses of the output files, in order; empty if there are none yet
 * @param output the output in the words of the service, for messages
 * @param error the error message of the model; empty if it did not fail
 * @param logs the text that the model printed
 */
record RemotePrediction(String id, Status status, List<URI> outputs, String output, String error, String logs) {
    /** The states of a prediction in the service. */
    enum Status {
        STARTING, PROCESSING, SUCCEEDED, FAILED, CANCELED
    }

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final int MAX_OUTPUTS = 100;

    static RemotePrediction of(JsonNode json) {
        String id = json.path("id").asString("");
        if (!ID.matcher(id).matches()) {
            throw unexpected("id: expected letters and digits", json.path("id"));
        }
        return new RemotePrediction(id, status(json), outputs(json.path("output")),
                LogSanitizer.line(json.path("output").toString()), text(json.path("error")), text(json.path("logs")));
    }

    private static Status status(JsonNode json) {
        return switch (json.path("status").asString("")) {
            case "starting", "queued" -> Status.STARTING;
            case "processing" -> Status.PROCESSING;
            case "succeeded", "successful" -> Status.SUCCEEDED;
            case "failed" -> Status.FAILED;
            case "canceled", "aborted" -> Status.CANCELED;
            default -> throw unexpected("status: expected starting, processing, succeeded, failed or canceled",
                    json.path("status"));
        };
    }

    /**
     * Returns the addresses of output files: one address, a list of addresses, or none if the model returns something
     * else.
     */
    private static List<URI> outputs(JsonNode output) {
        List<URI> addresses = new ArrayList<>();
        for (JsonNode element : output.isArray() ? output.values() : List.of(output)) {
            if (element.isString() && addresses.size() < MAX_OUTPUTS) {
                try {
                    addresses.add(new URI(element.stringValue()));
                } catch (URISyntaxException e) {
                    throw unexpected("output: expected addresses of files", element);
                }
            }
        }
        return List.copyOf(addresses);
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.isNull() || node.isMissingNode() ? "" : node.toString();
    }

    private static RemoteException unexpected(String expected, JsonNode found) {
        return new RemoteException(RemoteException.Reason.UNEXPECTED_ANSWER,
                "prediction: " + expected + ", found " + LogSanitizer.line(found.toString()));
    }

    boolean isOver() {
        return switch (status) {
            case STARTING, PROCESSING -> false;
            case SUCCEEDED, FAILED, CANCELED -> true;
        };
    }
}
