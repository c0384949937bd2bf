/**
 * The catalogue: named models with source, licence, kind of depth and memory; the consents that licences require; and
 * the resolution of model references.
 */
@NullMarked
package fathom.models.catalogue;

import org.jspecify.annotations.NullMarked;
