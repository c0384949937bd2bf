/**
 * Models that run on Replicate: a picture is sent to the service, and its answer is read as a prediction of a stated
 * kind. The wire format of the service stays in this package. No model runs here and no file is written.
 */
@NullMarked
package fathom.inference.replicate;

import org.jspecify.annotations.NullMarked;
