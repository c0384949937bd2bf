/**
 * Models that run elsewhere: a picture is sent to a service, its answer comes back as a prediction of a stated kind.
 * Reading each known model's output rightly is the point; the service's wire format stays in here. No model is run here
 * and no file is written.
 */
@NullMarked
package fathom.inference.remote;

import org.jspecify.annotations.NullMarked;
