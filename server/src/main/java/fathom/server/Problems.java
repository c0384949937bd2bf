package fathom.server;

import fathom.datasets.values.DatasetException;
import fathom.server.wire.ProblemWire;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

/** What goes wrong, as status codes and words: the only place that says which is which. */
final class Problems {
    private Problems() {}

    /** Something that was asked for and is not there. */
    static final class NotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String remedy;

        NotFoundException(String message, String remedy) {
            super(message);
            this.remedy = remedy;
        }
    }

    /** Something that the address asks for and that no dataset could have, such as a size out of bounds. */
    static final class BadRequestException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequestException(String message) {
            super(message);
        }
    }

    /** Answers every exception that a route throws. An exception of no type below is a defect: 500. */
    static void register(HttpRouting.Builder routing) {
        routing.error(NotFoundException.class,
                (request, response, e) -> send(response, Status.NOT_FOUND_404, message(e), e.remedy));
        routing.error(DatasetException.class, (request, response, e) -> send(response, status(e), message(e),
                remedy(e)));
        routing.error(BadRequestException.class, (request, response, e) -> send(response,
                Status.BAD_REQUEST_400, message(e), "Reload the page."));
        routing.error(HttpException.class, (request, response, e) -> send(response, e.status(), message(e),
                "Reload the page."));
        routing.error(Throwable.class, (request, response, e) -> send(response, Status.INTERNAL_SERVER_ERROR_500,
                e.getClass().getSimpleName() + ": " + message(e),
                "Reload the page; if this comes back, restart the App."));
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
            case NEWER, CORRUPT, READ_ONLY, DISK_FULL, INPUT_OUTPUT -> Status.INTERNAL_SERVER_ERROR_500;
        };
    }

    private static String remedy(DatasetException e) {
        return switch (e.problem()) {
            case UNKNOWN -> "Check its name, or choose a dataset that exists.";
            case MEDIA -> "Put the file back; else import the dataset again from where its files are now, or"
                    + " for a prediction apply its model again.";
            case EXISTS, IN_USE -> "Wait until the other command has ended.";
            case NEWER -> "Use the newer version of Fathom that made it.";
            case CORRUPT -> "Delete the dataset and import it again.";
            case READ_ONLY, DISK_FULL, INPUT_OUTPUT -> "Look after the disk, then reload the page.";
        };
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
