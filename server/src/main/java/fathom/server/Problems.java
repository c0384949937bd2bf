package fathom.server;

import fathom.datasets.values.DatasetException;
import fathom.server.wire.ProblemWire;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

/** Maps failures to status codes and messages. This is the only place that does so. */
final class Problems {
    private Problems() {}

    /** Thrown when a requested resource does not exist. */
    static final class NotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String remedy;

        NotFoundException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }
    }

    /** Thrown when a request is invalid for any dataset, such as a size out of range. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    /** Registers handlers for every exception that a route throws. An unknown exception is a defect: 500. */
    static void register(HttpRouting.Builder routing) {
        routing.error(NotFoundException.class,
                (request, response, e) -> send(response, Status.NOT_FOUND_404, message(e), e.remedy));
        routing.error(DatasetException.class,
                (request, response, e) -> send(response, status(e), message(e), remedy(e)));
        routing.error(BadRequestException.class,
                (request, response, e) -> send(response, Status.BAD_REQUEST_400, message(e), "Reload the page."));
        routing.error(HttpException.class,
                (request, response, e) -> send(response, e.status(), message(e), "Reload the page."));
        routing.error(Throwable.class,
                (request, response, e) -> send(response, Status.INTERNAL_SERVER_ERROR_500,
                        e.getClass().getSimpleName() + ": " + message(e),
                        "Reload the page. If the error remains, restart the App."));
    }

    static void send(ServerResponse response, Status status, String error, String remedy) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.status(status).send(Json.bytes(new ProblemWire(error, remedy)));
    }

    private static Status status(DatasetException e) {
        return switch (e.problem()) {
            case UNKNOWN, MEDIA -> Status.NOT_FOUND_404;
            case EXISTS, IN_USE -> Status.CONFLICT_409;
            // The files are wrong, not the server.
            case NEWER, CORRUPT -> Status.UNPROCESSABLE_CONTENT_422;
            case READ_ONLY, DISK_FULL, INPUT_OUTPUT -> Status.INTERNAL_SERVER_ERROR_500;
        };
    }

    private static String remedy(DatasetException e) {
        return switch (e.problem()) {
            case UNKNOWN -> "Check its name, or choose a dataset that exists.";
            case MEDIA -> "Restore the file. If it was moved, import the dataset again from its new folder;"
                    + " if it is a prediction, apply the model again.";
            case EXISTS, IN_USE -> "Wait until the other command has finished.";
            case NEWER -> "Use the newer version of Fathom that created it.";
            case CORRUPT -> "Delete the dataset and import it again.";
            case READ_ONLY, DISK_FULL, INPUT_OUTPUT -> "Check free space and permissions, then reload the page.";
        };
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
