package fathom.inference.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param threads threads of one run
 * @param externalRoot the folder that the locations of external tensors start from, if there are any
 */
public record SessionSettings(int threads, Optional<Path> externalRoot) {}
