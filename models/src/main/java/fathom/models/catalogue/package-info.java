/**
 * The catalogue: models by name, with source, license, kind of depth and memory, the consents that licenses require,
 * and what a model reference on the command line means.
 */
@NullMarked
package fathom.models.catalogue;

import org.jspecify.annotations.NullMarked;
