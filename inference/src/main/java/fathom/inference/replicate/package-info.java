/**
 * Models that run on Replicate. A picture is sent to the service, and its output is converted to a prediction of a known or
 * stated kind. The wire format of the service is private to this package. It runs no model and writes no file.
 */
@NullMarked
package fathom.inference.replicate;

import org.jspecify.annotations.NullMarked;
