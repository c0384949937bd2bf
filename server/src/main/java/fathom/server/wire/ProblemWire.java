package fathom.server.wire;

/**
 * What every answer that is not a success says.
 *
 * @param error what was wrong
 * @param remedy what to do about it
 */
public record ProblemWire(String error, String remedy) {}
