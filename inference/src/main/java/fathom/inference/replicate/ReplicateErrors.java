package fathom.inference.replicate;

import fathom.inference.replicate.RemoteException.Reason;
import fathom.raster.advice.Remedy;
import tools.jackson.databind.JsonNode;

/** The meaning of error responses of the service and what to do about them. */
final class ReplicateErrors {
    private ReplicateErrors() {}

    /**
     * Returns the error for a response with this status.
     *
     * @param body the explanation of the service: {@code detail}, {@code title}, {@code invalid_fields}
     * @param what what was requested
     */
    static RemoteException of(int status, JsonNode body, String what) {
        String said = said(body);
        return switch (status) {
            case 401, 403 -> new RemoteException(Reason.UNAUTHORISED, what + ": the service rejected the access token ("
                    + status + ")" + said + "; set " + RemoteOptions.TOKEN_VARIABLE + " to a token of your account");
            case 402 -> new RemoteException(Reason.PAYMENT_REQUIRED,
                    what + ": the account has no credit left (402)" + said + "; add credit to it or raise its limit");
            case 404 -> new RemoteException(Reason.NOT_FOUND,
                    what + ": not found (404)" + said + "; check owner, name and version");
            case 400,
                    422 ->
                new RemoteException(Reason.INVALID_INPUT,
                        what + ": the service rejected the inputs (" + status + ")" + said,
                        new Remedy.CheckModelInputs(), null);
            case 429 -> new RemoteException(Reason.RATE_LIMITED, what + ": too many requests (429)" + said,
                    new Remedy.LowerConcurrency(), null);
            default -> new RemoteException(status >= 500 ? Reason.UNREACHABLE : Reason.UNEXPECTED_ANSWER,
                    what + ": expected an answer, found status " + status + said + "; try again later");
        };
    }

    private static String said(JsonNode body) {
        String detail = body.path("detail").asString(body.path("title").asString(""));
        StringBuilder said = new StringBuilder();
        if (!detail.isBlank()) {
            said.append(": ").append(LogSanitizer.line(detail));
        }
        for (JsonNode field : body.path("invalid_fields").values()) {
            said.append("; ").append(LogSanitizer.line(field.path("field").asString("a field"))).append(": ").append(
                    LogSanitizer.line(field.path("description").asString(field.path("type").asString("invalid"))));
        }
        return said.toString();
    }
}
