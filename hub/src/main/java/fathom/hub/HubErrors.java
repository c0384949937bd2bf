package fathom.hub;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.hub.http.Addresses;
import fathom.hub.http.RetryAfter;

/**
 * Converts error responses of the Hub to exceptions that explain the cause and the fix; see {@code hf_raise_for_status}
 * of {@code huggingface_hub}.
 */
final class HubErrors {
    private static final Pattern RATE_LIMIT = Pattern.compile("r\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d{1,9})");

    private HubErrors() {}

    /** Returns the exception for {@code response} to a request for {@code what}. */
    static HubException failure(HttpResponse<?> response, String what, HubSettings settings) {
        boolean fromHub = settings.endpoint().getHost().equalsIgnoreCase(response.uri().getHost());
        String code = HubHttp.header(response, "X-Error-Code").orElse("");
        String said = HubHttp.header(response, "X-Error-Message").map(HubErrors::oneLine).orElse("");
        int status = response.statusCode();
        String subject = what + ": ";
        return switch (code) {
            case "RepoNotFound" -> noRepository(subject, settings);
            case "RevisionNotFound" -> new HubException(HubException.Kind.REVISION_NOT_FOUND,
                    subject + "the repository has no such branch, tag or commit. Leave out \"@revision\" for main.");
            case "EntryNotFound" -> noFile(subject, response.uri());
            case "GatedRepo" -> gated(subject, settings, said);
            default -> byStatus(status, fromHub, subject, said, response, settings);
        };
    }

    private static HubException byStatus(int status, boolean fromHub, String subject, String said,
            HttpResponse<?> response, HubSettings settings) {
        String place = Addresses.shown(response.uri());
        if (status == 429) {
            Optional<Duration> wait = retryAfter(response);
            String when = wait.map(time -> "in " + time.toSeconds() + " s").orElse("later");
            return failed(HubException.Kind.RATE_LIMITED, subject + response.uri().getHost()
                    + " asks for fewer requests (429). Try again " + when + "; a token in HF_TOKEN raises the limit.",
                    wait);
        }
        if (status == 408 || status >= 500) {
            return failed(HubException.Kind.SERVER_ERROR, subject + place + " failed with status " + status
                    + (said.isEmpty() ? "" : " (" + said + ")") + ". Try again later.", retryAfter(response));
        }
        if (status == 404 || status == 410) {
            return isListing(response.uri()) ? noRepository(subject, settings) : noFile(subject, response.uri());
        }
        if (status == 401 && fromHub) {
            return settings.token().isPresent() && said.toLowerCase(Locale.ROOT).contains("invalid")
                    ? new HubException(HubException.Kind.ACCESS_DENIED,
                            subject + "the hub refuses the access token (401). Make a new one at " + settings.endpoint()
                                    + "/settings/tokens and put it into HF_TOKEN.")
                    : noRepository(subject, settings);
        }
        if (status == 403 && fromHub) {
            return gated(subject, settings, said);
        }
        if (status == 401 || status == 403) {
            // A signed address of the store has expired: the next attempt requests a new one from the
            // Hub.
            return new HubException(HubException.Kind.SERVER_ERROR,
                    subject + place + " refuses the download (" + status + "). Try again later.");
        }
        return new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                subject + "unexpected status " + status + " from " + place + (said.isEmpty() ? "" : " (" + said + ")"));
    }

    private static HubException noRepository(String subject, HubSettings settings) {
        String token = settings.token().isPresent()
                ? "its owner must let in the account of your access token"
                : "put an access token that may read it into HF_TOKEN";
        return new HubException(HubException.Kind.REPOSITORY_NOT_FOUND, subject + settings.endpoint().getHost()
                + " has no such repository, or it is private. Check the spelling; if it is private, " + token + ".");
    }

    private static HubException noFile(String subject, URI address) {
        return new HubException(HubException.Kind.FILE_NOT_FOUND,
                subject + "there is no file " + Addresses.shown(address) + ".");
    }

    private static HubException gated(String subject, HubSettings settings, String said) {
        String token = settings.token().isPresent()
                ? "with the account of your access token, and see that the token may read gated repositories"
                : "then put an access token of that account (" + settings.endpoint()
                        + "/settings/tokens) into HF_TOKEN";
        return new HubException(HubException.Kind.ACCESS_DENIED,
                subject + "its owner lets in only those who accepted the conditions. Open the model's page on "
                        + settings.endpoint().getHost() + ", accept them " + token + "."
                        + (said.isEmpty() ? "" : " The hub says: " + said));
    }

    private static HubException failed(HubException.Kind kind, String message, Optional<Duration> wait) {
        return new HubException(kind, message, wait.orElse(null), null);
    }

    /** Returns the wait in {@code Retry-After}, or the reset of the {@code RateLimit} header. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        Optional<Duration> asked = RetryAfter.of(response);
        if (asked.isPresent()) {
            return asked;
        }
        Matcher limit = RATE_LIMIT.matcher(HubHttp.header(response, "RateLimit").orElse(""));
        return limit.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(limit.group(1)))) : Optional.empty();
    }

    private static boolean isListing(URI address) {
        return address.getPath().contains("/api/models/");
    }

    private static String oneLine(String said) {
        String line = said.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
