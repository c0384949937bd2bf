/** ZoeDepth: metric bins on a DPT neck, with one or two heads. */
@NullMarked
package fathom.models.zoedepth;

import org.jspecify.annotations.NullMarked;
