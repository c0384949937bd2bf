package fathom.server.wire;

/**
 * The content of every error response.
 *
 * @param error what failed
 * @param remedy how to fix it
 */
public record ProblemWire(String error, String remedy) {}
